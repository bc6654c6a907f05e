import { pathOf, pathOfStage } from '../words/address.ts';
import { readDescription } from '../text/description.ts';
import { textOf } from '../text/text-of.ts';
import { unknownComponentWord, unratedWord, withStop } from '../words/statuses.ts';
import type { Facts } from './facts.ts';

/** One page of the search index, made from the public projection only. */
export type SearchRecord = {
  id: string;
  kind: string;
  title: string;
  path: string;
  content: string;
  severity?: string | undefined;
  components: string[];
};

/**
 * Every record that can be found, notes before the releases that have none, then defects, changes, components and
 * rules.
 */
export function searchRecords(site: Facts): SearchRecord[] {
  return [...notesOf(site), ...releasesOf(site), ...defectsOf(site), ...changesOf(site), ...othersOf(site)];
}

function notesOf({ notes }: Facts): SearchRecord[] {
  return notes.map(({ release, word, name, note }) => ({
    id: release,
    kind: 'Note',
    title: `${release} ${note.title} (${word})`,
    path: pathOfStage(release, name),
    content: sentences([
      note.summary,
      note.type,
      note.phase.name,
      ...note.versions.flatMap(({ name: component, to }) => [component, to]),
      ...note.items.flatMap((item) => [item.id, item.title, item.note, item.summary, item.retest]),
      ...note.relisted.flatMap(({ items }) => items.map(({ id }) => id)),
      ...note.dropped.map(({ id }) => id),
      textOf(note.body),
    ]),
    components: [...new Set(note.items.flatMap(({ components }) => components.map((component) => component.name)))],
  }));
}

function releasesOf({ releases, notes }: Facts): SearchRecord[] {
  const noted = new Set(notes.map(({ release }) => release));
  return releases
    .filter(({ id }) => !noted.has(id))
    .map(({ id, title, summary, items }) => ({
      id,
      kind: 'Release',
      title: `${id} ${title}`,
      path: pathOf('release', id),
      content: sentences([summary, ...items.flatMap(({ item, note }) => [item.id, item.title, note])]),
      components: [],
    }));
}

function defectsOf({ defects }: Facts): SearchRecord[] {
  return defects.map(
    ({
      id,
      key,
      title,
      severity,
      status,
      components: [component],
      summary,
      workaround,
      stopsTestPhase,
      markdown,
      impact,
      standing,
      description,
    }) => ({
      id,
      kind: 'Defect',
      title: `${id} ${title}`,
      path: pathOf('defect', id),
      content: sentences([
        key,
        status.name,
        component?.name,
        summary,
        workaround,
        stopsTestPhase,
        ...(impact ?? []).map(({ name }) => name),
        markdown,
        standing.sentence,
        description && textOf(readDescription(description)),
      ]),
      severity: severity ?? unratedWord,
      components: [component?.name ?? unknownComponentWord],
    }),
  );
}

function changesOf({ changes }: Facts): SearchRecord[] {
  return changes.map(({ id, title, summary, components, markdown, standing }) => ({
    id,
    kind: 'Change',
    title: `${id} ${title}`,
    path: pathOf('change', id),
    content: sentences([summary, ...components.map(({ name }) => name), markdown, standing.sentence]),
    components: components.map(({ name }) => name),
  }));
}

function othersOf({ components, rules, plan, coverage }: Facts): SearchRecord[] {
  return [
    ...components.map(({ id, name, purpose, history }) => ({
      id,
      kind: 'Component',
      title: name,
      path: pathOf('component', id),
      content: sentences([purpose, ...new Set(history.map(({ version }) => version))]),
      components: [name],
    })),
    ...rules.map(({ id, summary, obligations }) => ({
      id,
      kind: 'Rule',
      title: summary,
      path: pathOf('rule', id),
      content: sentences(obligations.flatMap((entry) => [entry.id, entry.clause, entry.text])),
      components: [],
    })),
    { id: 'plan', kind: 'Plan', title: plan.title, path: '/plan/', content: plan.markdown, components: [] },
    {
      id: 'coverage',
      kind: 'Plan',
      title: 'How each clause is kept',
      path: '/plan/coverage/',
      content: sentences(coverage.flatMap((entry) => [entry.clause, entry.text])),
      components: [],
    },
    ...(plan.about
      ? [
          {
            id: 'about',
            kind: 'Plan',
            title: plan.about.title,
            path: '/plan/about/',
            content: plan.about.markdown,
            components: [],
          },
        ]
      : []),
  ];
}

function sentences(parts: readonly (string | undefined)[]): string {
  return parts.flatMap((part) => (part ? [withStop(part)] : [])).join(' ');
}
