import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { planPublication } from '../src/author/publish-note.ts';
import type { Catalog } from '../src/derive/catalog.ts';
import type { ReleaseHistory } from '../src/derive/history.ts';
import type { Sources } from '../src/load/read-content.ts';
import { toInstant } from '../src/model/time.ts';
import { evaluate } from '../src/pipeline.ts';
import { encode, freeze, readTree, textOf } from './support/tree.ts';

/**
 * A small office: nobody agrees to a list of items, so what is proposed is committed. It is the ticketing programme
 * with one step less in its planned types.
 */
const ticketing = readTree(fileURLToPath(new URL('programmes/ticketing', import.meta.url)));
const rewritten = (change: (text: string, path: string) => string): Sources => ({
  root: ticketing.root,
  files: ticketing.files
    .filter(({ path }) => !path.startsWith('published/'))
    .map((file) => ({ path: file.path, bytes: encode(change(textOf(file), file.path)) })),
});
const pending = rewritten((text, path) =>
  path === 'programme.yaml'
    ? text.replaceAll('steps: [propose, agree, deliver', 'steps: [propose, deliver')
    : text.replace(/.*did: agree.*\n/, '').replaceAll(/sha256: "\w+"/g, 'sha256: pending'),
);
const office = freeze(pending);

const zone = 'America/Toronto';
const look = (tree: Sources, at: string) => evaluate(tree, { instant: toInstant(at, zone), isChosen: true });
const releaseIn = (catalog: Catalog | undefined, wanted: string) =>
  catalog?.releases.find(({ id }) => id === wanted) as ReleaseHistory;

test('a type without an agreement of the managers commits what is proposed', () => {
  const { state, now } = releaseIn(look(office, '2031-03-02T09:30').catalog, 'A01');
  expect({ state, bundle: now.bundle }).toEqual({ state: 'committed', bundle: ['CH-1'] });
});

test('it goes all the way, and nothing is found', () => {
  const { catalog, diagnostics } = look(office, '2031-03-22T09:00');
  expect(diagnostics.map(({ file, line, rule }) => `${file}:${line} ${rule}`)).toEqual([]);
  expect(catalog?.releases.map(({ id, state }) => `${id} ${state}`)).toEqual([
    'A01 complete',
    'K01 complete',
    'K02 proved',
  ]);
});

test('its notes can be published', () => {
  const before = office.files
    .filter(({ path }) => path !== 'published/K01/final.json')
    .map((file) =>
      file.path === 'releases/K01.mdx'
        ? { path: file.path, bytes: encode(textOf(file).replace(/ {2}- .*note: final[\s\S]*?---/, '---')) }
        : file,
    );
  const at = toInstant('2031-03-14T17:00', zone);
  const plan = planPublication({ root: office.root, files: before }, { release: 'K01', stage: 'final', at });
  expect(Object.keys(plan)).toEqual(['changes', 'frozen', 'lineNumber', 'warnings', 'elsewhere']);
});

test('what is withdrawn leaves it', () => {
  const line = '  - {at: 2031-03-18T12:00, did: withdraw, by: qu, items: [F-8], reason: Not yet, target: none}\n';
  const files = office.files.map((file) =>
    file.path === 'releases/K02.mdx'
      ? { path: file.path, bytes: encode(textOf(file).replace(/( {2}- .*did: deliver)/, `${line}$1`)) }
      : file,
  );
  const before = releaseIn(look(office, '2031-03-18T13:00').catalog, 'K02');
  const after = releaseIn(look({ root: office.root, files }, '2031-03-18T13:00').catalog, 'K02');
  expect([before.now.bundle, after.now.bundle, after.state]).toEqual([['F-8'], [], 'closed']);
});

test('a type that nobody knows commits nothing by itself', () => {
  const files = pending.files.map((file) =>
    file.path === 'releases/K02.mdx'
      ? { path: file.path, bytes: encode(textOf(file).replace('type: cycle', 'type: cyle')) }
      : file,
  );
  expect(releaseIn(look({ root: office.root, files }, '2031-03-18T13:00').catalog, 'K02').now.bundle).toEqual([]);
});
