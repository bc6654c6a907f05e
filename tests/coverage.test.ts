import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { catalogue, catalogued } from '../src/check/catalogue.ts';
import { keptBy } from '../src/check/obligations.ts';
import { rules } from '../src/check/registry.ts';
import { compareText } from '../src/diagnostic.ts';
import { provisionalNoteOnTime } from '../src/check/rules/provisional-note-on-time.ts';
import { type Facts, factsOf } from '../src/site/project/facts.ts';
import { readContent } from '../src/load/read-content.ts';
import { toInstant } from '../src/model/time.ts';
import { evaluate } from '../src/pipeline.ts';

const named = new Set(rules.flatMap(({ obligations }) => [...obligations]));

describe('every obligation', () => {
  test.each(catalogue.map((entry) => [entry.id, entry] as const))(
    '%s is kept by rules, or else the catalogue says how, and never both',
    (id, { kept, text }) => {
      expect(named.has(id) !== (kept !== undefined), named.has(id) ? 'a rule names it, too' : 'nothing keeps it').toBe(
        true,
      );
      expect(keptBy(id)).toBeDefined();
      expect(text).toMatch(/^[A-Z].*\.$/);
      if (!kept) return;
      expect(kept.reason).toMatch(/^[A-Z].*\.$/);
      for (const page of kept.how === 'page' ? kept.pages : []) expect(routes()).toContain(page);
    },
  );

  test('each stands once, in order, and no rule names one that the catalogue lacks', () => {
    const ids = catalogue.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort());
    expect([...named].filter((id) => !catalogued(id))).toEqual([]);
  });
});

describe('the coverage of a programme', () => {
  test('what the plan binds stands at its clause, and the numbers add up', async () => {
    const { coverage } = await factsIn('../content', '2020-11-18T11:00');
    expect(coverage).toHaveLength(catalogue.length);
    expect(coverage.filter(({ clause }) => clause === undefined).map(({ standing }) => standing)).not.toContain(
      'asked',
    );
    const late = coverage.find(({ id }) => id === provisionalNoteOnTime.obligations[0]);
    expect(late).toMatchObject({ standing: 'asked', kept: { how: 'rule' }, results: { waived: 1 } });
  });

  test('what a plan does not mention holds as good practice, and what it switches off holds not', async () => {
    const { coverage } = await factsIn('programmes/ticketing', '2031-03-22');
    const standings = Map.groupBy(coverage, ({ standing }) => standing);
    const listed = (parse(read('programmes/ticketing/plan/obligations.yaml')) as { id: string; off?: string }[]).sort(
      (a, b) => compareText(a.id, b.id),
    );
    expect(standings.get('asked')?.map(({ id }) => id)).toEqual(listed.filter(({ off }) => !off).map(({ id }) => id));
    expect(standings.get('off')?.map(({ id }) => id)).toEqual(listed.filter(({ off }) => off).map(({ id }) => id));
    expect(standings.get('own')?.map(({ id }) => id)).toEqual(
      catalogue.flatMap((entry) => (entry.always ? entry.id : [])),
    );
    expect(standings.get('good-practice')?.length).toBeGreaterThan(50);
  });

  test('an obligation switched off is looked for by no rule, and one that nobody knows is a finding', async () => {
    const without = (line: RegExp) =>
      factsIn('programmes/ticketing', '2031-03-22', (path, text) =>
        path === 'plan/obligations.yaml' ? text.replace(line, '') : text,
      );
    const rulesFound = ({ findings }: Facts) => new Set(findings.map(({ rule }) => rule));
    expect(rulesFound(await without(/^$/m)).has('schedule-shows-route')).toBe(false);
    expect(rulesFound(await without(/.*The grid|.*C-063.*\n/)).has('schedule-shows-route')).toBe(true);
    const unknown = await factsIn('programmes/ticketing', '2031-03-22', (path, text) =>
      path === 'plan/obligations.yaml' ? `${text}- {id: C-999, clause: X, from: "1"}\n` : text,
    );
    expect(unknown.findings.find(({ rule }) => rule === 'references-resolve')?.message).toBe(
      'There is no obligation "C-999".',
    );
  });
});

describe('what is private', () => {
  test('the words of a finding that names a person are not published, its rule and place are', async () => {
    const facts = await factsIn('../content', '2020-11-18T11:00', (path, text) =>
      path === 'releases/R10.mdx' ? text.replace(/(did: review, by: )\w+/, '$1ad') : text,
    );
    const found = facts.findings.filter(({ rule }) => rule === 'reviewed-before-proving');
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]).toMatchObject({ file: 'releases/R10.mdx', release: { id: 'R10', path: '/releases/R10/' } });
    expect(found[0]?.message).toBeUndefined();
  });

  test('whether a defect is assigned is said nowhere while the assignment is confidential', async () => {
    const facts = await factsIn('../content', '2020-11-18T11:00');
    expect(JSON.stringify([facts.duties, facts.defects])).not.toMatch(/assign/i);
    const open = await factsIn('../content', '2020-11-18T11:00', (path, text) =>
      path === 'programme.yaml' ? text.replace(/^ {4}- defect\.tracker\.(?:team|assigned)\n/gm, '') : text,
    );
    expect(open.duties.map(({ what }) => what)).toContain('Assignment of D-0066 to a team');
  });
});

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

async function factsIn(folder: string, at: string, change = (_: string, text: string) => text): Promise<Facts> {
  const sources = await readContent(fileURLToPath(new URL(folder, import.meta.url)));
  const files = sources.files.map(({ path, bytes }) => ({
    path,
    bytes: Buffer.from(change(path, Buffer.from(bytes).toString('utf8'))),
  }));
  const { catalog, diagnostics } = evaluate(
    { ...sources, files },
    { instant: toInstant(at, 'Europe/London'), isChosen: true },
  );
  if (!catalog) throw new Error('the programme cannot be read');
  return factsOf(catalog, diagnostics);
}

/** The addresses of the pages, parameters as `<id>`. */
function routes(): string[] {
  return readdirSync(fileURLToPath(new URL('../src/pages', import.meta.url)), { recursive: true })
    .map(String)
    .filter((path) => path.endsWith('.astro'))
    .map((path) =>
      `/${path
        .replaceAll('\\', '/')
        .replace(/\.astro$/, '/')
        .replace(/(?:^|\/)index\/$/, (match) => (match.startsWith('/') ? '/' : ''))}`
        .replaceAll('[', '<')
        .replaceAll(']', '>'),
    );
}
