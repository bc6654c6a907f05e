import type { Catalog } from '../../derive/catalog.ts';
import { withoutConfidential } from '../../derive/confidential.ts';
import type { Diagnostic } from '../../diagnostic.ts';
import { type Time, timeOf } from '../words/dates.ts';
import { projectChanges, projectComponents, type PublicChange, type PublicComponent } from './changes.ts';
import {
  projectCoverage,
  projectRules,
  projectWaivers,
  type PublicObligation,
  type PublicRule,
  type PublicWaiver,
} from './coverage.ts';
import { projectDefects, type PublicDefect } from './defects.ts';
import { projectDuties, type PublicDuty } from './duties.ts';
import { projectFindings, type PublicFinding } from './findings.ts';
import { projectHome, type PublicHome } from './home.ts';
import { projectIssues, type PublicIssue } from './issues.ts';
import { projectMatrix, type PublicMatrix } from './matrix.ts';
import { projectNotes, type PublicNote } from './notes.ts';
import { projectPeople, type PublicPeople } from './people.ts';
import { projectPlan, type PublicPlan } from './plan.ts';
import { projectEnvironments, projectProgramme, type PublicEnvironment, type PublicProgramme } from './programme.ts';
import { projectReleases, type PublicRelease } from './releases.ts';
import { projectRetests, type PublicRetest } from './retests.ts';
import { projectSchedule, type PublicSchedule } from './schedule.ts';
import { projectSince, type PublicSince } from './since.ts';

/**
 * Everything that may be public: what the models of the pages and the search records are made from. It is an
 * allow-list: each field is taken by name, and no record is ever copied whole.
 */
export type Facts = {
  /** The moment of looking, as an instant to compare with and as pages show it. */
  asOf: { instant: string; time: Time };
  programme: PublicProgramme;
  environments: PublicEnvironment[];
  components: PublicComponent[];
  home: PublicHome;
  releases: PublicRelease[];
  notes: PublicNote[];
  matrix: PublicMatrix;
  schedule: PublicSchedule;
  defects: PublicDefect[];
  issues: PublicIssue[];
  retests: PublicRetest[];
  since: PublicSince[];
  changes: PublicChange[];
  plan: PublicPlan;
  people: PublicPeople;
  duties: PublicDuty[];
  coverage: PublicObligation[];
  rules: PublicRule[];
  findings: PublicFinding[];
  waivers: PublicWaiver[];
  /** Files that cannot be read: what they say is unknown, and missing here. */
  unread: string[];
};

/** What is public of a catalog and of what the rules found in it. */
export function factsOf(records: Catalog, diagnostics: readonly Diagnostic[]): Facts {
  const catalog = withoutConfidential(records);
  const findings = projectFindings(records, diagnostics);
  const waivers = projectWaivers(catalog, findings);
  const issues = projectIssues(catalog);
  const coverage = projectCoverage(catalog, findings);
  return {
    asOf: { instant: catalog.asOf, time: timeOf(catalog.asOf, catalog.policy.programme.zone) },
    programme: projectProgramme(catalog),
    environments: projectEnvironments(catalog),
    components: projectComponents(catalog),
    home: projectHome(catalog),
    releases: projectReleases(catalog, waivers),
    notes: projectNotes(catalog),
    matrix: projectMatrix(catalog),
    schedule: projectSchedule(catalog),
    defects: projectDefects(catalog, issues),
    issues,
    retests: projectRetests(catalog),
    since: projectSince(catalog),
    changes: projectChanges(catalog),
    plan: projectPlan(catalog),
    people: projectPeople(catalog),
    duties: projectDuties(catalog),
    coverage,
    rules: projectRules(catalog, coverage, findings),
    findings,
    waivers,
    unread: catalog.unreadFiles,
  };
}
