import { type Entry, isBefore, isEntry } from './entry.ts';
import {
  type Arrival,
  type FoldContext,
  isAbsent,
  type ItemResult,
  sameSet,
  sameVersions,
  type Snapshot,
} from './snapshot.ts';
import { environmentsFor } from './environments.ts';
import { isAgreedByManagers } from './release-state.ts';
import type { Instant } from '../model/time.ts';

/** One line of the log applied to a snapshot; the snapshot before is left as it was. */
export function step(before: Snapshot, entry: Entry, context: FoldContext): Snapshot {
  const applied = apply(before, entry, context);
  const bundle = bundleOf(applied, entry, context, before);
  const isChange = !sameSet(bundle, before.bundle) || !sameVersions(applied.versions, before.versions);
  const asksAgain = entry.line.did === 'request';
  const isApproved =
    entry.line.did === 'approve' ? entry.line.decision === 'approved' : before.approvalValid && !isChange && !asksAgain;
  const changed = isChange ? { contentChange: entry } : {};
  const now: Snapshot = { ...applied, bundle, approvalValid: isApproved, ...changed };
  now.contents = contentsOf(now, before, entry);
  if (isEntry(entry, 'publish') && entry.line.note !== 'provisional') {
    now.note = { entry, bundle, versions: now.versions };
  }
  now.noteCurrent =
    now.note !== undefined && sameSet(now.note.bundle, bundle) && sameVersions(now.note.versions, now.versions);
  now.proved = bundle.filter((item) => isProved(item, now, context, entry.counts));
  return now;
}

function apply(before: Snapshot, entry: Entry, context: FoldContext): Snapshot {
  if (isEntry(entry, 'propose')) return propose(before, entry);
  if (isEntry(entry, 'agree')) return { ...before, agreed: agree(before, entry, context) };
  if (isEntry(entry, 'withdraw')) return withdraw(before, entry);
  if (isEntry(entry, 'review')) return { ...before, review: entry };
  if (isEntry(entry, 'request')) return { ...before, request: entry };
  if (isEntry(entry, 'approve')) return { ...before, approval: entry };
  if (isEntry(entry, 'deliver')) return deliver(before, entry, context);
  if (isEntry(entry, 'deploy')) return deploy(before, entry);
  if (isEntry(entry, 'test')) return test(before, entry);
  return before;
}

function propose(before: Snapshot, { line: { items } }: Entry<'propose'>): Snapshot {
  return {
    ...before,
    candidates: union(before.candidates, items),
    live: union(before.live, items),
    withdrawn: without(before.withdrawn, items),
  };
}

function withdraw(before: Snapshot, entry: Entry<'withdraw'>): Snapshot {
  const { items } = entry.line;
  const isKept = (item: string) => !items.includes(item);
  return {
    ...before,
    live: before.live.filter(isKept),
    agreed: Object.fromEntries(Object.entries(before.agreed).map(([role, agreed]) => [role, agreed.filter(isKept)])),
    withdrawn: { ...before.withdrawn, ...each(items, () => entry) },
  };
}

/** The two managers of the agreeing process commit items; a party's agreement commits none. */
function agree(before: Snapshot, entry: Entry<'agree'>, { managersAt }: FoldContext): Record<string, string[]> {
  const { line, actors } = entry;
  const managers = managersAt(entry);
  const items = line.items ?? before.live;
  const agreed = { ...before.agreed };
  for (const { role } of actors.flatMap(({ roles }) => roles)) {
    if (managers.includes(role)) agreed[role] = union(agreed[role] ?? [], items);
  }
  return agreed;
}

/**
 * Committed are the items all managers agreed to, and stay so when other roles agree to what follows; in an emergency,
 * the candidates of an approving review; and where no managers agree to a release of the type, all candidates.
 */
function bundleOf(now: Snapshot, entry: Entry, { kind, type, managersAt }: FoldContext, before: Snapshot): string[] {
  if (kind === 'emergency') {
    const isApproved =
      entry.line.did === 'review'
        ? entry.line.decision === 'approved' && entry.line.immediate !== false
        : before.bundle.length > 0;
    return isApproved ? now.live : [];
  }
  if (!isAgreedByManagers(type)) return now.live;
  const managers = managersAt(entry);
  const areAgreed = (item: string) => managers.length > 0 && managers.every((role) => now.agreed[role]?.includes(item));
  return now.live.filter((item) => before.bundle.includes(item) || areAgreed(item));
}

function deliver(before: Snapshot, entry: Entry<'deliver'>, { policy }: FoldContext): Snapshot {
  const versions = { ...before.versions };
  const deployed = { ...before.deployed };
  const given = Object.entries(entry.line.versions ?? {});
  for (const [component, version] of given) {
    if (version === 'none') delete versions[component];
    else versions[component] = version;
  }
  for (const id of environmentsFor(policy, 'delivery')) {
    const arrived = given.filter(([, version]) => version !== 'none');
    const arrivals = arrived.map(([component, version]): [string, Arrival] => [component, { version, entry }]);
    deployed[id] = { ...deployed[id], ...Object.fromEntries(arrivals) };
  }
  return { ...before, versions, deployed };
}

function deploy(before: Snapshot, entry: Entry<'deploy'>): Snapshot {
  const { components: named, to, outcome } = entry.line;
  const components = (named ?? Object.keys(before.versions)).filter((component) => before.versions[component]);
  const touched = { ...before.touched, [to]: { ...before.touched[to], ...each(components, () => entry) } };
  if (outcome === 'failed') return { ...before, touched };
  const arrivals = each(components, (component): Arrival => ({ version: before.versions[component] as string, entry }));
  return { ...before, touched, deployed: { ...before.deployed, [to]: { ...before.deployed[to], ...arrivals } } };
}

function test(before: Snapshot, entry: Entry<'test'>): Snapshot {
  const { in: environment, outcome } = entry.line;
  const components = Object.keys(before.deployed[environment] ?? {});
  const items = entry.line.items ?? union(before.bundle, before.contents);
  const touched = { ...before.touched[environment], ...each(components, () => entry) };
  const results = { ...before.results[environment], ...each(items, (): ItemResult => ({ outcome, entry })) };
  return {
    ...before,
    touched: { ...before.touched, [environment]: touched },
    results: { ...before.results, [environment]: results },
  };
}

/**
 * What the delivered versions hold: withdrawn items leave only with a later delivery of versions that leaves them out.
 */
function contentsOf(now: Snapshot, before: Snapshot, { line }: Entry): string[] {
  if (line.did !== 'deliver') return before.contents;
  const items = line.items ?? now.bundle;
  const kept = line.versions ? before.contents.filter((item) => now.withdrawn[item] === undefined) : before.contents;
  return union(kept, items);
}

/**
 * Proved: in each proving environment the last test passed, after the current versions of the item's components
 * arrived.
 */
function isProved(item: string, now: Snapshot, context: FoldContext, moment: Instant): boolean {
  const components = componentsOf(item, now, context);
  return environmentsFor(context.policy, 'proving').every((id) => {
    const result = now.results[id]?.[item];
    if (result?.outcome !== 'passed') return false;
    return components.every((component) => {
      if (isAbsent(context.policy, component, id, moment)) return true;
      const arrival = now.deployed[id]?.[component];
      return (
        arrival !== undefined && arrival.version === now.versions[component] && isBefore(arrival.entry, result.entry)
      );
    });
  });
}

/** The delivered components of an item; all delivered ones when it names none of them. */
function componentsOf(item: string, now: Snapshot, { record, componentsOfRecord }: FoldContext): string[] {
  const named = record.items.find(({ id }) => id === item)?.components ?? componentsOfRecord(item);
  const delivered = Object.keys(now.versions);
  const own = delivered.filter((component) => named.includes(component));
  return own.length > 0 ? own : delivered;
}

function union(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])];
}

function each<Value>(keys: readonly string[], value: (key: string) => Value): Record<string, Value> {
  return Object.fromEntries(keys.map((key) => [key, value(key)]));
}

function without<Value>(record: Record<string, Value>, keys: readonly string[]): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));
}
