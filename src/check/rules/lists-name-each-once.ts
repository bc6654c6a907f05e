import { copiesIn } from '../../derive/copies.ts';
import type { Path } from '../../diagnostic.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const listsNameEachOnce = defineRule({
  id: 'lists-name-each-once',
  obligations: ['C-135'],
  summary: 'Every list names each of its entries once.',
  about: 'records',
  since: 2,
  *check({ policy, releases, defects, changes, profiles }) {
    const { programme, environments, components, people, raci, schedule } = policy;
    yield* copies({ file: 'programme.yaml' }, programme, []);
    yield* copies({ file: 'environments.yaml' }, environments, []);
    yield* copies({ file: 'components.yaml' }, components, []);
    yield* copies({ file: 'people.yaml' }, people, []);
    yield* copies({ file: 'raci.yaml' }, raci, []);
    yield* copies({ file: 'schedule.yaml' }, schedule, []);
    for (const { record } of releases)
      yield* copies(record, { ...record, body: undefined, rawLog: undefined }, [], record.id);
    // What a tracker says stays as it is.
    for (const defect of defects) yield* copies(defect, { ...defect, tracker: undefined }, []);
    for (const change of changes) yield* copies(change, change, []);
    for (const profile of profiles) yield* copies(profile, profile, []);
  },
});

/** Steps may come again; lines of a log, and what has an id, have rules of their own. */
const mayRepeat = new Set(['steps', 'log']);

function* copies(record: { file: string }, value: unknown, path: Path, release?: string): Generator<RuleFinding> {
  if (value === null || typeof value !== 'object') return;
  if (Array.isArray(value) && !mayRepeat.has(String(path.at(-1))) && !value.some(hasId)) {
    for (const [index, first] of copiesIn(value)) yield copy(record, value, [...path, index], first, release);
  }
  for (const [key, entry] of Object.entries(value))
    yield* copies(record, entry, [...path, Array.isArray(value) ? Number(key) : key], release);
}

function copy(
  record: { file: string },
  list: readonly unknown[],
  path: Path,
  first: number,
  release: string | undefined,
): RuleFinding {
  const entry: unknown = list[first];
  const name = path.at(-2);
  const where = name === undefined ? 'here' : typeof name === 'number' ? 'in this list' : `under "${name}"`;
  return {
    at: at(record, ...path),
    message: `${typeof entry === 'string' ? `"${entry}"` : 'This entry'} stands ${where} twice.`,
    hint: 'Keep one of the two.',
    related: [{ at: at(record, ...path.slice(0, -1), first), message: 'the first of the two' }],
    ...(release === undefined ? {} : { release }),
  };
}

function hasId(entry: unknown): boolean {
  return typeof entry === 'object' && entry !== null && 'id' in entry;
}
