import type { Time } from '../../words/dates.ts';
import type { Facts } from '../facts.ts';
import type { PublicPeople } from '../people.ts';
import type { PublicPlan, PublicRaci } from '../plan.ts';

/** The plan in our words with its control tables. */
export type PlanPage = Omit<PublicPlan, 'about' | 'raci'> & {
  asOf: Time;
  programme: string;
  changeOrder?: string | undefined;
};

export function planPage({ asOf, programme, plan }: Facts): PlanPage {
  const { about: _about, raci: _raci, ...shown } = plan;
  return { asOf: asOf.time, programme: programme.name, changeOrder: programme.changeOrder, ...shown };
}

/** Who does what. */
export type RaciPage = PublicRaci;

export function raciPage({ plan }: Facts): RaciPage {
  return plan.raci;
}

/** What the programme says about itself; nothing when it has written nothing. */
export type AboutPage = { title?: string | undefined; markdown?: string | undefined };

export function aboutPage({ plan }: Facts): AboutPage {
  return { title: plan.about?.title, markdown: plan.about?.markdown };
}

/** Who is behind the initials, in which role and from when until when. */
export type PeoplePage = PublicPeople;

export function peoplePage({ people }: Facts): PeoplePage {
  return people;
}
