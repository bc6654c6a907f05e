import { actsForItself } from '../../derive/actors.ts';
import { isFor } from '../../derive/environments.ts';
import type { Catalog } from '../../derive/catalog.ts';
import { isSmokeTest } from '../../derive/deployment.ts';
import type { Entry } from '../../derive/entry.ts';
import type { ReleaseHistory } from '../../derive/history.ts';
import { policyAt } from '../../derive/policy-at.ts';
import { partyName } from '../../derive/names.ts';
import { rolesMarked, widen } from '../../derive/roles.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const raciIsTold = defineRule({
  id: 'raci-is-told',
  obligations: ['C-116', 'C-119', 'C-130', 'C-132'],
  summary: 'Those whom the RACI marks as consulted or informed are, on the line itself or by a contact.',
  *check(catalog) {
    for (const release of catalog.releases) {
      for (const entry of release.entries) {
        const obligation = obligationOf(release, entry, catalog);
        if (obligation) yield* untold(release, entry, obligation, catalog);
      }
    }
  },
});

/** The lines for which the plan asks it. A failed attempt completes nothing, so nobody has to be told of completion. */
function obligationOf(release: ReleaseHistory, entry: Entry, { policy }: Catalog): string | undefined {
  const { line } = entry;
  const isOfManagers = ({ actors }: Entry) => !actors.every(actsForItself);
  if (line.did === 'propose') return 'C-116';
  if (line.did === 'agree')
    return entry === release.entries.find((other) => other.line.did === 'agree' && isOfManagers(other))
      ? 'C-119'
      : undefined;
  if (line.did === 'deploy')
    return line.outcome === 'succeeded' && isFor(policy, 'market', line.to) ? 'C-130' : undefined;
  return line.did === 'test' && line.outcome === 'passed' && isSmokeTest(entry, policy) ? 'C-132' : undefined;
}

function* untold(release: ReleaseHistory, entry: Entry, obligation: string, catalog: Catalog): Generator<RuleFinding> {
  const policy = policyAt(catalog, entry.at);
  const { line, index, actors } = entry;
  // Two managers may agree in two lines; who was asked on one of them was asked.
  const beside = release.entries
    .filter((other) => other.line.did === 'contact' || (line.did === 'agree' && other.line.did === 'agree'))
    .map((other) => ({ ...other.line, isLater: other.at >= entry.at }));
  const asked = widen(
    [line, ...beside].flatMap(({ consulted }) => consulted ?? []),
    policy,
  );
  const told = widen(
    [line, ...beside.filter(({ isLater }) => isLater)].flatMap(({ informed }) => informed ?? []),
    policy,
  );
  if ([...asked, ...told].some((id) => isUnknown(id, catalog))) return;
  const acting = new Set(actors.flatMap(({ roles }) => roles.map(({ role }) => role)));
  const marked = (letters: RegExp) =>
    (Array.isArray(policy.raci.kinds[line.did]) ? [] : rolesMarked(policy, line.did, letters)).filter(
      (role) => !asked.has(role) && !acting.has(role),
    );
  const informed = marked(/I/).filter((role) => !told.has(role) && !policy.raci.informedBySite.includes(role));
  const consulted = marked(/C/).filter((role) => !rolesMarked(policy, line.did, /I/).includes(role));
  const shared = { when: entry.at, release: release.id, obligation };
  const names = (ids: string[]) => ids.map((id) => partyName(catalog, id)).join(' and ');
  if (consulted.length > 0)
    yield {
      ...shared,
      at: at(release.record, 'log', index, line.consulted ? 'consulted' : 'did'),
      message: `${names(consulted)} was not consulted.`,
      hint: `Write consulted: [${[...(line.consulted ?? []), ...consulted].join(', ')}] if it was, or record a "contact" line.`,
    };
  // The plan's cell for participants is blank at the smoke test; that a release is complete is announced to them all
  // the same.
  const audience = line.did === 'test' ? policy.programme.audience.filter((party) => !told.has(party)) : [];
  const missing = [...informed, ...audience];
  if (missing.length > 0)
    yield {
      ...shared,
      at: at(release.record, 'log', index, line.informed ? 'informed' : 'did'),
      message: `${names(missing)} was not informed.`,
      hint: `Write informed: [${[...(line.informed ?? []), ...missing].join(', ')}] once it was, or record a "contact" line.`,
      ...(informed.length === 0 && audience.length > 0 ? { level: 'warning' as const } : {}),
    };
}

function isUnknown(id: string, { policy, offices }: Catalog): boolean {
  return !offices.parties.has(id) && !policy.raci.roles.some((role) => role.id === id);
}
