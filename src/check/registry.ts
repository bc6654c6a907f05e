import { approvedBeforeMarket } from './rules/approved-before-market.ts';
import { approverIsEntitled } from './rules/approver-is-entitled.ts';
import { baselineFirst } from './rules/baseline-first.ts';
import { emergencyListedAgain } from './rules/emergency-listed-again.ts';
import { emergencyReviewDecides } from './rules/emergency-review-decides.ts';
import { emergencyStopsTesting } from './rules/emergency-stops-testing.ts';
import { failureFixedForward } from './rules/failure-fixed-forward.ts';
import { finalNoteConfirmed } from './rules/final-note-confirmed.ts';
import { itemsMatchLog } from './rules/items-match-log.ts';
import { logInOrder } from './rules/log-in-order.ts';
import { marketVersionIsProved } from './rules/market-version-is-proved.ts';
import { noOlderVersion } from './rules/no-older-version.ts';
import { nothingForProduction } from './rules/nothing-for-production.ts';
import { nothingInTheFuture } from './rules/nothing-in-the-future.ts';
import { oneFileOneId } from './rules/one-file-one-id.ts';
import { promotedInOrder } from './rules/promoted-in-order.ts';
import { provisionalNoteOnTime } from './rules/provisional-note-on-time.ts';
import { publishedNoteUnchanged } from './rules/published-note-unchanged.ts';
import { referencesResolve } from './rules/references-resolve.ts';
import { regularReleaseOnSlot } from './rules/regular-release-on-slot.ts';
import { reviewedBeforeProving } from './rules/reviewed-before-proving.ts';
import { testedBeforeMarket } from './rules/tested-before-market.ts';
import { testedOnTime } from './rules/tested-on-time.ts';
import { timesExist } from './rules/times-exist.ts';
import { versionsFitScheme } from './rules/versions-fit-scheme.ts';
import { keptEarlier } from './kept-earlier.ts';
import type { Rule } from './rule.ts';

/** Every rule, those that earlier stages keep first. */
export const rules: readonly Rule[] = [
  ...keptEarlier,
  referencesResolve,
  oneFileOneId,
  itemsMatchLog,
  logInOrder,
  timesExist,
  nothingInTheFuture,
  versionsFitScheme,
  baselineFirst,
  promotedInOrder,
  marketVersionIsProved,
  testedBeforeMarket,
  reviewedBeforeProving,
  approvedBeforeMarket,
  approverIsEntitled,
  regularReleaseOnSlot,
  provisionalNoteOnTime,
  testedOnTime,
  finalNoteConfirmed,
  publishedNoteUnchanged,
  emergencyStopsTesting,
  emergencyReviewDecides,
  emergencyListedAgain,
  failureFixedForward,
  noOlderVersion,
  nothingForProduction,
];

const byId = new Map(rules.map((rule) => [rule.id, rule]));

/** The rule of an id. */
export function ruleOf(id: string): Rule | undefined {
  return byId.get(id);
}
