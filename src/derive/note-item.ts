import type { Note, NoteItem } from '../model/note.ts';
import type { Catalog } from './catalog.ts';
import type { Snapshot } from './snapshot.ts';
import type { ReleaseHistory } from './history.ts';
import { valueAt } from './known-issues.ts';
import { changeOf, defectOf } from './lookup.ts';
import { named, optional } from './names.ts';
import { effectiveDay } from './slots.ts';

/** The part of a note that the release's own file decides; an edit to it after publication needs an erratum (C-138). */
export type OwnPart = Pick<
  Note,
  'release' | 'title' | 'summary' | 'type' | 'phase' | 'slot' | 'items' | 'bau' | 'requires' | 'documents' | 'body'
>;

/** The own part of a release as a snapshot of it stands. */
export function ownPart(catalog: Catalog, release: ReleaseHistory, snapshot: Snapshot): OwnPart {
  const { record } = release;
  const { programme } = catalog.policy;
  return {
    release: release.id,
    title: record.title,
    summary: record.summary,
    type: record.type,
    phase: { id: record.phase, name: programme.phases.find(({ id }) => id === record.phase)?.name ?? record.phase },
    ...optional('slot', slotOf(catalog, release)),
    items: snapshot.bundle.map((id) => itemOf(catalog, release, id)),
    bau: Object.entries(record.bau ?? {}).map(([component, { drop, decision, reason }]) => ({
      component,
      drop,
      decision,
      reason,
    })),
    requires: record.requires ?? [],
    documents: record.documents ?? [],
    body: record.body.tree as unknown as Note['body'],
  };
}

/** One item with its words for readers, from the header, the defect or change, and the closed lists. */
export function itemOf(catalog: Catalog, release: ReleaseHistory, id: string): NoteItem {
  const { programme, components } = catalog.policy;
  const listed = release.record.items.find((item) => item.id === id);
  const defect = defectOf(catalog, id);
  const change = changeOf(catalog, id);
  const componentIds =
    listed?.components ??
    (defect ? [defect.tracker.component].filter((component) => component !== undefined) : change?.components) ??
    [];
  const impact = listed?.impact ?? defect?.impact ?? change?.impact ?? [];
  const fuel = defect?.fuel ?? change?.fuel;
  return {
    id,
    record: change ? 'change' : 'defect',
    title: defect?.tracker.title ?? change?.title ?? id,
    kind: listed?.kind ?? 'code',
    ...(defect
      ? {
          ...optional('severity', valueAt(defect, 'severity', catalog.asOf, programme.zone)),
          ...optional('priority', defect.tracker.priority),
          raised: defect.tracker.raised.slice(0, 10),
        }
      : {}),
    components: named(componentIds, components),
    ...optional('line', listed?.line),
    ...optional('summary', defect?.summary ?? change?.summary),
    note: listed?.note ?? '',
    impact: named(impact, programme.marketRoles),
    ...optional('fuel', fuel === undefined ? undefined : named([fuel], programme.fuels)[0]),
    fileFormat: named([listed?.fileFormat ?? 'none'], programme.fileFormats)[0] as { id: string; name: string },
    interfaces: listed?.interfaces ?? [],
    action: named([listed?.action ?? 'none'], programme.actions)[0] as { id: string; name: string },
    ...optional('retest', listed?.retest),
    ...optional('reason', listed?.reason),
  };
}

function slotOf({ policy }: Catalog, { record }: ReleaseHistory): Note['slot'] {
  if (record.slot === undefined) return undefined;
  const exception = policy.schedule.slots.find(({ date }) => date === record.slot);
  return { date: record.slot, day: effectiveDay(record.slot, policy), ...optional('reason', exception?.reason) };
}
