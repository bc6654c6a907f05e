import { labelled, labelledAll, labelledAmong } from '../model/labelled.ts';
import type { Note, NoteItem } from '../model/note.ts';
import { actionsOf, noAction } from '../model/release.ts';
import { toInstant } from '../model/time.ts';
import type { Catalog } from './catalog.ts';
import type { Snapshot } from './snapshot.ts';
import type { ReleaseHistory } from './history.ts';
import { valueAt } from './known-issues.ts';
import { changeOf, defectOf, titleOf } from './lookup.ts';
import { slotOf } from './slots.ts';

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
    phase: labelled(record.phase, programme.phases),
    slot: slotOf(release, catalog.policy),
    items: snapshot.bundle.map((id) => itemOf(catalog, release, id)),
    bau: Object.entries(record.bau ?? {}).map(([component, { drop, decision, reason }]) => ({
      component,
      drop,
      decision,
      reason,
    })),
    requires: record.requires ?? [],
    documents: record.documents ?? [],
    body: record.body.tree,
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
    title: titleOf(catalog, id),
    kind: listed?.kind ?? 'code',
    ...(defect
      ? {
          severity: valueAt(defect, 'severity', catalog.asOf, programme.zone),
          priority: defect.tracker.priority,
          raised: defect.tracker.raised.slice(0, 10),
        }
      : {}),
    components: labelledAll(componentIds, components),
    line: listed?.line,
    summary: defect?.summary ?? change?.summary,
    note: listed?.note ?? '',
    impact: labelledAmong(impact, programme.marketRoles),
    fuel: fuel === undefined ? undefined : labelled(fuel, programme.fuels),
    fileFormat: listed?.fileFormat === undefined ? undefined : labelled(listed.fileFormat, programme.fileFormats),
    interfaces: listed?.interfaces ?? [],
    actions: (listed ? actionsOf(listed) : [])
      .filter((action) => action.id !== noAction)
      .map(({ text, by, ...action }) => ({
        ...labelled(action.id, programme.actions),
        text,
        by: by && toInstant(by, programme.zone),
      })),
    retest: listed?.retest,
    reason: listed?.reason,
  };
}
