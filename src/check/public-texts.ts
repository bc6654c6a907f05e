import type { Path } from '../diagnostic.ts';
import { withoutConfidential } from '../derive/confidential.ts';
import type { Catalog } from '../derive/catalog.ts';

/** A text that readers get, where it stands, and the release it is of. */
export type PublicText = { record: { file: string }; path: Path; text: string; release?: string };

/**
 * Every text of the records that readers get, word for word; the body of a record stands for its whole. Ids, times and
 * other short words of a closed form are among them, and do no harm.
 */
export function* publicTexts(whole: Catalog): Generator<PublicText> {
  const { releases, defects, changes, waivers, policy } = withoutConfidential(whole);
  for (const { record, id: release } of releases) {
    const { body, file: _, rawLog: __, ...fields } = record;
    for (const found of within(fields, [])) yield { record, ...found, release };
    for (const text of textsOf(body.tree)) yield { record, path: ['id'], text, release };
  }
  for (const record of [...defects, ...changes, ...waivers]) {
    const { file: _, text, ...fields } = record;
    for (const found of within(fields, [])) yield { record, ...found };
    yield { record, path: ['id'], text };
  }
  const schedule = { file: 'schedule.yaml' };
  for (const name of ['slots', 'closed', 'outages'] as const)
    for (const found of within(policy.schedule[name], [name])) yield { record: schedule, ...found };
  const { text: plan, history } = policy.plan;
  for (const found of within(history, ['history'])) yield { record: { file: 'plan/plan.md' }, ...found };
  yield { record: { file: 'plan/plan.md' }, path: ['history'], text: plan };
  if (policy.about) yield { record: { file: 'plan/about.md' }, path: ['title'], text: policy.about.text };
}

/** The words of a tree, and what it links to; a link that writes a mail is one on purpose. */
function* textsOf(node: unknown): Generator<string> {
  for (const { path, text } of within(node, []))
    if (['value', 'url', 'alt', 'title'].includes(String(path.at(-1))) && !text.startsWith('mailto:')) yield text;
}

function* within(value: unknown, path: Path): Generator<{ path: Path; text: string }> {
  if (typeof value === 'string') yield { path, text: value };
  else if (typeof value === 'object' && value !== null)
    for (const [key, entry] of Object.entries(value))
      yield* within(entry, [...path, Array.isArray(value) ? Number(key) : key]);
}

/** Finds any of some words as a whole, in capitals or not, however its spaces are broken. */
export function anyOf(words: readonly string[]): RegExp {
  const whole = words.map((word) => RegExp.escape(word).replaceAll('\\x20', '\\s+'));
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${whole.join('|')})(?![\\p{L}\\p{N}])`, 'iu');
}
