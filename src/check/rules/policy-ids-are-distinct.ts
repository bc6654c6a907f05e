import type { Path } from '../../diagnostic.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const policyIdsAreDistinct = defineRule({
  id: 'policy-ids-are-distinct',
  obligations: ['C-135'],
  summary:
    'No two entries of the programme have one id, in capitals or not: an id is the name of a folder and stands in every line.',
  about: 'records',
  since: 2,
  *check({ policy }) {
    const { programme, people, raci } = policy;
    const actors = [
      ...listed('people.yaml', ['people'], people.people),
      ...listed('people.yaml', ['parties'], people.parties),
      ...listed('raci.yaml', ['roles'], raci.roles),
    ];
    yield* claimed(actors);
    yield* claimed(listed('raci.yaml', ['processes'], raci.processes));
    yield* claimed(listed('environments.yaml', [], policy.environments));
    const former = policy.components.flatMap(({ formerly }, index) =>
      formerly.map((id, order) => ({ id, file: 'components.yaml', place: [index, 'formerly', order] })),
    );
    yield* claimed([...listed('components.yaml', [], policy.components), ...former]);
    yield* claimed(listed('plan/obligations.yaml', [], policy.obligations));
    const lists = [
      'severities',
      'statuses',
      'marketRoles',
      'fuels',
      'codeLines',
      'businessProcesses',
      'fileFormats',
      'actions',
      'phases',
    ] as const;
    for (const list of lists) yield* claimed(listed('programme.yaml', [list], programme[list]));
    const types = Object.keys(programme.types).map((id) => ({ id, file: 'programme.yaml', place: ['types', id] }));
    yield* claimed(types);
  },
});

type Named = { id: string; file: string; place: Path };

function listed(file: string, path: Path, list: readonly { id: string }[]): Named[] {
  return list.map(({ id }, index) => ({ id, file, place: [...path, index, 'id'] }));
}

/** Windows and macOS take capitals and small letters for one. */
function* claimed(entries: readonly Named[]): Generator<RuleFinding> {
  const seen = new Map<string, Named>();
  for (const entry of entries) {
    const key = entry.id.normalize('NFC').toLowerCase();
    const first = seen.get(key);
    if (!first) {
      seen.set(key, entry);
      continue;
    }
    const isSame = first.id === entry.id;
    yield {
      at: at(entry, ...entry.place),
      message: isSame
        ? `The id "${entry.id}" is taken already.`
        : `The ids "${first.id}" and "${entry.id}" are one name on Windows and macOS.`,
      hint: 'Give one of the two another id, and change the places that name it.',
      related: [{ at: at(first, ...first.place), message: `the first "${first.id}"` }],
    };
  }
}
