import type { CellState } from '../../../derive/matrix.ts';
import { dayOf, type Time } from '../../words/dates.ts';
import type { PublicDuty } from '../duties.ts';
import type { Facts } from '../facts.ts';
import type { NoteActions } from '../note/actions.ts';
import type { PublicNote } from '../notes.ts';
import type { Reference } from '../reference.ts';
import { type Attention, attentionOf } from './attention.ts';
import { type NextSlot, nextSlotOf } from './next-slot.ts';
import { stageOf, type StageReference } from './note.ts';

/** The first page: what is in front of participants, what comes next, and what is out of the ordinary. */
export type HomePage = {
  asOf: Time;
  programme: string;
  markets: string;
  attention: Attention;
  now: MarketNow[];
  lastNote?: { title: string; stage: StageReference; publishedAt: Time } | undefined;
  next: NextSlot;
  toDo: ToDo[];
  informed: string[];
  contact: string;
  duties: { next: PublicDuty[]; later: PublicDuty[] };
};

/** What is in one environment that faces the participants. */
export type MarketNow = {
  id: string;
  name: string;
  components: {
    component: Reference;
    state: CellState;
    version?: string | undefined;
    attempted?: string | undefined;
    since?: string | undefined;
    release?: Reference | undefined;
  }[];
};

/** What participants have to do for one release. */
export type ToDo = {
  title: string;
  release: string;
  note: StageReference;
  actions: NoteActions['all'];
};

export function homePage(facts: Facts): HomePage {
  const { programme, notes } = facts;
  const last = notes.at(-1);
  return {
    asOf: facts.asOf.time,
    programme: programme.name,
    markets: programme.markets,
    attention: attentionOf(facts),
    now: marketsNow(facts),
    lastNote: last && {
      title: `${last.release} ${last.shown.title}`,
      stage: stageOf(last),
      publishedAt: last.publishedAt,
    },
    next: nextSlotOf(facts),
    toDo: toDoOf(facts),
    informed: last?.shown.informed ?? [],
    contact: programme.contact,
    duties: dutiesOf(facts),
  };
}

/** What is in each environment that faces the participants. */
export function marketsNow(facts: Facts): MarketNow[] {
  return facts.environments.filter(({ isMarket }) => isMarket).map((market) => marketNow(facts, market));
}

function marketNow({ matrix, components }: Facts, { id, name }: Facts['environments'][number]): MarketNow {
  return {
    id,
    name,
    components: components.flatMap((component) => {
      const cell = matrix.now.find((entry) => entry.environment === id && entry.component === component.id);
      if (!cell || cell.state === 'absent') return [];
      const { state, version, attempted, since, release } = cell;
      return [
        {
          component: component.reference,
          state,
          version,
          attempted,
          since: since && dayOf(since),
          release: since && release,
        },
      ];
    }),
  };
}

/** The actions of the last note that is deployed, and of the note of what comes next. */
function toDoOf(facts: Facts): ToDo[] {
  return notesNow(facts).map(({ title, note }) => ({
    title,
    release: note.release,
    note: stageOf(note),
    actions: note.shown.actions.all,
  }));
}

/** The last note that is deployed, for each environment in front of participants, and the note of what comes next. */
export function notesNow({ environments, notes, releases }: Facts): { title: string; note: PublicNote }[] {
  const stateOf = (id: string) => releases.find((release) => release.id === id)?.state;
  const isOut = (id: string) => ['complete', 'deployed', 'failed'].includes(stateOf(id) ?? '');
  const latest = (test: (id: string) => boolean) => notes.findLast(({ release }) => test(release));
  const coming = latest((id) => !isOut(id) && stateOf(id) !== 'closed');
  const isIn = (id: string, environment: string) =>
    releases
      .find((release) => release.id === id)
      ?.progress.some((progress) => progress.environment === environment && progress.at !== undefined) ?? false;
  const markets = environments.filter(({ isMarket }) => isMarket);
  // Each environment has a release of its own; where several have the same, it stands here once.
  const now = Map.groupBy(markets, ({ name }) => latest((id) => isOut(id) && isIn(id, name)));
  return [
    ...[...now].map(([note, places]) => ({ title: `Now in ${places.map(({ name }) => name).join(', ')}`, note })),
    { title: 'Coming next', note: coming },
  ].flatMap(({ title, note }) => (note ? [{ title, note }] : []));
}

/** All of emergencies and all that is overdue, then the next four deadlines; the rest can be opened. */
function dutiesOf({ duties }: Facts): HomePage['duties'] {
  const isFirst = ({ isOverdue, isUrgent, isUnknown }: PublicDuty) => isOverdue || isUrgent || isUnknown;
  const coming = duties.filter((duty) => !isFirst(duty) && duty.due !== undefined);
  const moments = [...new Set(coming.map(({ due }) => due?.local))].slice(0, 4);
  const isNext = (duty: PublicDuty) =>
    isFirst(duty) || (duty.due !== undefined && moments.includes(duty.due.local)) || coming.length === 0;
  return { next: duties.filter(isNext), later: duties.filter((duty) => !isNext(duty)) };
}
