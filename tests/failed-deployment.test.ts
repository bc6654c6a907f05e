import { describe, expect, test } from 'vitest';
import { freezeNote } from '../src/author/freeze-note.ts';
import type { Catalog } from '../src/derive/catalog.ts';
import { dutiesOf } from '../src/check/duties.ts';
import { dutyInWords } from '../src/check/duty.ts';
import type { ReleaseHistory } from '../src/derive/history.ts';
import { type Cell, matrixAt, matrixChanges } from '../src/derive/matrix.ts';
import { publishedFixes } from '../src/derive/published-fixes.ts';
import type { Note } from '../src/model/note.ts';
import { toInstant } from '../src/model/time.ts';
import { evaluate } from '../src/pipeline.ts';
import { projectStanding } from '../src/site/project/standing.ts';
import { base, encode, overlay, textOf } from './support/tree.ts';

/**
 * A deployment to market trials that failed has brought nothing there, whoever asks: the version that was there is
 * there still.
 */
const succeeded = /(did: deploy, to: mt, by: em, until: \S+), outcome: succeeded/g;
const failing = (id: string, text = textOf(base().files.find(({ path }) => path === `releases/${id}.mdx`))) => ({
  path: `releases/${id}.mdx`,
  // What came after the failed deployment is not written yet.
  bytes: encode(
    text
      .replace(succeeded, '$1, outcome: failed, error: No space is left')
      .replace(/(error: No space is left.*\n)(?: {2}- .*\n)*/, '$1'),
  ),
});

function catalogWith(local: string, ...files: { path: string; bytes: Uint8Array }[]): Catalog {
  return evaluate(overlay(base(), files), { instant: toInstant(local, 'Europe/London'), isChosen: true })
    .catalog as Catalog;
}

const inMarket = (cells: readonly Cell[], component: string) =>
  cells.find((cell) => cell.environment === 'mt' && cell.component === component);

/** The note that the next release would publish now: it says what its versions replace. */
function nextNote(catalog: Catalog): Note {
  const release = catalog.releases.find(({ id }) => id === 'R06') as ReleaseHistory;
  return freezeNote(catalog, release, {
    line: { at: '2020-10-20T10:00', did: 'publish', note: 'provisional', by: 'cr' },
    index: release.record.log.length,
  }).published.note;
}

const next = (log: string) => ({
  path: 'releases/R06.mdx',
  bytes: encode(
    `---\nid: R06\ntitle: Sixth release\nsummary: Postcodes are filled.\ntype: regular\nphase: trials\nslot: 2020-10-22\nitems:\n  - {id: D-0099, kind: code, note: Filled., action: retest, fileFormat: none, components: [gateway]}\nlog:\n${log}---\n`,
  ),
});
const log = [
  '  - {at: 2020-10-15T14:00, did: propose, by: ad, items: [D-0099], consulted: [test-manager]}\n',
  '  - {at: 2020-10-15T16:00, did: agree, by: [bk, ad, programme], consulted: [test-manager], informed: [ccmtwg]}\n',
  '  - {at: 2020-10-16T08:00, did: deliver, by: bk, versions: {gateway: "2.11"}}\n',
].join('');

describe('a regular release whose deployment failed', () => {
  const catalog = catalogWith('2020-10-16T12:00', failing('R05'), next(log));
  const before = { version: '2.9', release: 'B01', state: 'failing', attempted: '2.10' };

  test('the matrix keeps the version that was there, and names the one that failed', () => {
    expect(inMarket(matrixAt(catalog.events, catalog.policy, catalog.releases, catalog.asOf), 'gateway')).toMatchObject(
      before,
    );
  });

  test('so does the history of the matrix', () => {
    const cells = matrixChanges(catalog.events, catalog.policy, catalog.releases).flatMap((change) => change.cells);
    expect(cells.findLast((cell) => cell.environment === 'mt' && cell.component === 'gateway')).toMatchObject(before);
  });

  test('the next note replaces the version that is there, and comes after the release that brought it', () => {
    const note = nextNote(catalog);
    expect(note.versions).toEqual([expect.objectContaining({ component: 'gateway', from: '2.9', to: '2.11' })]);
    expect(note.previous).toBe('R04');
  });

  test('nothing of it counts as deployed, complete or fixed', () => {
    expect(catalog.releases.find(({ id }) => id === 'R05')?.state).toBe('failed');
    expect(projectStanding(catalog, 'D-0090').releases.at(-1)).toMatchObject({
      release: expect.objectContaining({ id: 'R05' }),
      deployedAt: undefined,
      isComplete: false,
    });
    expect(publishedFixes(catalog.releases, catalog.policy).has('D-0090')).toBe(false);
    expect(
      dutiesOf(catalog)
        .filter((duty) => duty.release === 'R05')
        .map(dutyInWords),
    ).toEqual([
      'Delivery of a correction of R05',
      'Deployment to QAS1 of R05, if the correction changes a version',
      'Deployment to QAS2 of R05, if the correction changes a version',
      'Deployment request of R05',
      'Passed test in QAS2 of R05, if the correction changes a version',
      'Approval of R05',
      'An erratum to the final note of R05, if the correction changes a version',
      'Deployment to MT of R05',
      'Smoke test in MT of R05',
    ]);
  });

  test('once it has succeeded, all of that is otherwise', () => {
    const whole = catalogWith('2020-10-16T12:00', next(log));
    expect(inMarket(matrixAt(whole.events, whole.policy, whole.releases, whole.asOf), 'gateway')).toMatchObject({
      version: '2.10',
      release: 'R05',
      state: 'passed',
    });
    expect(nextNote(whole)).toMatchObject({
      previous: 'R05',
      versions: [{ component: 'gateway', from: '2.10', to: '2.11' }],
    });
    expect(publishedFixes(whole.releases, whole.policy).has('D-0090')).toBe(true);
  });
});

describe('the first deployment of all', () => {
  const catalog = catalogWith('2020-09-03T12:00', failing('B01'));

  test('leaves the environment empty where it failed', () => {
    const cell = inMarket(matrixAt(catalog.events, catalog.policy, catalog.releases, catalog.asOf), 'gateway');
    expect(cell).toMatchObject({ state: 'failing', attempted: '2.9' });
    expect(cell?.version).toBeUndefined();
  });
});

describe('an emergency whose deployment failed', () => {
  const catalog = catalogWith('2020-09-14T12:00', failing('E01'));

  test('owes nothing to the next regular note, for it has brought nothing', () => {
    expect(catalog.carryForward).toEqual([]);
    expect(catalogWith('2020-09-14T12:00').carryForward.map(({ emergency }) => emergency)).toEqual(['E01']);
  });
});
