import { expect, test } from 'vitest';
import type { RetestOutcome } from '../src/derive/retests.ts';
import { sampleSources, siteAt } from './support/site.ts';
import { textOf } from './support/tree.ts';

/** What came of the fix of D-0012, which came to participants on 15 October at 08:10 and was closed on the 20th. */
async function outcomeAt(
  moment: string,
  { status = 'closed', history = '', isAsked = true, isFollowed = true } = {},
): Promise<{ outcome?: RetestOutcome | undefined; day?: string | undefined }> {
  const sources = await sampleSources();
  const edited = sources.files.map((file) => {
    const text = textOf(file);
    const change = (to: string) => ({ ...file, bytes: Buffer.from(to) });
    if (file.path === 'defects/D-0012.md' && history !== '')
      return change(
        text
          .replace(/^ {2}status: .*$/m, `  status: ${status}`)
          .replace(/^summary:/m, `HISTORY\nsummary:`)
          .replace(/( {2}history:\n)[\s\S]*HISTORY/, `$1${history}`),
      );
    if (file.path === 'releases/R05.mdx' && !isAsked)
      return change(
        text.replace(
          / {4}action: retest\n {4}fileFormat: none\n {4}retest: Object on.*/,
          '    action: none\n    fileFormat: none',
        ),
      );
    if (file.path === 'programme.yaml' && !isFollowed) return change(text.replace(', retested: true', ''));
    return file;
  });
  const { facts } = siteAt({ ...sources, files: edited }, moment);
  const { outcome, day } = facts.retests.find(({ item }) => item.id === 'D-0012') ?? {};
  return { outcome, day };
}

const line = (at: string, from: string, to: string) => `    - {at: ${at}, field: status, from: ${from}, to: ${to}}\n`;
const fixed = line('2020-10-15T12:00', 'ready', 'fixed');

test.each([
  ['before it came, there is nothing to retest', '2020-10-15T08:00', {}, undefined, undefined],
  ['once it came it waits, whatever the tracker still says', '2020-10-15T09:00', {}, 'waiting', undefined],
  ['a status of those that say so confirms it', '2020-11-18T11:00', {}, 'confirmed', '2020-10-20'],
  ['fixed is not yet retested', '2020-11-18T11:00', { status: 'fixed', history: fixed }, 'waiting', undefined],
  [
    'opened again after it was settled, it came back',
    '2020-11-18T11:00',
    { status: 'reopened', history: fixed + line('2020-10-19', 'fixed', 'reopened') },
    'reopened',
    '2020-10-19',
  ],
  [
    'on the very day on which it came, known to the day only',
    '2020-11-18T11:00',
    { status: 'reopened', history: line('2020-10-15', 'fixed', 'reopened') },
    'reopened',
    '2020-10-15',
  ],
  [
    'opened again before its fix came, it waits',
    '2020-11-18T11:00',
    { status: 'ready', history: line('2020-10-12', 'rejected', 'ready') },
    'waiting',
    undefined,
  ],
  [
    'settled in another way',
    '2020-11-18T11:00',
    { status: 'rejected', history: line('2020-10-19', 'ready', 'rejected') },
    'settled',
    '2020-10-19',
  ],
  ['where no status tells of retests', '2020-11-18T11:00', { isFollowed: false }, 'settled', '2020-10-20'],
  ['nothing is asked', '2020-11-18T11:00', { status: 'fixed', history: fixed, isAsked: false }, 'not-asked', undefined],
])('a retest: %s', async (_, moment, options, outcome, day) => {
  expect(await outcomeAt(moment, options)).toEqual({ outcome, day });
});
