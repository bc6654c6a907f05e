import type { Catalog } from '../derive/catalog.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { withoutConfidential } from '../derive/confidential.ts';
import { projectChanges, projectComponents, type PublicChange, type PublicComponent } from './project/changes.ts';
import {
  projectCoverage,
  projectRules,
  projectWaivers,
  type PublicObligation,
  type PublicRule,
  type PublicWaiver,
} from './project/coverage.ts';
import { projectDefects, type PublicDefect } from './project/defects.ts';
import { projectDuties, type PublicDuty } from './project/duties.ts';
import { projectHome, type PublicHome } from './project/home.ts';
import { projectMatrix, type PublicMatrix } from './project/matrix.ts';
import { projectNotes, type PublicNote } from './project/notes.ts';
import { projectPlan, type PublicPlan } from './project/plan.ts';
import {
  projectEnvironments,
  projectProgramme,
  type PublicEnvironment,
  type PublicProgramme,
} from './project/programme.ts';
import { projectReleases, type PublicRelease } from './project/releases.ts';
import { projectSchedule, type PublicSchedule } from './project/schedule.ts';
import { projectFindings, type PublicFinding } from './project/findings.ts';

/**
 * Everything that may be public, as plain JSON: the one thing that pages, the search index and downloads are made from.
 * It is an allow-list: each field is taken by name, and no record is ever copied whole.
 */
export type Site = {
  programme: PublicProgramme;
  environments: PublicEnvironment[];
  components: PublicComponent[];
  home: PublicHome;
  releases: PublicRelease[];
  notes: PublicNote[];
  matrix: PublicMatrix;
  schedule: PublicSchedule;
  defects: PublicDefect[];
  changes: PublicChange[];
  plan: PublicPlan;
  duties: PublicDuty[];
  coverage: PublicObligation[];
  rules: PublicRule[];
  findings: PublicFinding[];
  waivers: PublicWaiver[];
};

/** The public projection of a catalog and of what the rules found in it. */
export function project(records: Catalog, diagnostics: readonly Diagnostic[]): Site {
  const catalog = withoutConfidential(records);
  const findings = projectFindings(records, diagnostics);
  const waivers = projectWaivers(catalog, findings);
  const coverage = projectCoverage(catalog, findings);
  return {
    programme: projectProgramme(catalog),
    environments: projectEnvironments(catalog),
    components: projectComponents(catalog),
    home: projectHome(catalog),
    releases: projectReleases(catalog, waivers),
    notes: projectNotes(catalog),
    matrix: projectMatrix(catalog),
    schedule: projectSchedule(catalog),
    defects: projectDefects(catalog),
    changes: projectChanges(catalog),
    plan: projectPlan(catalog),
    duties: projectDuties(catalog),
    coverage,
    rules: projectRules(coverage, findings),
    findings,
    waivers,
  };
}
