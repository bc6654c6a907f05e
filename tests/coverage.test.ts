import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { elsewhere, groundRules, keptBy, obligationIds } from '../src/check/coverage.ts';
import { rules } from '../src/check/registry.ts';
import { project, type Site } from '../src/publish/site.ts';
import { readContent } from '../src/load/read-content.ts';
import { toInstant } from '../src/model/time.ts';
import { evaluate } from '../src/pipeline.ts';

const named = new Set(rules.flatMap(({ obligations }) => [...obligations]));

describe('every obligation', () => {
  test.each(obligationIds)('%s is kept by rules, or else in the table, and never in both', (id) => {
    expect(named.has(id) !== id in elsewhere, named.has(id) ? 'a rule names it as well' : 'nothing keeps it').toBe(
      true,
    );
    expect(keptBy(id)).toBeDefined();
  });

  test('there are 140, and nothing names one that is not among them', () => {
    const known = new Set(obligationIds);
    expect(known.size).toBe(140);
    expect([...named, ...Object.keys(elsewhere), ...Object.keys(groundRules)].filter((id) => !known.has(id))).toEqual(
      [],
    );
  });

  test.each(Object.entries(elsewhere))('%s has its reason in a sentence, and pages that exist', (_, kept) => {
    expect(kept.reason).toMatch(/^[A-Z].*\.$/);
    for (const page of kept.how === 'page' ? kept.pages : []) expect(routes()).toContain(page);
  });
});

describe('the coverage of a programme', () => {
  test('the sample asks for all of them, each with its clause, and the numbers add up', async () => {
    const { coverage } = await siteOf('../content', '2020-11-18T11:00');
    expect(coverage).toHaveLength(140);
    expect(coverage.filter(({ standing }) => standing === 'not-asked')).toEqual([]);
    expect(coverage.filter(({ clause }) => clause === undefined).map(({ id }) => id)).toEqual(Object.keys(groundRules));
    const exception = coverage.find(({ id }) => id === 'C-070');
    expect(exception).toMatchObject({ kept: { how: 'rule' }, results: { waived: 1 } });
  });

  test('another programme asks for less, and what it does not list is not asked of it', async () => {
    const { coverage } = await siteOf('programmes/ticketing', '2031-01-01');
    const asked = coverage.filter(({ standing }) => standing !== 'not-asked').map(({ id }) => id);
    expect(asked).toContain('C-042');
    expect(asked).toContain('C-140');
    expect(asked).not.toContain('C-005');
  });
});

describe('what is private', () => {
  test('the words of a finding that names a person are not published, its rule and place are', async () => {
    const site = await siteOf('../content', '2020-11-18T11:00', (path, text) =>
      path === 'releases/R10.mdx' ? text.replace(/(did: review, by: )\w+/, '$1ad') : text,
    );
    const found = site.findings.filter(({ rule }) => rule === 'reviewed-before-proving');
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]).toMatchObject({ file: 'releases/R10.mdx', release: 'R10' });
    expect(found[0]?.message).toBeUndefined();
  });

  test('whether a defect is assigned is said nowhere while the assignment is confidential', async () => {
    const site = await siteOf('../content', '2020-11-18T11:00');
    expect(JSON.stringify([site.duties, site.defects])).not.toMatch(/assign/i);
    const open = await siteOf('../content', '2020-11-18T11:00', (path, text) =>
      path === 'programme.yaml' ? text.replace(/^ {4}- defect\.tracker\.(?:team|assigned)\n/gm, '') : text,
    );
    expect(open.duties.map(({ what }) => what)).toContain('Assignment of D-0066 to a team');
  });
});

async function siteOf(folder: string, at: string, change = (_: string, text: string) => text): Promise<Site> {
  const sources = await readContent(new URL(folder, import.meta.url).pathname);
  const files = sources.files.map(({ path, bytes }) => ({
    path,
    bytes: Buffer.from(change(path, Buffer.from(bytes).toString('utf8'))),
  }));
  const { catalog, diagnostics } = evaluate(
    { ...sources, files },
    { instant: toInstant(at, 'Europe/London'), isChosen: true },
  );
  if (!catalog) throw new Error('the programme cannot be read');
  return project(catalog, diagnostics);
}

/** The addresses of the pages, parameters as `<id>`. */
function routes(): string[] {
  return readdirSync(new URL('../src/pages', import.meta.url).pathname, { recursive: true })
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
