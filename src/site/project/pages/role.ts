import type { Labelled } from '../../../model/labelled.ts';
import { pathOfRole } from '../../words/address.ts';
import type { Time } from '../../words/dates.ts';
import { type Affected, type Choices, choicesOf } from '../affected.ts';
import type { Facts } from '../facts.ts';
import type { SharedAction } from '../note/actions.ts';
import type { Reference } from '../reference.ts';
import type { PublicRetest } from '../retests.ts';
import { type MarketNow, marketsNow, notesNow } from './home.ts';
import { type IssueRow, issueRows } from './issues.ts';
import { type NextSlot, nextSlotOf } from './next-slot.ts';
import { stageOf, type StageReference } from './note.ts';
import type { Page } from './page.ts';
import { inOrder } from './retests.ts';

/** For whom one can look, and how much there is for each role. */
export type RolesPage = {
  asOf: Time;
  roles: (Labelled & { path: string; toDo: number; retests: number; issues: number })[];
  choices: Choices;
};

/** The site as one market role needs it; what names no role may touch it too. */
export type RolePage = {
  asOf: Time;
  markets: string;
  role: Labelled;
  toDo: { title: string; release: string; note: StageReference; actions: SharedAction[] }[];
  next: NextSlot;
  coming: { release: Reference; items: { item: Reference; note: string }[] }[];
  now: MarketNow[];
  /** What waits for a retest, came back, or is asked for and not followed. */
  retests: PublicRetest[];
  issues: IssueRow[];
  /** Open defects that name the role and are no known issues. */
  others: { defect: Reference; notKnown?: string | undefined }[];
  notes: { release: Reference; stage: StageReference; publishedAt: Time; items: Reference[] }[];
};

export function rolesPage(facts: Facts): RolesPage {
  const { marketRoles } = facts.programme;
  return {
    asOf: facts.asOf.time,
    roles: marketRoles.map(({ id, name }) => ({
      id,
      name,
      path: pathOfRole(id),
      toDo: toDoFor(facts, id).flatMap(({ actions }) => actions).length,
      retests: retestsFor(facts, id).length,
      issues: facts.issues.filter((issue) => touches(issue, id)).length,
    })),
    choices: choicesOf([...facts.defects, ...facts.notes.flatMap(({ shown }) => shown.items)], facts),
  };
}

export function rolePages(facts: Facts): Page<RolePage>[] {
  return facts.programme.marketRoles.map((role) => ({ params: { role: role.id }, model: rolePage(facts, role) }));
}

function rolePage(facts: Facts, { id, name }: Labelled): RolePage {
  const known = new Set(facts.issues.map(({ item }) => item.id));
  return {
    asOf: facts.asOf.time,
    markets: facts.programme.markets,
    role: { id, name },
    toDo: toDoFor(facts, id),
    next: nextSlotOf(facts),
    coming: comingFor(facts, id),
    now: marketsNow(facts),
    retests: retestsFor(facts, id),
    issues: issueRows(
      facts,
      facts.issues.filter((issue) => touches(issue, id)),
    ),
    others: facts.defects
      .filter(
        (defect) => defect.isOpen && !known.has(defect.id) && (defect.impact ?? []).some((role) => role.id === id),
      )
      .map(({ reference, summary, notKnown }) => ({
        defect: { ...reference, title: summary ?? reference.title },
        notKnown,
      })),
    notes: notesFor(facts, id),
  };
}

/** What names no role may touch every one. */
function touches({ impact = [] }: Affected, role: string): boolean {
  return impact.length === 0 || impact.some(({ id }) => id === role);
}

function toDoFor(facts: Facts, role: string): RolePage['toDo'] {
  return notesNow(facts).map(({ title, note }) => {
    const { roles, everybody } = note.shown.actions;
    const own = roles.find(({ id }) => id === role)?.actions ?? [];
    return { title, release: note.release, note: stageOf(note), actions: [...own, ...everybody] };
  });
}

function retestsFor({ retests }: Facts, role: string): PublicRetest[] {
  const isOpen = ({ outcome }: PublicRetest) => ['waiting', 'reopened', 'untracked'].includes(outcome);
  return inOrder(retests.filter((retest) => isOpen(retest) && touches(retest, role)));
}

/** What is on its way, as the last note has it, else as it is proposed. */
function comingFor({ releases, notes, defects, changes }: Facts, role: string): RolePage['coming'] {
  const records = new Map([...defects, ...changes].map((record) => [record.id, record.impact]));
  return releases
    .filter(({ state }) => !['complete', 'deployed', 'failed', 'closed'].includes(state))
    .flatMap(({ id, reference, items }) => {
      const note = notes.findLast(({ release }) => release === id);
      const impacts = new Map(note?.shown.items.map(({ item, impact }) => [item.id, impact]));
      const own = items.filter(({ item, membership }) => {
        const impact = impacts.get(item.id) ?? records.get(item.id);
        return membership !== 'withdrawn' && touches({ impact, components: [], interfaces: [], fuels: [] }, role);
      });
      if (own.length === 0) return [];
      return [
        {
          release: reference,
          items: own.map(({ item, note: words }) => ({ item: { id: item.id, path: item.path }, note: words })),
        },
      ];
    });
}

/** The last note of each release that touches the role, the newest first. */
function notesFor({ notes, releases }: Facts, role: string): RolePage['notes'] {
  const last = new Map(notes.map((note) => [note.release, note]));
  return [...last.values()]
    .map((note) => ({ note, own: note.shown.items.filter((item) => touches(item, role)) }))
    .filter(({ own }) => own.length > 0)
    .sort((a, b) => (a.note.publishedAt.local < b.note.publishedAt.local ? 1 : -1))
    .map(({ note, own }) => {
      const release = releases.find(({ id }) => id === note.release);
      return {
        release: { id: note.release, title: note.shown.title, path: release?.reference.path },
        stage: stageOf(note),
        publishedAt: note.publishedAt,
        items: own.map(({ item: { id, path } }) => ({ id, path })),
      };
    });
}
