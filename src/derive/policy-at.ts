import { compareText, type Path } from '../diagnostic.ts';
import { isAlways, isWithin } from '../model/span.ts';
import type { From, VersionedName } from '../model/versioned.ts';
import { type SlotDays, slotDaysOf } from '../model/schedule.ts';
import { type Instant, isDate, toDay, toInstant } from '../model/time.ts';
import type { Policy, PolicyFiles, Records } from '../validate/validate.ts';
import { orderOf } from './plan-version.ts';

/**
 * The policy of a programme by one version of its plan, and from which moment it was in force; a version that never was
 * has no moment.
 */
export type PolicyPeriod = { version: string | undefined; from: Instant | undefined; policy: Policy };

/**
 * The policy by every version of the plan, in the order of its history, and before them what holds until the first is
 * in force; again from each day on which a role comes or goes. With `plan` all is judged by that version: from its
 * first day on when that has come at `asOf`, else as though it had been in force from the beginning.
 */
export function periodsOf(files: PolicyFiles, judged?: { plan: string; asOf: Instant }): PolicyPeriod[] {
  const policyFor = policyMaker(files);
  const turns = turnsOfRoles(files);
  return versionsOf(files, judged).flatMap(({ version, from }): PolicyPeriod[] =>
    from === undefined
      ? [{ version, from, policy: policyFor(version) }]
      : [from, ...turns.filter((turn) => turn > from)].map((moment) => ({
          version,
          from: moment,
          policy: policyFor(version, moment),
        })),
  );
}

type VersionFrom = { version: string | undefined; from: Instant | undefined };

function versionsOf({ plan, programme }: PolicyFiles, judged?: { plan: string; asOf: Instant }): VersionFrom[] {
  const versions: VersionFrom[] = [
    { version: undefined, from: '' },
    ...plan.history.map(({ version, inForceFrom }) => ({
      version,
      from: inForceFrom === undefined ? undefined : toInstant(inForceFrom, programme.zone),
    })),
  ];
  const chosen = judged && versions.find(({ version }) => version === judged.plan);
  if (!judged || !chosen) return versions;
  const first = chosen.from !== undefined && chosen.from <= judged.asOf ? chosen.from : '';
  const others = versions
    .filter((entry) => entry !== chosen)
    .map(({ version, from }) => ({ version, from: from !== undefined && from < first ? from : undefined }));
  return [...others, { ...chosen, from: first }];
}

/** What was in force at a moment: each version from its moment until the next one of the history. */
export function periodAt(periods: readonly PolicyPeriod[], moment: Instant): PolicyPeriod {
  return periods.findLast(({ from }) => from !== undefined && from <= moment) as PolicyPeriod;
}

/** The policy that was in force at a moment. */
export function policyAt({ periods }: { periods: readonly PolicyPeriod[] }, moment: Instant): Policy {
  return periodAt(periods, moment).policy;
}

/** One policy for each way in which some fields were ever written, whether or not its version came into force. */
export function policiesBy({ periods }: { periods: readonly PolicyPeriod[] }, ...fields: VersionedName[]): Policy[] {
  const keyOf = ({ places }: Policy) => JSON.stringify(fields.map((field) => places[field]));
  return [...new Map(periods.map(({ policy }) => [keyOf(policy), policy])).values()];
}

/** Records with the policy of a moment in place of the files that it is read from. */
export type RecordsAt = Omit<Records, 'policy'> & { policy: Policy };

/** The records with the policy that is in force at a moment; nothing while one of its files cannot be read. */
export function recordsAt(records: Records, moment: Instant): RecordsAt | undefined {
  const { policy } = records;
  return policy && { ...records, policy: periodAt(periodsOf(policy), moment).policy };
}

/** Makes the policy of a version at a moment; where nothing differs it is the same one, made once. */
function policyMaker(files: PolicyFiles): (version: string | undefined, moment?: Instant) => Policy {
  const made = new Map<string, Policy>();
  return (version, moment) => {
    const idle = moment === undefined ? [] : rolesNotInUse(files, moment);
    const policy = { ...resolved(files, version), idle };
    const key = JSON.stringify([policy.places, idle]);
    const known = made.get(key) ?? policy;
    made.set(key, known);
    return known;
  };
}

function turnsOfRoles({ raci, programme }: PolicyFiles): Instant[] {
  const days = raci.roles.flatMap(({ from, until }) => [from, until].filter((day) => day !== undefined));
  return [...new Set(days)].sort(compareText).map((day) => toInstant(day, programme.zone));
}

/** The roles that have no place in the programme at a moment; at the very beginning, those that begin later. */
function rolesNotInUse({ raci, programme }: PolicyFiles, moment: Instant): string[] {
  const day = moment === '' ? '' : toDay(moment, programme.zone);
  return raci.roles
    .filter((role) => !isAlways(role) && !(day === '' ? !role.from : isWithin(role, day)))
    .map(({ id }) => id);
}

function resolved(files: PolicyFiles, version: string | undefined): Omit<Policy, 'idle'> {
  const places: Partial<Record<VersionedName, Path>> = {};
  const versions: Policy['versions'] = [];
  const read = (file: 'programme' | 'schedule' | 'raci', names: readonly VersionedName[]) => ({
    ...files[file],
    ...Object.fromEntries(names.map((name) => [name, valueOf(file, name)])),
  });
  const valueOf = (file: 'programme' | 'schedule' | 'raci', name: VersionedName): unknown => {
    const given = (files[file] as Record<string, unknown>)[name];
    places[name] = [name];
    if (!isByVersion(given)) return given;
    for (const [index, entry] of given.entries())
      versions.push({ file: `${file}.yaml`, path: [name, index, 'from'], version: entry.from });
    const chosen = chooseEntry(files, given, version);
    const { from: _, ...value } = given[chosen] as From<Record<string, unknown>>;
    places[name] = isRecord(name) ? [name, chosen] : [name, chosen, name];
    return isRecord(name) ? value : value[name];
  };
  // The types of the files and of the policy differ in these fields only.
  return {
    ...files,
    programme: read('programme', ['severities', 'types', 'limits', 'waiversBy']),
    schedule: { ...read('schedule', ['deadlines', 'pattern']), ...slotsBy(files, version, places, versions) },
    raci: read('raci', ['processes', 'kinds', 'informedBySite']),
    places,
    versions,
  } as unknown as Omit<Policy, 'idle'>;
}

/** The days of the slots by a version of the plan: of each phase that has its own, and of the others. */
function slotsBy(
  files: PolicyFiles,
  version: string | undefined,
  places: Partial<Record<VersionedName, Path>>,
  versions: Policy['versions'],
): Pick<Policy['schedule'], 'slot' | 'slotsOfPhases'> {
  const given = files.schedule.slot;
  places.slot = ['slot'];
  if (given === undefined) return { slot: undefined, slotsOfPhases: {} };
  if (!Array.isArray(given)) return { slot: slotDaysOf(given, 0), slotsOfPhases: {} };
  // A day in the place of a version is the one from which weeks are counted: such an entry holds since the beginning.
  const entries = given.map(({ phase, from = '' }, index) => ({ phase, index, from: isDate(from) ? '' : from }));
  for (const { index, from } of entries)
    if (from) versions.push({ file: 'schedule.yaml', path: ['slot', index, 'from'], version: from });
  const chosenFor = (phase: string | undefined): SlotDays | undefined => {
    const own = entries.filter((entry) => entry.phase === phase);
    const index = own[chooseEntry(files, own, version)]?.index ?? -1;
    return given[index] && slotDaysOf(given[index], index);
  };
  const phases = [...new Set(entries.flatMap(({ phase }) => phase ?? []))];
  const slot = chosenFor(undefined);
  const slotsOfPhases = Object.fromEntries(phases.map((phase) => [phase, chosenFor(phase) as SlotDays]));
  places.slot = ['slot', ...[slot, ...Object.values(slotsOfPhases)].flatMap((days) => days?.entry ?? [])];
  return { slot, slotsOfPhases };
}

/** A record has `from` among its own fields, a list or table in an entry around it. */
function isRecord(name: VersionedName): boolean {
  return name === 'limits' || name === 'deadlines';
}

/** The number of the entry that holds by a version: the last that has begun by it, else the first. */
function chooseEntry({ plan }: PolicyFiles, given: readonly { from: string }[], version: string | undefined): number {
  const now = version === undefined ? -1 : orderOf(plan, version);
  const begun = given
    .map(({ from }, index) => ({ index, order: orderOf(plan, from) }))
    .filter(({ order }) => order !== -1 && order <= now);
  return begun.reduce((last, entry) => (entry.order >= last.order ? entry : last), { index: 0, order: -1 }).index;
}

function isByVersion(given: unknown): given is { from: string }[] {
  return Array.isArray(given) && given.some((entry) => typeof entry === 'object' && entry !== null && 'from' in entry);
}
