import type { Catalog } from '../../../derive/catalog.ts';
import type { Note } from '../../../model/note.ts';
import type { Instant } from '../../../model/time.ts';
import { type Time, timeOf } from '../../words/dates.ts';
import { lineWords } from '../../words/statuses.ts';
import { type PublicActor, sealedActor } from '../actors.ts';
import { type Reference, referenceTo } from '../reference.ts';

/** When it is planned, why it could not wait, and what speaks for it. */
export type NoteEvidence = {
  window?: { from: Time; until: Time; effect: string } | undefined;
  publishedAt: Time;
  publishedBy: PublicActor[];
  emergency?: NoteEmergencyModel | undefined;
  review?: NoteDecision | undefined;
  approval?: NoteDecision | undefined;
  tests: { at: Time; environment: string; outcome: string; items: string[] }[];
  /** Who was consulted and told before the note was published. */
  contacts: { at: Time; what: string; consulted: string[]; informed: string[] }[];
  waivers: {
    id: string;
    rule: string;
    clause?: string | undefined;
    reason: string;
    by: string;
    at: Time;
    expires: string;
  }[];
};

export type NoteEmergencyModel = {
  stopped: { item: Reference; severity?: string | undefined; what: string }[];
  review?:
    | {
        at: Time;
        attendees: string[];
        immediate: boolean;
        window?: { from: Time; until: Time } | undefined;
        decision: string;
        reason?: string | undefined;
      }
    | undefined;
};

type NoteDecision = { at: Time; by: PublicActor[]; decision: string };

export function noteEvidence(catalog: Catalog, note: Note): NoteEvidence {
  const { window, review, approval, emergency } = note;
  const at = (instant: Instant) => timeOf(instant, catalog.policy.programme.zone);
  const decided = (given: NonNullable<Note['review']>): NoteDecision => ({
    at: at(given.at),
    by: given.by.map((actor) => sealedActor(catalog, actor)),
    decision: given.decision,
  });
  return {
    window: window && { from: at(window.from), until: at(window.until), effect: window.effect },
    publishedAt: at(note.publishedAt),
    publishedBy: note.publishedBy.map((actor) => sealedActor(catalog, actor)),
    emergency: emergency && emergencyOf(catalog, emergency),
    review: review && decided(review),
    approval: approval && decided(approval),
    tests: note.tests.map((entry) => ({
      at: at(entry.at),
      environment: entry.environment,
      outcome: entry.outcome,
      items: entry.items,
    })),
    contacts: note.contacts.map(({ at: moment, did, about, consulted, informed }) => ({
      at: at(moment),
      what: about ?? lineWords[did],
      consulted,
      informed,
    })),
    waivers: note.waivers.map(({ id, rule, clause, reason, by, at: granted, expires }) => ({
      id,
      rule,
      clause,
      reason,
      by,
      at: at(granted),
      expires,
    })),
  };
}

function emergencyOf(catalog: Catalog, { stopped, review }: NonNullable<Note['emergency']>): NoteEmergencyModel {
  const at = (instant: Instant) => timeOf(instant, catalog.policy.programme.zone);
  return {
    stopped: stopped.map(({ id, title, severity, what }) => ({
      item: referenceTo(catalog, 'item', id, title),
      severity,
      what,
    })),
    review: review && {
      at: at(review.at),
      attendees: review.attendees,
      immediate: review.immediate,
      window: review.from && review.until ? { from: at(review.from), until: at(review.until) } : undefined,
      decision: review.decision,
      reason: review.reason,
    },
  };
}
