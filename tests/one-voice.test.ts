import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gatesInWords } from '../scripts/commands/explain.ts';
import { todoInWords } from '../scripts/commands/todo.ts';
import { dutiesOf } from '../src/check/duties.ts';
import { isOverdue } from '../src/check/duty.ts';
import { planPublication } from '../src/author/publish-note.ts';
import { simulate } from '../src/author/simulate.ts';
import { type Catalog, derive } from '../src/derive/catalog.ts';
import { gatesOfRelease } from '../src/derive/gates.ts';
import type { ReleaseHistory } from '../src/derive/history.ts';
import { type StepState, stepsOf } from '../src/derive/steps.ts';
import type { Sources } from '../src/load/read-content.ts';
import { addHours, type Instant, toInstant } from '../src/model/time.ts';
import { evaluate } from '../src/pipeline.ts';
import { projectDuties, projectGates } from '../src/site/project/duties.ts';
import { factsOf } from '../src/site/project/facts.ts';
import { homePage } from '../src/site/project/pages/home.ts';
import { timeOf } from '../src/site/words/dates.ts';
import { type Records, validate } from '../src/validate/validate.ts';
import { legalHistory, treeOf, type Week } from './support/history.ts';
import { base, encode, overlay, readTree, textOf } from './support/tree.ts';

/**
 * Whoever asks at whatever moment is told the same of a step: `todo`, `explain`, `publish`, `simulate` and the pages
 * only show what one module says.
 */
const folder = (path: string) => readTree(fileURLToPath(new URL(path, import.meta.url)));
const trees: Record<string, () => Sources> = {
  'the sample': () => folder('../content'),
  'the base': base,
  'the second programme': () => folder('programmes/ticketing'),
};
const week = fc.record<Week>({
  kind: fc.constantFrom('failed', 'failed', 'ordinary', 'dropped', 'moved'),
  emergency: fc.boolean(),
});
/** Kept small: each history is frozen note by note. */
const histories = fc.sample(fc.array(week, { minLength: 1, maxLength: 2 }), { seed: 20_200_924, numRuns: 5 });
for (const weeks of histories)
  trees[
    `a history of ${weeks.map(({ kind, emergency }) => kind + (emergency ? ' and an emergency' : '')).join(', ')}`
  ] = () => treeOf(legalHistory(weeks));

test.each(Object.keys(trees))('after each line of %s, and an hour later', (name) => {
  const sources = trees[name]?.() as Sources;
  const records = recordsOf(sources);
  const moments = momentsOf(records);
  // Of a long history each seventh line is enough; the hour after it is then of another line.
  const stride = moments.length > 150 ? 7 : 1;
  for (const [index, instant] of moments.entries()) {
    if (index % stride > 0) continue;
    const catalog = derive(records, { instant, isChosen: true });
    const todo = todoInWords(catalog);
    const shown = projectDuties(catalog);
    for (const release of catalog.releases.filter((candidate) => isOfInterest(candidate, instant))) {
      const steps = stepsOf(catalog, release);
      const place = `${release.id} at ${instant}`;
      inTodo(todo, steps, release, place);
      inExplain(catalog, steps, release, place);
      onPages(catalog, shown, steps, release, place);
      // A publication is judged as a whole, which takes long: now and then is enough.
      if (index % 60 === 14) inPublish(sources, catalog, steps, release, place);
    }
  }
});

/** What check calls overdue is overdue in todo, of the same release or item and since the same moment. */
function expectOverdue(sources: Sources, instant: Instant): number {
  const { catalog, diagnostics } = evaluate(sources, { instant, isChosen: true });
  const late = dutiesOf(catalog as Catalog).filter((duty) => isOverdue(duty, instant));
  const found = diagnostics.filter(({ level }) => level === 'overdue');
  for (const { release, item, message } of found)
    expect(
      late.some((duty) => (release ? duty.release === release : item ? duty.item === item : true)),
      `${instant}: ${message}`,
    ).toBe(true);
  return found.length;
}

test('what check calls overdue is overdue in todo, when nothing more is recorded in the sample', () => {
  const sources = folder('../content');
  const moments = ['2020-11-19T02:00:00Z', '2020-11-20T02:00:00Z', '2020-11-23T12:00:00Z', '2020-12-10T12:00:00Z'];
  expect(moments.map((instant) => expectOverdue(sources, instant)).every((count) => count > 0)).toBe(true);
});

test('and when the log of a release ends with any of its lines', { timeout: 60_000 }, () => {
  const history = legalHistory([{ kind: 'failed', emergency: false }]);
  const tree = treeOf(history);
  const log = history.releases[0]?.log ?? [];
  const text = textOf(tree.files.find(({ path }) => path === 'releases/R01.mdx'));
  const counts = log.slice(0, -1).map((line, index) => {
    const rows = text.split('\n').filter((row) => row.startsWith('  - {at: '));
    const cut = rows.slice(index + 1).reduce((rest, row) => rest.replace(`${row}\n`, ''), text);
    const files = overlay(tree, [{ path: 'releases/R01.mdx', bytes: encode(cut) }]);
    return expectOverdue(files, addHours(toInstant(line.at, 'Europe/London'), 96));
  });
  expect(counts.filter((count) => count > 0).length).toBeGreaterThan(10);
});

test('simulating a change tells which steps it would open again', () => {
  const sources = folder('../content');
  const instant = '2020-11-18T11:00:00Z';
  const result = simulate(sources, { instant, isChosen: true }, 'R10', { drop: ['D-0047'], add: [] });
  if ('refusal' in result) throw new Error(result.refusal);
  expect(result.reopened).toEqual(['Delivery']);
});

/** A release that was complete long ago owes nothing, and says so once. */
function isOfInterest({ entries, state }: ReleaseHistory, instant: Instant): boolean {
  const last = entries.at(-1)?.counts;
  return last === undefined || state !== 'complete' || addHours(last, 2) >= instant;
}

function recordsOf(sources: Sources): Parameters<typeof derive>[0] {
  return validate(sources).records as Records & { policy: NonNullable<Records['policy']> };
}

function momentsOf(records: Parameters<typeof derive>[0]): Instant[] {
  const { releases } = derive(records, { instant: '2099-01-01T00:00:00Z', isChosen: true });
  const moments = [...new Set(releases.flatMap(({ entries }) => entries.map(({ counts }) => counts)))];
  return moments.sort().flatMap((counts) => [counts, addHours(counts, 1)]);
}

/** Each step that is owed is one line, in the order of the steps; no other step is. */
function inTodo(todo: string, steps: readonly StepState[], { id }: ReleaseHistory, place: string): void {
  const lines = todo.split('\n');
  const found = steps.map(({ name, again, isMet }) => {
    const line = lines.find((text) => text.includes(`  ${again ?? name} of ${id},`));
    if (line) expect(line.includes('if the correction changes a version'), `${place}: ${line}`).toBe(isMet);
    return line !== undefined;
  });
  expect(found, place).toEqual(steps.map(({ isOwed }) => isOwed));
}

function inExplain(catalog: Catalog, steps: readonly StepState[], release: ReleaseHistory, place: string): void {
  const rows = gatesInWords(gatesOfRelease(catalog, release), catalog).trimEnd().split('\n');
  expect(rows.length, place).toBe(steps.length);
  for (const [index, { name, isMet, isOwed, due, again }] of steps.entries()) {
    const row = rows[index] as string;
    expect(row, place).toContain(`${isMet ? 'met ' : 'open'}  ${name}`);
    expect(/ (?:was )?due /.test(row), `${place}: ${row}`).toBe(due !== undefined);
    expect(row.includes('if the correction changes a version'), `${place}: ${row}`).toBe(again !== undefined);
    if (!isOwed) expect(due, place).toBeUndefined();
  }
}

function onPages(
  catalog: Catalog,
  duties: ReturnType<typeof projectDuties>,
  steps: readonly StepState[],
  release: ReleaseHistory,
  place: string,
): void {
  const shown = (due?: string) => timeOf(due, catalog.policy.programme.zone)?.local;
  const gates = projectGates(catalog, release);
  if (gates.length > 0)
    expect(
      gates.map(({ gate, isMet, due }) => `${gate} ${isMet} ${due?.local}`),
      place,
    ).toEqual(steps.map(({ name, isMet, due }) => `${name} ${isMet} ${shown(due)}`));
  else expect(steps.some(({ isOwed }) => isOwed)).toBe(false);
  for (const { name, again, due, isOwed } of steps)
    expect(
      duties.some(
        ({ what, due: by }) => what.startsWith(`${again ?? name} of ${release.id}`) && by?.local === shown(due),
      ),
      `${place}: ${name}`,
    ).toBe(isOwed);
}

/** A note is refused for the open steps before it, and for no others. */
function inPublish(
  sources: Sources,
  { asOf }: Catalog,
  steps: readonly StepState[],
  release: ReleaseHistory,
  place: string,
): void {
  const final = steps.findIndex(({ step }) => step.did === 'publish' && step.target === 'final');
  if (final === -1 || release.now.note || release.now.live.length === 0) return;
  // As the folder stood then: its note was not written yet.
  const files = sources.files.filter(({ path }) => !path.startsWith(`published/${release.id}/`));
  const plan = planPublication({ ...sources, files }, { release: release.id, stage: 'final', at: asOf });
  const groups = release.type.steps;
  const group = groups.findIndex((entry) => [entry].flat().some((step) => step === steps[final]?.step));
  const before = groups.slice(0, group).flat();
  const open = steps.filter(({ step, isMet }) => before.includes(step) && !isMet).map(({ name }) => name);
  expect('open' in plan ? plan.open.map(({ name }) => name) : [], place).toEqual(open);
}

test('the main page is calm only where todo has nothing that is overdue', () => {
  const records = recordsOf(folder('../content'));
  const late = ['2020-09-16T20:00Z', '2020-10-07T06:00Z', '2020-11-19T01:00Z', '2020-11-18T11:00Z'].map((moment) => {
    const instant = toInstant(moment.replace('Z', '+00:00'), 'UTC');
    const catalog = derive(records, { instant, isChosen: true });
    expect(homePage(factsOf(catalog, [])).attention.isOwedLate, moment).toBe(/^overdue/m.test(todoInWords(catalog)));
    return /^overdue/m.test(todoInWords(catalog));
  });
  expect(new Set(late).size).toBe(2);
});
