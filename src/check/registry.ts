import { keptEarlier } from './kept-earlier.ts';
import type { Rule } from './rule.ts';
import { actingRoleIsEntitled } from './rules/acting-role-is-entitled.ts';
import { approvedBeforeMarket } from './rules/approved-before-market.ts';
import { approverIsEntitled } from './rules/approver-is-entitled.ts';
import { baselineFirst } from './rules/baseline-first.ts';
import { baselineNamesProcesses } from './rules/baseline-names-processes.ts';
import { completeReleaseIsClosed } from './rules/complete-release-is-closed.ts';
import { confidentialFieldsKnown } from './rules/confidential-fields-known.ts';
import { correctionsFitTheirLine } from './rules/corrections-fit-their-line.ts';
import { defectIsAssigned } from './rules/defect-is-assigned.ts';
import { delegationsAreGranted } from './rules/delegations-are-granted.ts';
import { deliveriesBringComponents } from './rules/deliveries-bring-components.ts';
import { deliveriesFollowList } from './rules/deliveries-follow-list.ts';
import { deployedItemsAreNoted } from './rules/deployed-items-are-noted.ts';
import { deploymentHoldsSomething } from './rules/deployment-holds-something.ts';
import { deploymentIsConfirmed } from './rules/deployment-is-confirmed.ts';
import { deploymentIsPlanned } from './rules/deployment-is-planned.ts';
import { deploymentsDoNotOverlap } from './rules/deployments-do-not-overlap.ts';
import { earlierReleasesComeFirst } from './rules/earlier-releases-come-first.ts';
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
import { finalNoteOnTime } from './rules/final-note-on-time.ts';
import { fixProcessAgreed } from './rules/fix-process-agreed.ts';
import { fixedDefectWasReleased } from './rules/fixed-defect-was-released.ts';
import { itemsAreInOneRelease } from './rules/items-are-in-one-release.ts';
import { itemsMatchLog } from './rules/items-match-log.ts';
import { itemsWereRaisedFirst } from './rules/items-were-raised-first.ts';
import { lateLinesOpenNoGate } from './rules/late-lines-open-no-gate.ts';
import { listsNameEachOnce } from './rules/lists-name-each-once.ts';
import { logInOrder } from './rules/log-in-order.ts';
import { marketVersionIsProved } from './rules/market-version-is-proved.ts';
import { matrixHasNoGaps } from './rules/matrix-has-no-gaps.ts';
import { fourEyesAreKept } from './rules/four-eyes-are-kept.ts';
import { namesStayPrivate } from './rules/names-stay-private.ts';
import { namedWhileInUse } from './rules/named-while-in-use.ts';
import { noLineTwice } from './rules/no-line-twice.ts';
import { noOlderVersion } from './rules/no-older-version.ts';
import { noSilentSlot } from './rules/no-silent-slot.ts';
import { noteContinuesTheLast } from './rules/note-continues-the-last.ts';
import { noteIsComplete } from './rules/note-is-complete.ts';
import { noteReachesAudience } from './rules/note-reaches-audience.ts';
import { notesAreSteps } from './rules/notes-are-steps.ts';
import { nothingForProduction } from './rules/nothing-for-production.ts';
import { nothingInTheFuture } from './rules/nothing-in-the-future.ts';
import { oneFileOneId } from './rules/one-file-one-id.ts';
import { otherLineIsDecided } from './rules/other-line-is-decided.ts';
import { outcomesMatchErrors } from './rules/outcomes-match-errors.ts';
import { partiesAreConsulted } from './rules/parties-are-consulted.ts';
import { passengersAreJustified } from './rules/passengers-are-justified.ts';
import { planHeaderIsNewest } from './rules/plan-header-is-newest.ts';
import { planIsSignedOff } from './rules/plan-is-signed-off.ts';
import { planVersionInForce } from './rules/plan-version-in-force.ts';
import { planVersionsAdvance } from './rules/plan-versions-advance.ts';
import { policyIdsAreDistinct } from './rules/policy-ids-are-distinct.ts';
import { promotedInOrder } from './rules/promoted-in-order.ts';
import { textsHoldNothingPrivate } from './rules/texts-hold-nothing-private.ts';
import { testIsOfThisRelease } from './rules/test-is-of-this-release.ts';
import { promisedItemIsTakenUp } from './rules/promised-item-is-taken-up.ts';
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
import { slotExceptionsFit } from './rules/slot-exceptions-fit.ts';
import { smokeTestCompletes } from './rules/smoke-test-completes.ts';
import { spansRunForward } from './rules/spans-run-forward.ts';
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
import { wholeReleasePasses } from './rules/whole-release-passes.ts';
import { windowIsOnTheSlot } from './rules/window-is-on-the-slot.ts';
import { withdrawnItemsHaveATarget } from './rules/withdrawn-items-have-a-target.ts';

/** Every rule, those that earlier stages keep first. */
export const rules: readonly Rule[] = [
  ...keptEarlier,
  referencesResolve,
  namedWhileInUse,
  oneFileOneId,
  policyIdsAreDistinct,
  listsNameEachOnce,
  itemsMatchLog,
  promisedItemIsTakenUp,
  itemsWereRaisedFirst,
  itemsAreInOneRelease,
  logInOrder,
  noLineTwice,
  correctionsFitTheirLine,
  lateLinesOpenNoGate,
  timesExist,
  spansRunForward,
  nothingInTheFuture,
  versionsFitScheme,
  baselineFirst,
  earlierReleasesComeFirst,
  promotedInOrder,
  marketVersionIsProved,
  testedBeforeMarket,
  reviewedBeforeProving,
  approvedBeforeMarket,
  approverIsEntitled,
  regularReleaseOnSlot,
  slotExceptionsFit,
  provisionalNoteOnTime,
  testedOnTime,
  finalNoteConfirmed,
  finalNoteOnTime,
  publishedNoteUnchanged,
  emergencyStopsTesting,
  emergencyReviewDecides,
  emergencyListedAgain,
  failureFixedForward,
  outcomesMatchErrors,
  noOlderVersion,
  nothingForProduction,
  planHeaderIsNewest,
  planVersionsAdvance,
  planIsSignedOff,
  planVersionInForce,
  strategyIsReviewed,
  confidentialFieldsKnown,
  namesStayPrivate,
  textsHoldNothingPrivate,
  fourEyesAreKept,
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
  notesAreSteps,
  noteIsComplete,
  noteContinuesTheLast,
  summaryFitsTheNote,
  deploymentIsPlanned,
  windowIsOnTheSlot,
  deploymentIsConfirmed,
  smokeTestCompletes,
  wholeReleasePasses,
  completeReleaseIsClosed,
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
  testIsOfThisRelease,
  deploymentsDoNotOverlap,
  noSilentSlot,
  stepsInOrder,
  deliveriesFollowList,
  deliveriesBringComponents,
  withdrawnItemsHaveATarget,
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
