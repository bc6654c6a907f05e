import type { Path } from '../../diagnostic.ts';
import { withoutConfidential } from '../../derive/confidential.ts';
import type { Catalog } from '../../derive/catalog.ts';
import { at, defineRule } from '../rule.ts';

/** Bodies are published word for word: the fields that are withheld keep nothing private that stands in a text. */
export const namesStayPrivate = defineRule({
  id: 'names-stay-private',
  obligations: ['C-004'],
  summary: 'The name of a person that is classed confidential stands in no text that is published.',
  about: 'records',
  since: 2,
  *check(catalog) {
    const { confidential, permission } = catalog.policy.programme.classification;
    const names = catalog.policy.people.people.flatMap(({ name }) => name ?? []);
    if (permission || names.length === 0 || !confidential.includes('people.people.name')) return;
    const whole = names.map((name) => RegExp.escape(name).replaceAll('\\x20', '\\s+'));
    const named = new RegExp(`(?<![\\p{L}\\p{N}])(?:${whole.join('|')})(?![\\p{L}\\p{N}])`, 'iu');
    for (const { record, path, text, release } of textsOf(withoutConfidential(catalog))) {
      const found = named.exec(text)?.[0];
      if (found === undefined) continue;
      yield {
        at: at(record, ...path),
        message: `The name of a person stands in this text, and names are classed confidential.`,
        hint: 'Write the initials or the role, or record the permission to publish names.',
        ...(release === undefined ? {} : { release }),
      };
    }
  },
});

type Text = { record: { file: string }; path: Path; text: string; release?: string };

/** Every text of the records that readers get; the body of a record stands for its whole. */
function* textsOf({ releases, defects, changes }: Catalog): Generator<Text> {
  for (const { record, id: release } of releases) {
    const { body, file: _, ...fields } = record;
    for (const found of within(fields, [])) yield { record, ...found, release };
    yield { record, path: ['id'], text: JSON.stringify(body.tree), release };
  }
  for (const record of [...defects, ...changes]) {
    const { file: _, text, ...fields } = record;
    for (const found of within(fields, [])) yield { record, ...found };
    yield { record, path: ['id'], text };
  }
}

function* within(value: unknown, path: Path): Generator<{ path: Path; text: string }> {
  if (typeof value === 'string') yield { path, text: value };
  else if (typeof value === 'object' && value !== null)
    for (const [key, entry] of Object.entries(value))
      yield* within(entry, [...path, Array.isArray(value) ? Number(key) : key]);
}
