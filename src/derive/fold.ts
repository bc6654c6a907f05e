import type { Entry } from './history.ts';
import {
  type Arrival,
  type FoldContext,
  isAbsent,
  type ItemResult,
  sameSet,
  sameVersions,
  type Snapshot,
  type Touch,
} from './snapshot.ts';

/** One line of the log applied to a snapshot; the snapshot before is left as it was. */
export function step(before: Snapshot, entry: Entry, order: number, context: FoldContext): Snapshot {
  const applied = apply(before, entry, order, context);
  const bundle = bundleOf(applied, entry, context, before);
  const isChange = !sameSet(bundle, before.bundle) || !sameVersions(applied.versions, before.versions);
  const asksAgain = entry.line.did === 'request';
  const isApproved =
    entry.line.did === 'approve' ? entry.line.decision === 'approved' : before.approvalValid && !isChange && !asksAgain;
  const now: Snapshot = {
    ...applied,
    bundle,
    approvalValid: isApproved,
    ...(isChange ? { contentChange: order } : {}),
  };
  now.contents = contentsOf(now, before, entry);
  if (entry.line.did === 'publish' && entry.line.note !== 'provisional') {
    now.note = { order, stage: entry.line.note, bundle, versions: now.versions };
  }
  now.noteCurrent =
    now.note !== undefined && sameSet(now.note.bundle, bundle) && sameVersions(now.note.versions, now.versions);
  now.proved = bundle.filter((item) => isProved(item, now, context));
  return now;
}

function apply(before: Snapshot, entry: Entry, order: number, context: FoldContext): Snapshot {
  const { line } = entry;
  switch (line.did) {
    case 'propose':
      return {
        ...before,
        candidates: union(before.candidates, line.items),
        live: union(before.live, line.items),
        withdrawn: without(before.withdrawn, line.items),
      };
    case 'agree':
      return { ...before, agreed: agree(before, entry as Entry<'agree'>, context) };
    case 'withdraw':
      return {
        ...before,
        live: before.live.filter((item) => !line.items.includes(item)),
        agreed: Object.fromEntries(
          Object.entries(before.agreed).map(([role, items]) => [
            role,
            items.filter((item) => !line.items.includes(item)),
          ]),
        ),
        withdrawn: { ...before.withdrawn, ...Object.fromEntries(line.items.map((item) => [item, order])) },
      };
    case 'review':
      return { ...before, review: order };
    case 'request':
      return { ...before, request: order };
    case 'approve':
      return { ...before, approval: order };
    case 'deliver':
      return deliver(before, entry as Entry<'deliver'>, order, context);
    case 'deploy':
      return deploy(before, entry as Entry<'deploy'>, order);
    case 'test':
      return test(before, entry as Entry<'test'>, order);
    default:
      return before;
  }
}

/** The two managers of the agreeing process commit items; a party's agreement commits none. */
function agree(
  before: Snapshot,
  { line, actors }: Entry<'agree'>,
  { managers }: FoldContext,
): Record<string, string[]> {
  const items = line.items ?? before.live;
  const agreed = { ...before.agreed };
  for (const { role } of actors.flatMap(({ roles }) => roles)) {
    if (managers.includes(role)) agreed[role] = union(agreed[role] ?? [], items);
  }
  return agreed;
}

/** Committed are the items all managers agreed to; in an emergency, the candidates of an approving review. */
function bundleOf(now: Snapshot, entry: Entry, { kind, managers }: FoldContext, before: Snapshot): string[] {
  if (kind === 'emergency') {
    const isApproved =
      entry.line.did === 'review'
        ? entry.line.decision === 'approved' && entry.line.immediate !== false
        : before.bundle.length > 0;
    return isApproved ? now.live : [];
  }
  return now.live.filter((item) => managers.length > 0 && managers.every((role) => now.agreed[role]?.includes(item)));
}

function deliver(before: Snapshot, { line }: Entry<'deliver'>, order: number, { policy }: FoldContext): Snapshot {
  const versions = { ...before.versions };
  const deployed = { ...before.deployed };
  const given = Object.entries(line.versions ?? {});
  for (const [component, version] of given) {
    if (version === 'none') delete versions[component];
    else versions[component] = version;
  }
  for (const { id } of policy.environments.filter(({ use }) => use === 'delivery')) {
    const arrivals = given
      .filter(([, version]) => version !== 'none')
      .map(([component, version]) => [component, { version, order }]);
    deployed[id] = { ...deployed[id], ...(Object.fromEntries(arrivals) as Record<string, Arrival>) };
  }
  return { ...before, versions, deployed };
}

function deploy(before: Snapshot, { line }: Entry<'deploy'>, order: number): Snapshot {
  const components = (line.components ?? Object.keys(before.versions)).filter(
    (component) => before.versions[component] !== undefined,
  );
  const touch: Touch = { did: 'deploy', outcome: line.outcome, order };
  const touched = { ...before.touched, [line.to]: { ...before.touched[line.to], ...each(components, () => touch) } };
  if (line.outcome === 'failed') return { ...before, touched };
  const arrivals = each(components, (component): Arrival => ({ version: before.versions[component] as string, order }));
  return {
    ...before,
    touched,
    deployed: { ...before.deployed, [line.to]: { ...before.deployed[line.to], ...arrivals } },
  };
}

function test(before: Snapshot, { line }: Entry<'test'>, order: number): Snapshot {
  const components = Object.keys(before.deployed[line.in] ?? {});
  const items = line.items ?? union(before.bundle, before.contents);
  const touch: Touch = { did: 'test', outcome: line.outcome, order };
  const results = each(items, (): ItemResult => ({ outcome: line.outcome, order }));
  return {
    ...before,
    touched: { ...before.touched, [line.in]: { ...before.touched[line.in], ...each(components, () => touch) } },
    results: { ...before.results, [line.in]: { ...before.results[line.in], ...results } },
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
function isProved(item: string, now: Snapshot, context: FoldContext): boolean {
  const proving = context.policy.environments.filter(({ use }) => use === 'proving');
  const components = componentsOf(item, now, context);
  return proving.every(({ id }) => {
    const result = now.results[id]?.[item];
    if (result?.outcome !== 'passed') return false;
    return components.every((component) => {
      if (isAbsent(context.policy, component, id)) return true;
      const arrival = now.deployed[id]?.[component];
      return arrival !== undefined && arrival.version === now.versions[component] && arrival.order < result.order;
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

function without(record: Record<string, number>, keys: readonly string[]): Record<string, number> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));
}
