import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Sources } from '../src/load/read-content.ts';
import { ccmt } from '../src/site/integration.ts';
import type { Facts } from '../src/site/project/facts.ts';
import type { Site } from '../src/site/site.ts';
import { digestsOf, sampleMoment, sampleSources, siteAt } from './support/site.ts';

let sources: Sources;
let facts: Facts;
let site: Site;
beforeAll(async () => {
  sources = await sampleSources();
  ({ facts, site } = siteAt(sources, sampleMoment));
});

describe('the model of a page', () => {
  test('is plain JSON', () => {
    for (const { name, model } of models(site)) expect(JSON.parse(JSON.stringify(model)), name).toEqual(model);
  });

  test('depends on nothing that its page does not show: one summary changes the pages that tell it', () => {
    const summary = 'The meter is said to be elsewhere.';
    const edited = edit('defects/D-0047.md', /^summary: .*$/m, `summary: ${summary}`);
    expect(changedTo(edited)).toEqual(['defect D-0047', 'defects', 'issues', 'role shipper', 'since R07']);
    expect(holding(edited, summary)).toEqual(changedTo(edited));
  });

  test('depends on nothing that its page does not show: a title changes the pages that mention it', () => {
    const title = 'The telephone number is read as a formula';
    const edited = edit('defects/D-0066.md', /^ {2}title: .*$/m, `  title: ${title}`);
    expect(changedTo(edited)).toEqual(['component messaging', 'defect D-0066', 'defects', 'knownIds']);
    expect(holding(edited, title)).toEqual(changedTo(edited));
  });

  test('moves with the moment of looking only where the page says what that is', () => {
    const later = siteAt(sources, '2020-11-18T11:01').site;
    const dated = models(site).filter(({ model }) => 'asOf' in model && model.asOf !== undefined);
    expect(dated.length).toBeGreaterThan(100);
    expect(dated.length).toBeLessThan(models(site).length / 2);
    expect(changedTo(later)).toEqual(dated.map(({ name }) => name).sort());
    const undated = (of: Site) => models(of).map(({ name, model }) => ({ name, ...model, asOf: '' }));
    expect(undated(later)).toEqual(undated(site));
  });

  test('changes its digest when the frame prints something else', () => {
    const edited = edit('programme.yaml', /^contact: .*$/m, 'contact: Ask at the desk.');
    expect(changedTo(edited)).toEqual([...digestsOf(site).keys()].sort());
  });

  test('repeats little: all of them together are at most twice the facts that they are made from', () => {
    expect(JSON.stringify(site.pages).length).toBeLessThan(2 * JSON.stringify(facts).length);
  });
});

const root = fileURLToPath(new URL('..', import.meta.url));
const door = 'src/site/pages.ts';
/** What each folder may take through the door. */
const given: Record<string, string[]> = {
  'src/components': ['base', 'staleHours', 'terms'],
  'src/layouts': ['frame'],
  'src/pages': ['base', 'commit', 'modelOf', 'pathsOf', 'terms'],
};

describe('what pages and components import', () => {
  test('only the door reads the module made by the integration', () => {
    const readers = sourceFiles('src').filter((file) => importsOf(file).some(({ from }) => from === 'virtual:ccmt'));
    expect(readers).toEqual([door]);
  });

  test.each(Object.keys(given))(
    '%s: components, words, texts, and through the door only what it is given',
    (folder) => {
      // The schemas that are served are made from code, not from records.
      const found = sourceFiles(folder).filter((file) => !file.startsWith('src/pages/api/v1/schemas/'));
      expect(found.length).toBeGreaterThan(0);
      for (const file of found) {
        for (const { from, names, isType } of importsOf(file)) {
          if (isType || from === 'astro:content' || from.endsWith('.css')) continue;
          if (from === door)
            expect(given[folder], `${file} takes ${names.join()}`).toEqual(expect.arrayContaining(names));
          else
            expect(from, file).toMatch(/^src\/(?:(?:components|layouts|site\/words|site\/text)\/|model\/wording\.ts$)/);
        }
      }
    },
  );

  test('there is no circle of imports, types included', () => {
    const graph = new Map(
      ['src/site', 'src/components', 'src/layouts', 'src/pages']
        .flatMap(sourceFiles)
        .map((file) => [file, importsOf(file).map(({ from }) => from)]),
    );
    expect(circleIn(graph)).toBeUndefined();
  });
});

function models(of: Site): { name: string; model: object & { asOf?: unknown } }[] {
  return Object.entries(of.pages).flatMap(([kind, pages]) =>
    pages.map(({ params, model }) => ({ name: [kind, ...Object.values(params)].join(' '), model })),
  );
}

function edit(path: string, from: RegExp, to: string): Site {
  const files = sources.files.map((file) => {
    const text = Buffer.from(file.bytes).toString('utf8');
    return file.path === path ? { ...file, bytes: Buffer.from(text.replace(from, to)) } : file;
  });
  return siteAt({ ...sources, files }, sampleMoment).site;
}

/** The pages of which the digest is not that of the sample. */
function changedTo(edited: Site): string[] {
  const before = digestsOf(site);
  return [...digestsOf(edited)]
    .filter(([name, digest]) => before.get(name) !== digest)
    .map(([name]) => name)
    .sort();
}

function holding(of: Site, text: string): string[] {
  return models(of)
    .filter(({ model }) => JSON.stringify(model).includes(text))
    .map(({ name }) => name)
    .sort();
}

function sourceFiles(folder: string): string[] {
  return globSync('**/*.{ts,astro}', { cwd: join(root, folder) })
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .sort();
}

type Import = { from: string; names: string[]; isType: boolean };

/** What a file imports: a path from the root of the project, or a package; `names` are the values, without types. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const statements = text.matchAll(/^(?:import|export) (?:(type )?([^'";]*) from )?'([^']+)';$/gm);
  return [...statements].map(([, type, list = '', from = '']) => {
    const names = list
      .replace(/^\{|\}$/g, '')
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.startsWith('type '));
    return {
      from: from.startsWith('.') ? join(file, '..', from).replaceAll('\\', '/') : from,
      names,
      isType: type !== undefined || (list !== '' && names.length === 0),
    };
  });
}

/** The files of a circle, in order; nothing when there is none. */
function circleIn(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const follow = (file: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of graph.get(file) ?? []) {
      const circle = follow(next, [...path, file]);
      if (circle) return circle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const circle = follow(file, []);
    if (circle) return circle;
  }
  return undefined;
}

test('a build whose records were checked by the command that starts it evaluates them no more', async () => {
  const evaluated = join(mkdtempSync(join(tmpdir(), 'ccmt-')), 'site.json');
  writeFileSync(evaluated, JSON.stringify(site));
  const open = () => Promise.reject(new Error('evaluated again'));
  const setUp = async (given: string | undefined) => {
    const config = { base: '/', publicDir: new URL('../public/', import.meta.url) };
    const hook = ccmt({ open, evaluated: given }).hooks['astro:config:setup'] as (given: object) => Promise<void>;
    await hook({ command: 'build', config, logger: console, updateConfig: () => undefined });
    return 'set up';
  };
  await expect(setUp(evaluated)).resolves.toBe('set up');
  await expect(setUp(undefined)).rejects.toThrow('evaluated again');
  rmSync(dirname(evaluated), { recursive: true });
});
