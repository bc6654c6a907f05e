import type { Note, noteParts } from '../model/note.ts';
import type { Programme } from '../model/programme.ts';
import type { Labelled } from '../model/labelled.ts';
import type { Terms } from '../model/terms.ts';
import { toLocal } from '../model/time.ts';
import { capital } from '../model/wording.ts';

/**
 * One fact of a note in words. `key` tells apart those of which there are several; `ids` is what the words stand for,
 * where a name could stay the same.
 */
export type NoteRow = {
  part: (typeof noteParts)[number];
  item?: string | undefined;
  what: string;
  key?: string | undefined;
  ids?: string | undefined;
  text: string;
};

type Told = Omit<Note, 'changed'>;
type Words = { terms: Terms; when: (instant: string) => string };
/** A fact that is not there has no text. */
type Field = [what: string, text: string | undefined, more?: { key?: string; ids?: string | undefined }];

const list = (values: readonly string[]) => values.join('; ') || undefined;
const names = (entries: readonly { name: string }[] = []) => list(entries.map(({ name }) => name));
const ids = (entries: readonly { id: string }[] = []) => entries.map(({ id }) => id).join(', ');
const named = (what: string, entries: readonly Labelled[] | undefined): Field => [
  what,
  names(entries),
  { ids: ids(entries) },
];

/**
 * Every fact of a note for comparing two of them: each field, each version, each item field by field, each known issue,
 * and what speaks for the release. Left out is what any two stages differ in: stage, number, when and by whom it was
 * published; and the result of an item, which follows from the tests.
 */
export function noteRows(note: Told, { terms, zone }: Pick<Programme, 'terms' | 'zone'>): NoteRow[] {
  const words = { terms, when: (instant: string) => toLocal(instant, zone).slice(0, 16).replace('T', ' ') };
  return [
    ...rows('release', releaseFields(note, words)),
    ...rows('versions', versionFields(note, words)),
    ...note.items.flatMap((item) => rows('items', itemFields(item, words), item.id)),
    ...note.knownIssues.map((issue) => issueRow(issue)),
    ...rows('evidence', evidenceFields(note, words)),
  ];
}

function rows(part: NoteRow['part'], fields: readonly Field[], item?: string): NoteRow[] {
  return fields.flatMap(([what, text, more]) => (text === undefined ? [] : [{ part, item, what, text, ...more }]));
}

function releaseFields(note: Told, { terms, when }: Words): Field[] {
  const { slot, window } = note;
  return [
    ['Title', note.title],
    ['Summary', note.summary],
    ['Type', note.type],
    ['What the type is for', note.typeMeaning],
    ['Programme', note.programme],
    [capital(terms.changeOrder), note.changeOrder],
    ['Standing notice', note.illustrative],
    ['Marking', note.marking],
    named('Test phase', [note.phase]),
    named('Environment', note.environments),
    [capital(terms.slot), slot && [slot.day, slot.time, slot.reason].filter(Boolean).join(', '), { ids: slot?.date }],
    ['Deployment window', window && `${when(window.from)} to ${when(window.until)}`],
    ['While it is deployed', window?.effect],
    ['Sent to', list(note.informed)],
    ['Release before', note.previous],
    ['Prerequisites', list(note.requires)],
    ['Documents', list(note.documents)],
    ['Contact', note.contact],
    [`Next planned ${terms.slot}`, note.nextSlot],
    ['Emergency fixes listed again', list(note.relisted.map(({ release, items }) => `${release} with ${ids(items)}`))],
    ['What has stopped', list((note.emergency?.stopped ?? []).map(({ id, what }) => `${id}: ${what}`))],
  ];
}

function versionFields({ versions, bau }: Told, { terms }: Words): Field[] {
  return [
    ...versions.flatMap(({ name, from, to, lines }): Field[] => [
      [`${name}, from`, from ?? 'first version'],
      [`${name}, to`, to ?? 'to be announced'],
      [`${name}, ${terms.codeLine}`, list(lines)],
    ]),
    ...bau.map(({ component, drop, decision, reason }): Field => [
      `${component}, other ${terms.codeLine}`,
      `${drop}, ${decision}: ${reason}`,
    ]),
  ];
}

function itemFields(item: Told['items'][number], { terms, when }: Words): Field[] {
  return [
    ['title', item.title],
    ['kind', item.kind],
    ['severity', item.record === 'defect' ? (item.severity ?? 'not rated') : undefined],
    ['priority', item.priority],
    ['raised', item.raised],
    named('component', item.components),
    [terms.codeLine, item.line],
    [item.record, item.summary],
    ['what it does', item.note],
    named('who is affected', item.impact),
    named(terms.fuel, item.fuel && [item.fuel]),
    named('file format', item.fileFormat && [item.fileFormat]),
    ['interfaces', list(item.interfaces)],
    [
      'what you must do',
      list(item.actions.map((action) => actionText(action, when))) ?? 'nothing',
      { ids: ids(item.actions) },
    ],
    ['how to retest', item.retest],
    ['why in an emergency', item.reason],
  ];
}

/** An action in words, with its deadline where it has one. */
function actionText({ name, text, by }: Told['items'][number]['actions'][number], when: Words['when']): string {
  return [name, ...(text ? [`: ${text}`] : []), ...(by ? [`, by ${when(by)}`] : [])].join('');
}

function issueRow(issue: Told['knownIssues'][number]): NoteRow {
  const { id, title, severity = 'not rated', component, summary, impact, workaround, raised, planned } = issue;
  const facts = [title, severity, component, summary, names(impact), workaround, raised, planned];
  const text = facts.filter((fact) => fact !== undefined).join('; ');
  return { part: 'issues', item: id, what: 'known issue', text, ids: ids(impact) };
}

function evidenceFields(note: Told, words: Words): Field[] {
  const { terms, when } = words;
  const review = note.emergency?.review;
  const window = review?.from && review.until && `${when(review.from)} to ${when(review.until)}`;
  const decided = (decision: Told['review']) =>
    decision && `${decision.decision}, ${when(decision.at)}, by ${list(decision.by.map(({ initials }) => initials))}`;
  return [
    ['Release review', decided(note.review)],
    ['What the review decided', review && list([window, review.reason].filter((part) => part !== undefined))],
    ['Approval to deploy', decided(note.approval)],
    ...note.tests.map((test): Field => [
      capital(terms.internalTest),
      testText(test, words),
      { key: `${test.at} ${test.environment}` },
    ]),
    ...note.waivers.map((waiver): Field => ['Exception from the plan', waiverText(waiver, words), { key: waiver.id }]),
    ...note.contacts.map((contact): Field => [
      'Consulted and told',
      contactText(contact, words),
      { key: `${contact.at} ${contact.did}` },
    ]),
  ];
}

function testText({ at, environment, outcome, items }: Told['tests'][number], { when }: Words): string {
  return `${environment}, ${when(at)}: ${outcome}, ${items.length > 0 ? items.join(', ') : 'all items'}`;
}

function waiverText({ id, rule, reason, by, at, expires }: Told['waivers'][number], { when }: Words): string {
  return `${id}, ${rule}: ${reason}, ${by}, ${when(at)}, until ${expires}`;
}

function contactText({ at, did, consulted, informed }: Told['contacts'][number], { when }: Words): string {
  const who = [
    ...(consulted.length > 0 ? [`consulted ${consulted.join(', ')}`] : []),
    ...(informed.length > 0 ? [`told ${informed.join(', ')}`] : []),
  ];
  return `${when(at)}, ${did}: ${who.join(', ')}`;
}
