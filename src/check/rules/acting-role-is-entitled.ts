import { isFor } from '../../derive/environments.ts';
import type { Catalog } from '../../derive/catalog.ts';
import { isSmokeTest } from '../../derive/deployment.ts';
import type { Entry } from '../../derive/entry.ts';
import { entriesOf, type ReleaseHistory, snapshotAtEntry } from '../../derive/history.ts';
import { policyAt } from '../../derive/policy-at.ts';
import { isAgreedByManagers } from '../../derive/release-state.ts';
import { quorumFor, rolesFor } from '../../derive/roles.ts';
import { actsAs, type Offices } from '../../derive/actors.ts';
import { toDay } from '../../model/time.ts';
import type { Policy } from '../../validate/validate.ts';
import { nameIn } from '../../model/labelled.ts';
import { delegationThatMisses } from '../delegation-that-misses.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const actingRoleIsEntitled = defineRule({
  id: 'acting-role-is-entitled',
  obligations: ['C-134', 'C-114', 'C-118', 'C-131', 'C-040'],
  summary: 'Every line of the log is written by a role that the RACI makes responsible or accountable for it.',
  *check(catalog) {
    for (const release of catalog.releases) {
      for (const entry of release.entries) {
        yield* unentitled(release, entry, catalog);
        yield* tooFew(release, entry, catalog);
      }
      yield* halfAgreed(release, catalog);
    }
  },
});

/** Reviews and approvals have rules of their own, with errors of their own; a party may agree to any release. */
function* unentitled(release: ReleaseHistory, entry: Entry, catalog: Catalog): Generator<RuleFinding> {
  const { offices } = catalog;
  const policy = policyAt(catalog, entry.at);
  const { line, actors, index } = entry;
  const roles = rolesFor(policy, line.did);
  if (
    line.did === 'review' ||
    line.did === 'approve' ||
    roles.length === 0 ||
    actors.some(({ kind }) => kind === 'unknown' || (line.did === 'agree' && kind === 'party'))
  )
    return;
  const others = actors.filter((actor) => !actsAs(actor, roles) && !roles.includes(actor.id));
  if (others.length === 0) return;
  const name = (role: string) => nameIn(policy.raci.roles, role);
  const acting = others.flatMap((actor) => actor.roles.map(({ role }) => name(role)));
  yield {
    at: at(release.record, 'log', index, 'by'),
    message: `"${others.map(({ id }) => id).join(', ')}"${acting.length > 0 ? `, ${acting.join(' and ')},` : ''} wrote a "${line.did}" line, which belongs to ${roles.map(name).join(' or ')}.`,
    hint: `Name who acted, or record the assignment or delegation in people.yaml.${formerly(entry, roles, policy, offices)}`,
    ...delegationThatMisses(entry, roles, catalog),
    obligation: obligationOf(entry, policy),
    ...(others.length === actors.length ? {} : { since: 2 }),
    when: entry.at,
    release: release.id,
  };
}

/** A kind of line that several have to give together; approvals are counted where they open the deployment. */
function* tooFew(
  release: ReleaseHistory,
  { line, actors, index, at: when }: Entry,
  catalog: Catalog,
): Generator<RuleFinding> {
  const policy = policyAt(catalog, when);
  const needed = quorumFor(policy, line.did);
  if (line.did === 'approve' || needed === 1) return;
  const roles = rolesFor(policy, line.did);
  const entitled = actors.filter((actor) => actsAs(actor, roles));
  if (needed <= entitled.length) return;
  yield {
    at: at(release.record, 'log', index, 'by'),
    message: `A "${line.did}" line needs ${needed} who are entitled to it, and this one names ${entitled.length}.`,
    hint: 'Name everyone who took part in "by".',
    obligation: 'C-134',
    since: 2,
    when,
    release: release.id,
  };
}

/** Who held the role once is found for the same reason, and as severely, as who never did; it only helps to know. */
function formerly({ line, at: when }: Entry, roles: string[], policy: Policy, { assignments }: Offices): string {
  const former = assignments.find(
    ({ holder, role, until }) =>
      [line.by].flat().includes(holder) && roles.includes(role) && until !== undefined && until <= when,
  );
  if (!former?.until) return '';
  const day = toDay(former.until, policy.programme.zone);
  return ` "${former.holder}" was ${nameIn(policy.raci.roles, former.role)} up to, and not on, ${day}.`;
}

function obligationOf(entry: Entry, policy: Catalog['policy']): string {
  const { line } = entry;
  if (line.did === 'propose') return 'C-114';
  if (line.did === 'agree') return 'C-118';
  if (isSmokeTest(entry, policy)) return 'C-131';
  // Promotions and internal tests hand the release from one team to the next.
  return line.did === 'test' || (line.did === 'deploy' && !isFor(policy, 'market', line.to)) ? 'C-040' : 'C-134';
}

/** The managers commit a list together, in one line or in several: what is delivered was agreed by all of them. */
function* halfAgreed(release: ReleaseHistory, catalog: Catalog): Generator<RuleFinding> {
  const delivered = release.kind === 'emergency' ? undefined : entriesOf(release, 'deliver')[0];
  if (!delivered || !isAgreedByManagers(release.type)) return;
  const { agreed } = snapshotAtEntry(release, delivered);
  const last = entriesOf(release, 'agree').findLast(
    ({ actors, at: when }) =>
      when <= delivered.at && actors.some(({ roles }) => roles.some(({ role }) => role in agreed)),
  );
  if (!last) return;
  const policy = policyAt(catalog, last.at);
  const missing = rolesFor(policy, 'agree').filter(
    (role) => policy.raci.roles.some(({ id }) => id === role) && (agreed[role] ?? []).length === 0,
  );
  if (missing.length === 0 || last.actors.some(({ kind }) => kind === 'unknown')) return;
  const names = missing.map((role) => nameIn(policy.raci.roles, role));
  yield {
    at: at(release.record, 'log', last.index, 'by'),
    message: `The items were agreed without ${names.join(' and ')}.`,
    hint: 'The managers commit the list together: name them all in "by".',
    obligation: 'C-118',
    when: last.at,
    release: release.id,
  };
}
