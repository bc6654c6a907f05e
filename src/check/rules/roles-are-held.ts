import type { Catalog } from '../../derive/catalog.ts';
import { firstRecordedDay } from '../../model/programme.ts';
import { policyAt } from '../../derive/policy-at.ts';
import { isIn } from '../../derive/actors.ts';
import { accountableFor, mostHolders } from '../../derive/roles.ts';
import { endOfDay, type Instant, toDay, toInstant } from '../../model/time.ts';
import type { Span as DaySpan } from '../../model/span.ts';
import { at, atKey, defineRule, type RuleFinding } from '../rule.ts';
import { compareText } from '../../diagnostic.ts';

const people = { file: 'people.yaml' };

export const rolesAreHeld = defineRule({
  id: 'roles-are-held',
  obligations: ['C-113', 'C-032', 'C-033'],
  summary: 'Throughout a test phase every role of the plan is held, the approving one by exactly one person.',
  *check(catalog) {
    const { policy, asOf } = catalog;
    const { phases, zone } = policy.programme;
    for (const given of phases) {
      const end = endOfDay(given.to, zone);
      // What is to come can still be arranged.
      const phase = {
        id: given.id,
        name: given.name,
        from: toInstant(firstRecordedDay(given), zone),
        until: end < asOf ? end : asOf,
      };
      for (const role of policy.raci.roles) {
        const span = within(phase, role, zone);
        if (span.from < span.until) yield* gaps(role, span, catalog);
      }
    }
  },
});

/** The part of a phase in which a role has a place in the programme. */
function within(phase: Span, { from, until }: DaySpan, zone: string): Span {
  const [first, last] = [from && toInstant(from, zone), until && toInstant(until, zone)];
  return {
    ...phase,
    from: first !== undefined && first > phase.from ? first : phase.from,
    until: last !== undefined && last < phase.until ? last : phase.until,
  };
}

type Span = { id: string; name: string; from: Instant; until: Instant };

type Held = Catalog['offices']['assignments'][number] & { index: number; until: Instant };

function* gaps({ id, name }: { id: string; name: string }, phase: Span, catalog: Catalog): Generator<RuleFinding> {
  const { policy, offices } = catalog;
  const day = (moment: Instant) => toDay(moment, policy.programme.zone);
  const obligationAt = (moment: Instant) => (isApproving(id, moment, catalog) ? 'C-032' : 'C-113');
  const held = offices.assignments
    .map((assignment, index) => ({ ...assignment, index, until: assignment.until ?? '9999' }))
    .filter((assignment) => assignment.role === id && isIn(assignment, phase.id))
    .filter(({ from, until }) => until > phase.from && from < phase.until)
    .sort((a, b) => compareText(a.from, b.from));
  yield* crowds({ id, name }, held, catalog);
  let covered = phase.from;
  for (const { from, until, index } of held) {
    if (from > covered)
      yield {
        at: at(people, 'assignments', index, 'from'),
        obligation: obligationAt(covered),
        message: `Nobody holds the role ${name} from ${day(covered)} to ${day(from)}.`,
        hint: 'Extend the assignment before it, or add one.',
        when: covered,
      };
    if (until > covered) covered = until;
  }
  if (covered >= phase.until) return;
  const since = held.length === 0 ? `in ${phase.name}` : `in ${phase.name} from ${day(covered)} on`;
  const last = held.find((assignment) => assignment.until === covered);
  yield {
    at: last ? at(people, 'assignments', last.index, 'to') : atKey(people, 'assignments'),
    message: `Nobody holds the role ${name} ${since}.`,
    hint: last ? 'Correct this last day, or add the assignment that follows.' : 'Add the assignment.',
    obligation: obligationAt(covered),
    when: covered,
  };
}

function isApproving(role: string, moment: Instant, catalog: Catalog): boolean {
  return accountableFor(policyAt(catalog, moment), 'approve').includes(role);
}

/** The approving role has one holder, and a role that the limits name as many as they allow. */
function* crowds(
  { id, name }: { id: string; name: string },
  held: readonly Held[],
  catalog: Catalog,
): Generator<RuleFinding> {
  for (const { from, index, holder } of held) {
    const allowed = mostHolders(policyAt(catalog, from), id);
    const before = held.filter((other) => other.from <= from && other.until > from && other.index !== index);
    const others = new Set(before.map((other) => other.holder));
    const isFirst = before.every((other) => other.from === from && other.index > index);
    if (others.has(holder) || isFirst || others.size < allowed) continue;
    yield {
      at: at(people, 'assignments', index, 'from'),
      obligation: isApproving(id, from, catalog) ? 'C-032' : 'C-113',
      message:
        allowed === 1
          ? `Two people hold the role ${name} from ${toDay(from, catalog.policy.programme.zone)}.`
          : `${others.size + 1} hold the role ${name} from ${toDay(from, catalog.policy.programme.zone)}, and the limit is ${allowed}.`,
      hint: 'End the assignment before it with "to", or record a delegation instead.',
      when: from,
    };
  }
}
