import { sha256Of } from '../derive/canonical.ts';
import type { Path } from '../diagnostic.ts';
import type { PolicyFiles } from '../validate/validate.ts';
import { type Base, type Since, wholeFile } from './base.ts';
import { at } from './rule.ts';

/** A list of decisions: where it stands, by what an entry is known, and what may be added to one. */
type Decisions = {
  file: string;
  path: Path;
  name: string;
  list: (policy: PolicyFiles) => readonly object[];
  known: readonly string[];
  later: readonly string[];
};

const kinds: Decisions[] = [
  {
    file: 'schedule.yaml',
    path: ['slots'],
    name: 'decision about a slot',
    list: ({ schedule }) => schedule.slots,
    known: ['date', 'phase'],
    later: [],
  },
  {
    file: 'schedule.yaml',
    path: ['closed'],
    name: 'closed period',
    list: ({ schedule }) => schedule.closed,
    known: ['from'],
    later: [],
  },
  {
    file: 'people.yaml',
    path: ['delegations'],
    name: 'delegation',
    list: ({ people }) => people.delegations,
    known: ['role', 'person', 'from'],
    later: [],
  },
  {
    file: 'people.yaml',
    path: ['assignments'],
    name: 'assignment',
    list: ({ people }) => people.assignments,
    known: ['role', 'person', 'party', 'from'],
    later: ['to'],
  },
  {
    file: 'plan/plan.md',
    path: ['history'],
    name: 'version of the plan',
    list: ({ plan }) => plan.history,
    known: ['version'],
    later: [],
  },
];

/** Decisions that were committed and are changed or gone; an end that was given to one since is no change. */
export function* decisionsSince(
  before: PolicyFiles | undefined,
  now: PolicyFiles | undefined,
  { words }: Base,
): Generator<Since> {
  if (!before || !now) {
    yield {
      at: wholeFile('programme.yaml'),
      message: `Not verifiable: the files that say how the programme works cannot be read ${before ? 'now' : `in ${words}`}.`,
      hint: 'Make them readable first.',
      level: 'warning',
    };
    return;
  }
  for (const { file, path, name, list, known, later } of kinds) {
    const present = list(now);
    const keyOf = (entry: object) => sha256Of(known.map((field) => (entry as Record<string, unknown>)[field] ?? null));
    const without = (entry: object, fields: readonly string[]) =>
      sha256Of(Object.fromEntries(Object.entries(entry).filter(([field]) => !fields.includes(field))));
    for (const entry of list(before)) {
      const added = later.filter((field) => (entry as Record<string, unknown>)[field] === undefined);
      if (present.some((other) => without(other, added) === without(entry, []))) continue;
      const index = present.findIndex((other) => keyOf(other) === keyOf(entry));
      yield {
        at: at({ file }, ...path, ...(index === -1 ? [] : [index])),
        message:
          index === -1
            ? `A ${name} was committed, and is gone: ${wordsOf(entry, known)}. It is in ${words}.`
            : `This ${name} is not the one that was committed. It is in ${words}.`,
        hint: 'Restore it: what is decided otherwise later is a decision of its own.',
      };
    }
  }
}

function wordsOf(entry: object, fields: readonly string[]): string {
  return fields.flatMap((field) => (entry as Record<string, string | undefined>)[field] ?? []).join(', ');
}
