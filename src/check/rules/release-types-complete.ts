import { environmentsFor } from '../../derive/environments.ts';
import { type ReleaseKind, releaseKinds } from '../../model/programme.ts';
import { isSameStep, type Step, writtenStep } from '../../model/step.ts';
import type { Policy } from '../../validate/validate.ts';
import { policiesBy } from '../../derive/policy-at.ts';
import { at, atKey, defineRule, type RuleFinding } from '../rule.ts';

const programme = { file: 'programme.yaml' };

export const releaseTypesComplete = defineRule({
  id: 'release-types-complete',
  obligations: ['C-010', 'C-026', 'C-054'],
  summary:
    'There is a type for each kind of release, and its steps lead to a tested deployment in the market-facing environment.',
  about: 'records',
  *check(catalog) {
    for (const policy of policiesBy(catalog, 'types')) yield* incomplete(policy);
  },
});

/** The types by one version of the plan. */
function* incomplete(policy: Policy): Generator<RuleFinding> {
  const place = policy.places.types;
  const types = Object.entries(policy.programme.types);
  const kinds = types.map(([type, { kind }]) => kind ?? releaseKinds.find((known) => known === type));
  for (const [index, [type, { steps }]] of types.entries()) {
    if (!kinds[index])
      yield {
        at: atKey(programme, ...place, type),
        message: `Nothing says which kind of release "${type}" is.`,
        hint: `Add "kind", one of ${releaseKinds.join(', ')}.`,
        obligation: 'C-054',
      };
    const proving = environmentsFor(policy, 'proving');
    const isProved = steps.flat().some(({ did, target = '' }) => did === 'test' && proving.includes(target));
    if (proving.length > 0 && !isProved)
      yield {
        at: at(programme, ...place, type, 'steps'),
        message: `The steps of "${type}" test it nowhere before participants do.`,
        hint: `Add ${proving.map((target) => `"${writtenStep({ did: 'test', target })}"`).join(' or ')}.`,
        since: 2,
      };
    const missing = environmentsFor(policy, 'market')
      .flatMap((target): Step[] => [
        { did: 'deploy', target },
        { did: 'test', target },
      ])
      .filter((wanted) => !steps.flat().some((step) => isSameStep(step, wanted)));
    if (missing.length > 0)
      yield {
        at: at(programme, ...place, type, 'steps'),
        message: `The steps of "${type}" never come to ${missing.map((step) => `"${writtenStep(step)}"`).join(' and ')}.`,
        hint: 'Add the steps at the end.',
      };
  }
  // A type that does not say its kind may be any of them, and one finding is enough.
  if (kinds.includes(undefined)) return;
  for (const kind of releaseKinds.filter((known) => !kinds.includes(known))) {
    yield {
      at: atKey(programme, ...place),
      message: `No type of release is of the kind "${kind}".`,
      hint: 'Add one, with its steps.',
      obligation: obligationOf(kind),
    };
  }
}

function obligationOf(kind: ReleaseKind): string {
  return kind === 'emergency' ? 'C-026' : 'C-010';
}
