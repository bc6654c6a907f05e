import { type Instant, toInstant } from '../model/time.ts';
import type { Policy, PolicyFiles, Records } from '../validate/validate.ts';
import { type Offices, readOffices } from './actors.ts';
import { type CarryForward, carryForwardOf } from './carry-forward.ts';
import { foldRelease, readLines, type ReleaseHistory } from './history.ts';
import { periodAt, type PolicyPeriod, periodsOf } from './policy-at.ts';
import { withPresentNames } from './renamed.ts';
import { type Slot, slotsOf } from './slots.ts';
import { type CellEvent, timelineOf } from './timeline.ts';

/** Everything that follows from the records at a moment: the one thing that rules and pages are made from. */
export type Catalog = {
  asOf: Instant;
  /** True when the moment was chosen, so that later lines are hidden rather than wrong. */
  isChosen: boolean;
  /** The policy that is in force at the moment of looking. */
  policy: Policy;
  /** The policy by every version of the plan; what judges another moment asks `policyAt`. */
  periods: PolicyPeriod[];
  offices: Offices;
  releases: ReleaseHistory[];
  defects: Records['defects'];
  changes: Records['changes'];
  waivers: Records['waivers'];
  published: Records['published'];
  adopted: Records['adopted'];
  profiles: Records['profiles'];
  unread: string[];
  /** Where they stand, in the same order. */
  unreadFiles: string[];
  events: CellEvent[];
  slots: Slot[];
  carryForward: CarryForward[];
};

/**
 * Records to catalog. Lines later than `asOf` are left out of every fold. `plan` judges by one version of the plan:
 * from its first day on if that has come, else as though it had always been in force.
 */
export function derive(
  written: Records & { policy: PolicyFiles },
  { instant: asOf, isChosen }: { instant: Instant; isChosen: boolean },
  plan?: string,
): Catalog {
  const records = withPresentNames(written);
  const { published } = records;
  const files = isChosen ? withoutLaterDecisions(records.policy, asOf) : records.policy;
  const periods = periodsOf(files, plan === undefined ? undefined : { plan, asOf });
  const { policy } = periodAt(periods, asOf);
  const offices = readOffices(policy.people, policy.programme.zone);
  const componentsOfRecord = componentFinder(records);
  const lines = records.releases.map((record) => readLines(record, policy.programme.zone, offices, asOf));
  const events = timelineOf(lines, policy).filter(({ at }) => at <= asOf);
  const releases = lines.map((read) => foldRelease(read, periods, asOf, events, componentsOfRecord));
  return {
    asOf,
    isChosen,
    policy,
    periods,
    offices,
    releases,
    defects: records.defects,
    changes: records.changes,
    waivers: records.waivers,
    published,
    adopted: records.adopted,
    profiles: records.profiles,
    unread: records.unread,
    unreadFiles: records.unreadFiles,
    events,
    slots: slotsOf(releases, periods, asOf),
    carryForward: carryForwardOf(
      releases,
      published.filter(({ publishedAt }) => publishedAt <= asOf),
      policy,
    ),
  };
}

/** A chosen moment hides what was decided later about slots, too. */
function withoutLaterDecisions(policy: PolicyFiles, asOf: Instant): PolicyFiles {
  const { schedule, programme } = policy;
  return {
    ...policy,
    schedule: {
      ...schedule,
      slots: schedule.slots.filter(({ at }) => toInstant(at, programme.zone) <= asOf),
      closed: schedule.closed.filter(({ at }) => toInstant(at, programme.zone) <= asOf),
    },
  };
}

function componentFinder({ defects, changes }: Records): (item: string) => readonly string[] {
  const found = new Map<string, readonly string[]>();
  for (const { id, tracker } of defects) if (tracker.component !== undefined) found.set(id, [tracker.component]);
  for (const { id, components } of changes) found.set(id, components);
  return (item) => found.get(item) ?? [];
}
