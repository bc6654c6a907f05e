import type { Facts } from '../facts.ts';
import { type CellPage, cellPages } from './cell.ts';
import { type ChangePage, changePages, type ChangesPage, changesPage } from './changes.ts';
import { type ComparePage, comparePage } from './compare.ts';
import { type ComponentPage, componentPages } from './components.ts';
import { type CoveragePage, coveragePage, type RulePage, rulePages, type RulesPage, rulesPage } from './coverage.ts';
import { type DefectPage, defectPages } from './defect.ts';
import { type DefectsPage, defectsPage } from './defects.ts';
import { type Manifest, manifestOf } from './frame.ts';
import { type HomePage, homePage } from './home.ts';
import { type IssuesPage, issuesPage } from './issues.ts';
import {
  type MatrixAtPage,
  matrixAtPages,
  type MatrixMoment,
  matrixMoments,
  type MatrixPage,
  matrixPage,
} from './matrix.ts';
import { type NoteFile, noteFiles, type NotePage, notePages } from './note.ts';
import { onlyPage, type Page } from './page.ts';
import {
  type AboutPage,
  aboutPage,
  type PeoplePage,
  peoplePage,
  type PlanPage,
  planPage,
  type RaciPage,
  raciPage,
} from './plan.ts';
import { type ReleasePage, releasePages, type ReleasesPage, releasesPage } from './releases.ts';
import { type RetestsPage, retestsPage } from './retests.ts';
import { type RolePage, rolePages, type RolesPage, rolesPage } from './role.ts';
import {
  type ScheduleFromPage,
  scheduleFromPages,
  type ScheduleListPage,
  scheduleListPage,
  type ScheduleMonthPage,
  scheduleMonthPages,
  type SchedulePage,
  schedulePage,
} from './schedule.ts';
import { type KnownId, knownIds, type SearchPage, searchPage } from './search.ts';
import { type SinceIndexPage, sinceIndexPage, type SincePage, sincePages } from './since.ts';

/** The model of each page and file that is made from the records. The page that says "not found" shows none of them. */
export type Models = {
  home: HomePage;
  releases: ReleasesPage;
  release: ReleasePage;
  note: NotePage;
  noteFile: NoteFile;
  matrix: MatrixPage;
  matrixAt: MatrixAtPage;
  matrixMoments: MatrixMoment[];
  cell: CellPage;
  compare: ComparePage;
  schedule: SchedulePage;
  scheduleFrom: ScheduleFromPage;
  scheduleMonth: ScheduleMonthPage;
  scheduleList: ScheduleListPage;
  defects: DefectsPage;
  defect: DefectPage;
  issues: IssuesPage;
  retests: RetestsPage;
  sinceIndex: SinceIndexPage;
  since: SincePage;
  roles: RolesPage;
  role: RolePage;
  changes: ChangesPage;
  change: ChangePage;
  component: ComponentPage;
  plan: PlanPage;
  raci: RaciPage;
  people: PeoplePage;
  coverage: CoveragePage;
  about: AboutPage;
  rules: RulesPage;
  rule: RulePage;
  search: SearchPage;
  knownIds: KnownId[];
  manifest: Manifest;
};

export type Pages = { [Name in keyof Models]: Page<Models[Name]>[] };

/** Every page of the site; a page without parameters is the only one of its kind. */
export function pagesOf(facts: Facts): Pages {
  return {
    home: onlyPage(homePage(facts)),
    releases: onlyPage(releasesPage(facts)),
    release: releasePages(facts),
    note: notePages(facts),
    noteFile: noteFiles(facts),
    matrix: onlyPage(matrixPage(facts)),
    matrixAt: matrixAtPages(facts),
    matrixMoments: onlyPage(matrixMoments(facts)),
    cell: cellPages(facts),
    compare: onlyPage(comparePage(facts)),
    schedule: onlyPage(schedulePage(facts)),
    scheduleFrom: scheduleFromPages(facts),
    scheduleMonth: scheduleMonthPages(facts),
    scheduleList: onlyPage(scheduleListPage(facts)),
    defects: onlyPage(defectsPage(facts)),
    defect: defectPages(facts),
    issues: onlyPage(issuesPage(facts)),
    retests: onlyPage(retestsPage(facts)),
    sinceIndex: onlyPage(sinceIndexPage(facts)),
    since: sincePages(facts),
    roles: onlyPage(rolesPage(facts)),
    role: rolePages(facts),
    changes: onlyPage(changesPage(facts)),
    change: changePages(facts),
    component: componentPages(facts),
    plan: onlyPage(planPage(facts)),
    raci: onlyPage(raciPage(facts)),
    people: onlyPage(peoplePage(facts)),
    coverage: onlyPage(coveragePage(facts)),
    about: onlyPage(aboutPage(facts)),
    rules: onlyPage(rulesPage(facts)),
    rule: rulePages(facts),
    search: onlyPage(searchPage(facts)),
    knownIds: onlyPage(knownIds(facts)),
    manifest: onlyPage(manifestOf(facts)),
  };
}
