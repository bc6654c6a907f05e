import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { freezeNote } from '../src/author/freeze-note.ts';
import type { Catalog } from '../src/derive/catalog.ts';
import { canBeWithheld, withheldKinds, withoutConfidential } from '../src/derive/confidential.ts';
import { evaluate } from '../src/pipeline.ts';
import { project } from '../src/site/site.ts';
import { fieldPaths } from '../src/validate/field-paths.ts';
import { momentFor } from './support/marks.ts';
import { base, encode, overlay, readTree, textOf } from './support/tree.ts';

const content = readTree(fileURLToPath(new URL('../content', import.meta.url)));
const whole = evaluate(content, momentFor(content)).catalog as Catalog;
const paths = fieldPaths().filter((path) => withheldKinds.includes(path.split('.')[0] as string));
const canary = 'Kanarienvogel';

/** The catalog with the canary in every text at a path, and that path classed as confidential, or with permission. */
function withCanaryAt(
  path: string,
  permission?: Catalog['policy']['programme']['classification']['permission'],
): { catalog: Catalog; count: number } {
  const catalog = structuredClone(whole);
  catalog.policy.programme.classification = { marking: 'x', confidential: [path], words: [], permission };
  const [kind, ...fields] = path.split('.');
  const records: Record<string, readonly unknown[]> = {
    defect: catalog.defects,
    change: catalog.changes,
    release: catalog.releases.flatMap(({ record, entries }) => [record, { log: entries.map(({ line }) => line) }]),
    plan: [catalog.policy.plan],
    people: [catalog.policy.people],
  };
  return {
    catalog,
    count: (records[kind as string] ?? []).reduce<number>((sum, record) => sum + place(record, fields), 0),
  };
}

/** Puts the canary at a path, through lists and tables; answers how often. */
function place(value: unknown, [field, ...rest]: string[]): number {
  if (Array.isArray(value)) return value.reduce((sum, entry) => sum + place(entry, [field as string, ...rest]), 0);
  if (value === null || typeof value !== 'object' || field === undefined) return 0;
  const record = value as Record<string, unknown>;
  if (!(field in record))
    return Object.values(record).reduce<number>(
      (sum, entry) => sum + (Array.isArray(entry) || typeof entry !== 'object' ? 0 : place(entry, [field, ...rest])),
      0,
    );
  if (rest.length > 0) return place(record[field], rest);
  record[field] = sung(record[field]);
  return JSON.stringify(record[field] ?? '').includes(canary) ? 1 : 0;
}

function sung(value: unknown): unknown {
  if (typeof value === 'string') return canary;
  if (Array.isArray(value)) return value.map(sung);
  return value !== null && typeof value === 'object'
    ? Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, sung(entry)]))
    : value;
}

/** All that readers could get: every page and search record, and every note as it would be frozen now. */
function published(catalog: Catalog): string {
  const site = project({ ...catalog, published: [] }, []);
  const notes = catalog.releases
    .filter(({ now }) => now.live.length > 0)
    .map(
      (release) =>
        freezeNote(catalog, release, {
          line: {
            at: '2020-11-01T10:00',
            did: 'publish',
            note: 'erratum',
            by: 'cr',
            reason: 'A reason',
            informed: ['ccmtwg'],
          },
          index: release.record.log.length,
        }).published,
    );
  return JSON.stringify([site, notes]);
}

describe('a field that is classed confidential is in nothing that readers get', () => {
  /** Texts that the sample programme has; what decides how a record is read, such as a status, keeps its words here. */
  const texts = paths.filter(
    (path) =>
      /\.(?:unit|name|git|initials|title|author|authors|summary|person|outcomes|note|retest|reason|interfaces|drop|task|requires|documents|ref|what|error|steps|about|consulted|informed|key|priority|team|explained|workaround|stopsTestPhase|aliases)$/.test(
        path,
      ) && canBeWithheld(path),
  );

  test('there are many of them', () => expect(texts.length).toBeGreaterThan(40));

  test.each(texts)('%s', (path) => {
    const { catalog, count } = withCanaryAt(path);
    if (count === 0) return;
    expect(published(catalog)).not.toContain(canary);
  });

  test('with permission they are', () => {
    for (const path of [
      'release.log.reason',
      'release.log.error',
      'release.title',
      'defect.summary',
      'change.title',
      'plan.history.summary',
    ]) {
      expect(
        published(withCanaryAt(path, { by: 'The owner', date: '2020-08-01', ref: 'A letter' }).catalog),
        path,
      ).toContain(canary);
    }
  });
});

describe('whatever is classed confidential, the check ends, and tells of what cannot be withheld', () => {
  const programme = (path: string) => ({
    path: 'programme.yaml',
    bytes: encode(
      textOf(base().files.find((file) => file.path === 'programme.yaml')).replace(
        /(marking: .*\n)/,
        `$1  confidential: [${path}]\n`,
      ),
    ),
  });

  test.each(paths)('%s', (path) => {
    const tree = overlay(base(), [programme(path)]);
    const { catalog, diagnostics } = evaluate(tree, momentFor(tree));
    expect(
      diagnostics.some(
        ({ rule, message }) =>
          rule === 'confidential-fields-known' && message.startsWith(`"${path}" is always published`),
      ),
    ).toBe(!canBeWithheld(path));
    expect(() => project(catalog as Catalog, diagnostics)).not.toThrow();
  });
});

test('what stands in place of a field fits it', () => {
  const of = (path: string) => withoutConfidential(withCanaryAt(path).catalog);
  expect(of('defect.tracker.team').defects[0]?.tracker.team).toBeUndefined();
  expect(of('defect.tracker.title').defects[0]?.tracker.title).toBe('Withheld');
  expect(of('defect.tracker.severity').defects.every(({ tracker }) => tracker.severity === 'Withheld')).toBe(true);
  expect(
    of('defect.tracker.history.explained')
      .defects.flatMap(({ tracker }) => tracker.history.map(({ explained }) => explained))
      .filter(Boolean),
  ).toEqual([]);
  expect(of('defect.impact').defects.every(({ impact }) => impact.length === 0)).toBe(true);
  expect(of('change.components').changes.every(({ components }) => components.length === 0)).toBe(true);
  expect(
    Object.values(of('release.bau.reason').releases.find(({ record }) => record.bau)?.record.bau ?? {}).map(
      ({ reason }) => reason,
    ),
  ).toContain('Withheld');
  expect(of('people.people.name').policy.people.people.every(({ name }) => name === undefined)).toBe(true);
  expect(of('plan.outcomes').policy.plan.outcomes).toEqual({});
  const withdrawals = of('release.log.reason')
    .releases.flatMap(({ entries }) => entries.map(({ line }) => line))
    .filter(({ did }) => did === 'withdraw');
  expect(new Set(withdrawals.map((line) => 'reason' in line && line.reason))).toEqual(new Set(['Withheld']));
});

test.each([
  ['defect.tracker.team', true],
  ['defect.tracker.raised', false],
  ['defect.tracker', false],
  ['defect.tracker.source', true],
  ['defect.id', false],
  ['people.people', false],
  ['people.people.id', false],
  ['release.log.from', false],
  ['release.log.effect', false],
  ['release.log.reason', true],
  ['release.log.sha256', false],
  ['plan.header', false],
  ['plan.history', false],
  ['programme.contact', false],
  ['defect.nothing', false],
  ['defect', false],
])('%s can be withheld: %s', (path, expected) => expect(canBeWithheld(path)).toBe(expected));
