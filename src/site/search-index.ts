import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { close, createIndex, type CustomRecord, type PagefindIndex } from 'pagefind';
import { pathOf, pathOfStage } from './words/address.ts';
import type { Site } from './site.ts';
import { readDescription } from './text/description.ts';
import { stageWord, unknownComponentWord, unratedWord, withStop } from './words/statuses.ts';

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

/** Pagefind's own pages: the site has its own, so they are not shipped. */
const unused = /^pagefind-(?:ui|modular-ui|component-ui|highlight)\b/;

/**
 * Writes the index into a folder. The same site gives the same bytes: records are added one after the other, in order.
 */
export async function writeSearchIndex(site: Site, outputPath: string): Promise<void> {
  const { index, errors } = await createIndex({ forceLanguage: 'en' });
  if (!index) throw new Error(`The search index could not be made: ${errors.join(', ')}`);
  for (const record of searchRecords(site)) await add(index, record);
  const written = await index.writeFiles({ outputPath });
  await close();
  for (const name of await readdir(outputPath)) if (unused.test(name)) await rm(join(outputPath, name));
  if (written.errors.length > 0) throw new Error(`The search index could not be written: ${written.errors.join(', ')}`);
}

/**
 * Every record that can be found, notes before the releases that have none, then defects, changes, components and
 * rules.
 */
export function searchRecords(site: Site): SearchRecord[] {
  return [...notesOf(site), ...releasesOf(site), ...defectsOf(site), ...changesOf(site), ...othersOf(site)];
}

async function add(
  index: PagefindIndex,
  { id, kind, title, path, content, severity, components }: SearchRecord,
): Promise<void> {
  const filters: Record<string, string[]> = { kind: [kind] };
  if (severity) filters['severity'] = [severity];
  if (components.length > 0) filters['component'] = components;
  const record: CustomRecord = {
    url: path,
    language: 'en',
    content: `${content} ${searchable(id)}`,
    meta: { title, id, kind },
    filters,
  };
  const { errors } = await index.addCustomRecord(record);
  if (errors.length > 0) throw new Error(`${id} could not be indexed: ${errors.join(', ')}`);
}

/** An id is also found by its number, with and without the noughts before it. */
function searchable(id: string): string {
  const digits = id.replace(/^\D+/, '');
  return /^\d+$/.test(digits) ? [...new Set([id, digits, String(Number(digits))])].join(' ') : id;
}

function notesOf({ notes }: Site): SearchRecord[] {
  return notes.map(({ release, stage, number, name, note }) => ({
    id: release,
    kind: 'Note',
    title: `${release} ${note.title} (${stageWord(stage, number)})`,
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

function releasesOf({ releases, notes }: Site): SearchRecord[] {
  const noted = new Set(notes.map(({ release }) => release));
  return releases
    .filter(({ id }) => !noted.has(id))
    .map(({ id, title, summary, items }) => ({
      id,
      kind: 'Release',
      title: `${id} ${title}`,
      path: pathOf('release', id),
      content: sentences([summary, ...items.flatMap((item) => [item.id, item.title, item.note])]),
      components: [],
    }));
}

function defectsOf({ defects }: Site): SearchRecord[] {
  return defects.map(
    ({
      id,
      key,
      title,
      severity,
      status,
      component,
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
        ...impact.map(({ name }) => name),
        markdown,
        standing.sentence,
        description && textOf(readDescription(description)),
      ]),
      severity: severity ?? unratedWord,
      components: [component?.name ?? unknownComponentWord],
    }),
  );
}

function changesOf({ changes }: Site): SearchRecord[] {
  return changes.map(({ id, title, summary, components, markdown, standing }) => ({
    id,
    kind: 'Change',
    title: `${id} ${title}`,
    path: pathOf('change', id),
    content: sentences([summary, ...components.map(({ name }) => name), markdown, standing.sentence]),
    components: components.map(({ name }) => name),
  }));
}

function othersOf({ components, rules, plan, coverage }: Site): SearchRecord[] {
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

/** Nodes in which a word may be half in bold, so that no space may come between their parts. */
const unbroken = new Set([
  'paragraph',
  'typed',
  'heading',
  'strong',
  'emphasis',
  'delete',
  'link',
  'linkReference',
  'mdxJsxTextElement',
]);

/** The words of a body's tree. */
function textOf(node: unknown): string {
  const { type = '', value, children } = node as { type?: string; value?: unknown; children?: unknown[] };
  if (typeof value === 'string') return value;
  if (type === 'break') return ' ';
  return (children ?? []).map(textOf).join(unbroken.has(type) ? '' : ' ');
}
