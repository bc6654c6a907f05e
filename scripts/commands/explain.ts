import type { Catalog } from '../../src/derive/catalog.ts';
import { typeName } from '../../src/derive/names.ts';
import { valueAt } from '../../src/derive/known-issues.ts';
import { changeOf, defectOf, unreadFileOf } from '../../src/derive/lookup.ts';
import type { Diagnostic } from '../../src/diagnostic.ts';
import { type Gate, gatesOfDefect, gatesOfRelease } from '../../src/derive/gates.ts';
import { nameIn } from '../../src/model/labelled.ts';
import { toDay, toInstant, toOffsetTime } from '../../src/model/time.ts';
import { visibleJson } from '../../src/model/visible.ts';
import { evaluate } from '../../src/pipeline.ts';
import { nextReleaseFor, questionOf } from '../../src/site/project/next-release.ts';
import { marketsIn } from '../../src/site/project/programme.ts';
import { projectStanding, type Standing } from '../../src/site/project/standing.ts';
import { nearest } from '../../src/validate/nearest.ts';
import { paintFor, Refusal } from '../terminal.ts';
import { type ContentOptions, openContent } from '../workspace.ts';
import { dayInWords, dueInWords } from './todo.ts';

/**
 * The gates of a defect or release: which are met, which are not, and when each can be next. Returns 0; 1 for a record
 * that cannot be read, 2 for an unknown id.
 */
export async function explain(id: string, options: ContentOptions & { json?: boolean }): Promise<number> {
  const { sources, moment } = await openContent(options);
  const { catalog, diagnostics } = evaluate(sources, moment);
  if (!catalog) throw new Refusal(1, 'The programme cannot be read: run ccmt check first.');
  const unread = unreadFileOf(catalog, id);
  if (unread !== undefined) return tellUnread(id, unread, catalog, diagnostics, options);
  const { title, state, standing, question, gates } = subject(catalog, id);
  const findings = diagnostics.filter(
    ({ release, item, level }) => (release === id || item === id) && level !== 'information',
  );
  if (options.json) {
    process.stdout.write(
      `${visibleJson({ format: 1, command: 'explain', asOf: catalog.asOf, id, title, state, ...(standing ? { standing } : {}), ...(question && gates.length > 0 ? { question } : {}), gates, findings })}\n`,
    );
    return 0;
  }
  process.stdout.write(`${id} · ${title}\n${state}\n${standing ? `${standing.sentence}\n` : ''}`);
  if (gates.length > 0) process.stdout.write(`\n${question ? `${question}:\n` : ''}${gatesInWords(gates, catalog)}`);
  for (const { level, message, hint, clause } of findings)
    process.stdout.write(`\n${level}: ${message}${hint ? ` ${hint}` : ''}${clause ? ` (Clause ${clause}.)` : ''}\n`);
  return 0;
}

/** A record that is there and cannot be read is not absent: the first thing found in its file is told. Returns 1. */
function tellUnread(
  id: string,
  file: string,
  { asOf }: Catalog,
  diagnostics: readonly Diagnostic[],
  { json }: { json?: boolean },
): number {
  const findings = diagnostics.filter((diagnostic) => diagnostic.file === file);
  if (json) {
    process.stdout.write(`${visibleJson({ format: 1, command: 'explain', asOf, id, unread: file, findings })}\n`);
    return 1;
  }
  const [first, ...more] = findings;
  process.stdout.write(`${id} · unknown because ${file} is there, and cannot be read\n`);
  if (first)
    process.stdout.write(
      `\n${first.level}: ${first.file}:${first.line}:${first.column} ${first.message}${first.hint ? ` ${first.hint}` : ''}\n`,
    );
  if (more.length > 0) process.stdout.write(`ccmt check shows ${more.length} more of it.\n`);
  return 1;
}

/** Gates as `explain` prints them. */
export function gatesInWords(gates: readonly Gate[], catalog: Catalog): string {
  return gates.map((gate) => row(gate, catalog)).join('');
}

/** What is said of a release, defect or change before its gates, which stand under their question. */
type Subject = { title: string; state: string; standing?: Standing; question?: string; gates: Gate[] };

function subject(catalog: Catalog, id: string): Subject {
  const { releases, defects, changes } = catalog;
  const release = releases.find((candidate) => candidate.id === id);
  if (release) {
    const { slot } = release.record;
    return {
      title: release.record.title,
      state: `${typeName(catalog.policy, release.record.type)}, ${release.state}${slot ? `, ${catalog.policy.programme.terms.slot} ${slot}` : ''}${release.nextAttempt ? `; the next attempt is ${release.nextAttempt}` : ''}`,
      gates: gatesOfRelease(catalog, release),
    };
  }
  const title = defectOf(catalog, id)?.tracker.title ?? changeOf(catalog, id)?.title;
  if (title !== undefined) return itemSubject(catalog, id, title);
  const known = [...[...releases, ...defects, ...changes].map((record) => record.id), ...catalog.unread];
  const near = nearest(id, known);
  throw new Refusal(2, `There is no release, defect or change ${id}.${near ? ` Did you mean ${near}?` : ''}`);
}

/** A defect or change, with the sentence and the question of its page. */
function itemSubject(catalog: Catalog, id: string, title: string): Subject {
  const { asOf, policy } = catalog;
  const { zone, statuses } = policy.programme;
  const defect = defectOf(catalog, id);
  if (defect && toInstant(defect.tracker.raised, zone) > asOf)
    throw new Refusal(
      2,
      `${id} was raised on ${toDay(toInstant(defect.tracker.raised, zone), zone)}, after this moment.`,
    );
  const { gates } = gatesOfDefect(catalog, id);
  const severity = defect && (valueAt(defect, 'severity', asOf, zone) ?? 'not rated yet');
  const status = defect && nameIn(statuses, valueAt(defect, 'status', asOf, zone));
  return {
    title,
    state: defect ? `${severity}, ${status}` : 'change',
    standing: projectStanding(catalog, id).standing,
    question: questionOf(nextReleaseFor(catalog, id), gates, marketsIn(catalog)),
    gates,
  };
}

function row({ gate, isMet, at, note, due, day }: Gate, { asOf, policy }: Catalog): string {
  const { zone } = policy.programme;
  const paint = paintFor(process.stdout);
  const mark = isMet ? paint('green', 'met ') : paint('yellow', 'open');
  const when = at ? `  ${toOffsetTime(at, zone).slice(0, 16).replace('T', ' ')}` : '';
  return `  ${mark}  ${gate}${when}${note ? `  (${note})` : ''}${due ? `  ${due <= asOf ? 'was due' : 'due'} ${dueInWords(due, zone)}` : ''}${day ? `  can be on ${dayInWords(day)}` : ''}\n`;
}
