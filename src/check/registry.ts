import { keptEarlier } from './kept-earlier.ts';
import type { Rule } from './rule.ts';
import { actingRoleIsEntitled } from './rules/acting-role-is-entitled.ts';
import { approvedBeforeMarket } from './rules/approved-before-market.ts';
import { approverIsEntitled } from './rules/approver-is-entitled.ts';
import { baselineFirst } from './rules/baseline-first.ts';
import { baselineNamesProcesses } from './rules/baseline-names-processes.ts';
import { confidentialFieldsKnown } from './rules/confidential-fields-known.ts';
import { defectIsAssigned } from './rules/defect-is-assigned.ts';
import { delegationsAreGranted } from './rules/delegations-are-granted.ts';
import { deliveriesFollowList } from './rules/deliveries-follow-list.ts';
import { deployedItemsAreNoted } from './rules/deployed-items-are-noted.ts';
import { deploymentHoldsSomething } from './rules/deployment-holds-something.ts';
import { deploymentIsConfirmed } from './rules/deployment-is-confirmed.ts';
import { deploymentIsPlanned } from './rules/deployment-is-planned.ts';
import { emergenciesAreExceptions } from './rules/emergencies-are-exceptions.ts';
import { emergencyFixSurvives } from './rules/emergency-fix-survives.ts';
import { emergencyKeepsItsSeverity } from './rules/emergency-keeps-its-severity.ts';
import { emergencyListedAgain } from './rules/emergency-listed-again.ts';
import { emergencyReviewDecides } from './rules/emergency-review-decides.ts';
import { emergencyStopsTesting } from './rules/emergency-stops-testing.ts';
import { everyLineHasAnOwner } from './rules/every-line-has-an-owner.ts';
import { failedReleaseGoesOn } from './rules/failed-release-goes-on.ts';
import { failureFixedForward } from './rules/failure-fixed-forward.ts';
import { finalNoteConfirmed } from './rules/final-note-confirmed.ts';
import { fixProcessAgreed } from './rules/fix-process-agreed.ts';
import { fixedDefectWasReleased } from './rules/fixed-defect-was-released.ts';
import { itemsMatchLog } from './rules/items-match-log.ts';
import { logInOrder } from './rules/log-in-order.ts';
import { marketVersionIsProved } from './rules/market-version-is-proved.ts';
import { matrixHasNoGaps } from './rules/matrix-has-no-gaps.ts';
import { noOlderVersion } from './rules/no-older-version.ts';
import { noSilentSlot } from './rules/no-silent-slot.ts';
import { noteContinuesTheLast } from './rules/note-continues-the-last.ts';
import { noteIsComplete } from './rules/note-is-complete.ts';
import { noteReachesAudience } from './rules/note-reaches-audience.ts';
import { nothingForProduction } from './rules/nothing-for-production.ts';
import { nothingInTheFuture } from './rules/nothing-in-the-future.ts';
import { oneFileOneId } from './rules/one-file-one-id.ts';
import { otherLineIsDecided } from './rules/other-line-is-decided.ts';
import { partiesAreConsulted } from './rules/parties-are-consulted.ts';
import { passengersAreJustified } from './rules/passengers-are-justified.ts';
import { planHeaderIsNewest } from './rules/plan-header-is-newest.ts';
import { planIsSignedOff } from './rules/plan-is-signed-off.ts';
import { planVersionInForce } from './rules/plan-version-in-force.ts';
import { planVersionsAdvance } from './rules/plan-versions-advance.ts';
import { promotedInOrder } from './rules/promoted-in-order.ts';
import { promisedItemIsTakenUp } from './rules/promised-item-is-taken-up.ts';
import { provingKeepsPace } from './rules/proving-keeps-pace.ts';
import { provisionalNoteOnTime } from './rules/provisional-note-on-time.ts';
import { publishedFixStaysFixed } from './rules/published-fix-stays-fixed.ts';
import { publishedNoteUnchanged } from './rules/published-note-unchanged.ts';
import { raciIsTold } from './rules/raci-is-told.ts';
import { raciIsWellFormed } from './rules/raci-is-well-formed.ts';
import { referencesResolve } from './rules/references-resolve.ts';
import { refusedEmergencyGoesOn } from './rules/refused-emergency-goes-on.ts';
import { regularReleaseOnSlot } from './rules/regular-release-on-slot.ts';
import { releaseTypesComplete } from './rules/release-types-complete.ts';
import { reviewedBeforeProving } from './rules/reviewed-before-proving.ts';
import { rolesAreHeld } from './rules/roles-are-held.ts';
import { routeIsDeclared } from './rules/route-is-declared.ts';
import { scheduleIsAgreed } from './rules/schedule-is-agreed.ts';
import { scheduleShowsRoute } from './rules/schedule-shows-route.ts';
import { severityIsExplained } from './rules/severity-is-explained.ts';
import { smokeTestCompletes } from './rules/smoke-test-completes.ts';
import { stakeholdersAgreed } from './rules/stakeholders-agreed.ts';
import { stepsInOrder } from './rules/steps-in-order.ts';
import { strategyIsReviewed } from './rules/strategy-is-reviewed.ts';
import { summaryFitsTheNote } from './rules/summary-fits-the-note.ts';
import { testedBeforeMarket } from './rules/tested-before-market.ts';
import { testedOnTime } from './rules/tested-on-time.ts';
import { testingStartsOnBaseline } from './rules/testing-starts-on-baseline.ts';
import { timesExist } from './rules/times-exist.ts';
import { versionsFitScheme } from './rules/versions-fit-scheme.ts';
import { waiverIsGranted } from './rules/waiver-is-granted.ts';

/** Every rule, those that earlier stages keep first. */
export const rules: readonly Rule[] = [
  ...keptEarlier,
  referencesResolve,
  oneFileOneId,
  itemsMatchLog,
  promisedItemIsTakenUp,
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
  planHeaderIsNewest,
  planVersionsAdvance,
  planIsSignedOff,
  planVersionInForce,
  strategyIsReviewed,
  confidentialFieldsKnown,
  releaseTypesComplete,
  routeIsDeclared,
  scheduleShowsRoute,
  raciIsWellFormed,
  everyLineHasAnOwner,
  rolesAreHeld,
  delegationsAreGranted,
  fixProcessAgreed,
  testingStartsOnBaseline,
  baselineNamesProcesses,
  matrixHasNoGaps,
  deploymentHoldsSomething,
  deployedItemsAreNoted,
  noteReachesAudience,
  noteIsComplete,
  noteContinuesTheLast,
  summaryFitsTheNote,
  deploymentIsPlanned,
  deploymentIsConfirmed,
  smokeTestCompletes,
  failedReleaseGoesOn,
  scheduleIsAgreed,
  partiesAreConsulted,
  stakeholdersAgreed,
  refusedEmergencyGoesOn,
  passengersAreJustified,
  severityIsExplained,
  emergencyKeepsItsSeverity,
  emergenciesAreExceptions,
  emergencyFixSurvives,
  provingKeepsPace,
  noSilentSlot,
  stepsInOrder,
  deliveriesFollowList,
  actingRoleIsEntitled,
  raciIsTold,
  otherLineIsDecided,
  defectIsAssigned,
  publishedFixStaysFixed,
  fixedDefectWasReleased,
  waiverIsGranted,
];

const byId = new Map(rules.flatMap((rule) => [rule.id, ...(rule.aliases ?? [])].map((id) => [id, rule] as const)));

/** The rule of an id, or of another name it is known by. */
export function ruleOf(id: string): Rule | undefined {
  return byId.get(id);
}
