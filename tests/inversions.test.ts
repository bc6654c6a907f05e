import { describe, expect, test } from 'vitest';
import { aheadOf } from '../src/derive/inversions.ts';
import { sampleSources, siteAt } from './support/site.ts';

const environments = [
  { id: 'build', use: 'delivery' },
  { id: 'function', use: 'proving' },
  { id: 'load', use: 'proving' },
  { id: 'market', use: 'market' },
] as const;

describe('a version that is newer than in an environment before it', () => {
  const ahead = (environment: string, versions: Record<string, string>, scheme: 'dotted' | 'text' = 'dotted') => {
    const cells = Object.entries(versions).map(([id, version]) => ({ environment: id, component: 'core', version }));
    const cell = cells.find((candidate) => candidate.environment === environment);
    return aheadOf(cell ?? { environment, component: 'core' }, cells, environments, { scheme });
  };
  test.each([
    ['as it should be', 'market', { build: '4.10', function: '4.10', load: '4.9', market: '4.9' }, []],
    ['numbers are numbers', 'market', { build: '4.10', function: '4.9', load: '4.10', market: '4.10' }, ['function']],
    ['beside each other nothing comes before', 'load', { build: '4.9', function: '4.8', load: '4.9' }, []],
    ['where there is none, none is older', 'market', { market: '4.9' }, []],
    ['an empty cell is ahead of none', 'market', { build: '4.9' }, []],
  ])('%s', (_, environment, versions: Record<string, string>, expected) =>
    expect(ahead(environment, versions)).toEqual(expected),
  );
  test('texts have no order', () => expect(ahead('market', { build: 'alder', market: 'beech' }, 'text')).toEqual([]));
});

test('the sample had some, on the days after an emergency, and its pages say so', async () => {
  const { site } = siteAt(await sampleSources(), '2020-11-18T11:00');
  const found = site.pages.matrixAt.flatMap(({ params, model }) =>
    model.table.components.flatMap(({ component, cells }) =>
      cells.flatMap(({ ahead, version }) =>
        ahead.length > 0 ? [`${params['moment']} ${component.id} ${version} ${ahead.join()}`] : [],
      ),
    ),
  );
  expect(found).toMatchInlineSnapshot(`
    [
      "20200914T1110Z core 4.14.0 Dev1,QAS1",
    ]
  `);
});
