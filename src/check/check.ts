import type { Finding } from '../diagnostic.ts';
import type { Catalog } from '../derive/catalog.ts';
import { periodAt } from '../derive/policy-at.ts';
import { isGranted } from '../derive/waivers.ts';
import { endOfDay, toInstant, toLocal } from '../model/time.ts';
import { nearest } from '../validate/nearest.ts';
import type { Policy, PolicyFiles } from '../validate/validate.ts';
import type { Judged, Rule } from './rule.ts';
import { askedBy, boundTo, isAskedOf } from './obligations.ts';
import { byFormat } from './format.ts';
import { ruleOf, rules } from './registry.ts';

/** Every rule over the catalog, or only some, with levels from the plan's data, and waivers applied. */
export function check(catalog: Catalog, asked?: ReadonlySet<string>): Judged[] {
  const { policy, asOf, periods } = catalog;
  const found = rules.flatMap((rule) =>
    rule.check && (!asked || asked.has(rule.id))
      ? [...rule.check(catalog)].map((finding) => ({ rule: rule.id, ...finding }))
      : [],
  );
  const judged = found
    .filter(({ rule, obligation, release }) =>
      isAskedOf(catalog, obligation ?? (ruleOf(rule) as Rule).obligations[0], release),
    )
    .flatMap((finding) => judge(finding, policy, periodAt(periods, finding.when ?? asOf).version));
  return applyWaivers(byFormat(judged, catalog), catalog);
}

/**
 * Level and clause of a finding. Nothing is found of an obligation that the programme switched off, or that a later
 * version of its plan asks for than the one it is judged by.
 */
export function judge(
  finding: Finding,
  policy: Pick<PolicyFiles, 'plan' | 'obligations'> | undefined,
  version?: string,
): Judged[] {
  const rule = ruleOf(finding.rule) as Rule;
  const id = finding.obligation ?? rule.obligations[0];
  const asked = policy ? askedBy(policy, id, version) : { level: 'error' as const };
  if (!asked) return [];
  const { level, clause } = { clause: undefined, ...asked };
  return [{ ...finding, obligation: id, level: finding.level ?? level, ...(clause ? { clause } : {}) }];
}

/** The clause that an obligation, or a rule's first obligation, stands in. */
export function clauseOf(rule: string, policy: Policy): string | undefined {
  const bound = boundTo(policy, ruleOf(rule)?.obligations[0] ?? rule);
  return bound && 'clause' in bound ? bound.clause : undefined;
}

/** A waiver owns the errors of one rule for one release, when they happened by the day it expires (C-139). */
function applyWaivers(judged: Judged[], catalog: Catalog): Judged[] {
  const { zone } = catalog.policy.programme;
  // What is granted later, or by somebody who may not, waives nothing; the latter has a finding of its own.
  const granted = catalog.waivers.filter(
    (waiver) => toInstant(waiver.at, zone) <= catalog.asOf && isGranted(waiver, catalog),
  );
  const used = new Set<string>();
  const late = new Set<string>();
  const owned = judged.map((finding) => {
    if (finding.level === 'information') return finding;
    const meant = granted.filter(
      ({ rule, release, item }) =>
        suspends(rule, finding) &&
        (release === undefined || release === finding.release) &&
        (item === undefined || item === finding.item),
    );
    const moment = finding.when ?? catalog.asOf;
    const waiver = meant.find(({ expires }) => moment < endOfDay(expires, zone));
    // One that had expired is answered for by the one that was granted after it.
    for (const { id } of meant) (waiver ? used : late).add(id);
    if (!waiver) return finding;
    return { ...finding, level: 'waived' as const, waiver: waiver.id, ...grantedLater(waiver, finding, zone) };
  });
  return [
    ...owned,
    ...granted
      .filter(({ id }) => !used.has(id))
      .flatMap((waiver) => judge(idle(waiver, late.has(waiver.id)), catalog.policy)),
  ];
}

/** A waiver may be granted once the deviation has happened; the finding shows both dates. */
function grantedLater(
  waiver: Catalog['waivers'][number],
  { when, related = [] }: Judged,
  zone: string,
): Pick<Finding, 'related'> | undefined {
  if (when === undefined || toInstant(waiver.at, zone) <= when) return undefined;
  const message = `the waiver was granted on ${waiver.at}, after the deviation of ${toLocal(when, zone).slice(0, 16)}`;
  return { related: [...related, { at: { file: waiver.file, path: ['at'] }, message }] };
}

/** A waiver names a rule, or one obligation of it; what is only written wrongly is corrected instead. */
function suspends(rule: string, finding: Judged): boolean {
  const found = ruleOf(finding.rule) as Rule;
  return found.about !== 'records' && (rule === finding.obligation || ruleOf(rule)?.id === found.id);
}

function idle({ file, rule, expires }: Catalog['waivers'][number], isExpired: boolean): Finding {
  const shared = { rule: 'waiver-covers-a-finding', level: 'warning' as const };
  if (!ruleOf(rule) && !rules.some(({ obligations }) => obligations.includes(rule))) {
    const near = nearest(
      rule,
      rules.map(({ id }) => id),
    );
    return {
      rule: 'waiver-covers-a-finding',
      at: { file, path: ['rule'] },
      message: `There is no rule "${rule}".`,
      hint: near ? `Did you mean "${near}"?` : 'The site lists every rule under rules/.',
      ...(near ? { correction: { kind: 'replace' as const, text: near } } : {}),
    };
  }
  const named = rules.filter(({ id, obligations }) => id === ruleOf(rule)?.id || obligations.includes(rule));
  if (named.every(({ about }) => about === 'records')) {
    return {
      ...shared,
      at: { file, path: ['rule'] },
      message: `The rule "${rule}" is about what is written, and no waiver covers a mistake there.`,
      hint: 'Correct the records, and remove the waiver.',
    };
  }
  if (isExpired) {
    return {
      ...shared,
      at: { file, path: ['expires'] },
      message: `The waiver had expired on ${expires} when the deviation happened.`,
      hint: 'Fix the deviation, or have a new waiver granted.',
    };
  }
  return {
    ...shared,
    at: { file, path: ['rule'] },
    message: `Nothing breaks the rule "${rule}" here, so the waiver covers nothing.`,
    hint: 'Remove the waiver, or name the release it is meant for.',
  };
}
