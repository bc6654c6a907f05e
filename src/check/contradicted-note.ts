import { canonical } from '../derive/canonical.ts';
import type { Catalog } from '../derive/catalog.ts';
import type { Entry } from '../derive/entry.ts';
import { entriesOf, type ReleaseHistory, snapshotAtEntry } from '../derive/history.ts';
import { windowOf } from '../derive/step-deadlines.ts';
import type { Note } from '../model/note.ts';
import { at, type RuleFinding } from './rule.ts';

/**
 * What a confirmed note tells of the log, and the log above it no longer says: the versions that were delivered, and
 * the window that was requested.
 */
export function* contradictedNote(
  release: ReleaseHistory,
  entry: Entry<'publish'>,
  note: Note,
  { policy }: Catalog,
): Generator<RuleFinding> {
  const now = snapshotAtEntry(release, entry);
  const shared = { when: entry.at, release: release.id, since: 2 };
  const hint = `Undo the edit; what is delivered or requested anew is a line of its own, and then an erratum: ccmt publish ${release.id} erratum --reason "…".`;
  for (const { component, name, to } of note.versions) {
    if (to === now.versions[component]) continue;
    const deliveries = entriesOf(release, 'deliver').filter(({ index }) => index < entry.index);
    const own = deliveries.findLast(({ line }) => line.versions?.[component] !== undefined) ?? deliveries.at(-1);
    yield {
      at: own ? at(release.record, 'log', own.index, 'versions', component) : at(release.record, 'log', entry.index),
      message: `The published note says ${name} ${to ?? 'without a version'}, and the log above it ${now.versions[component] ?? 'delivers none'}.`,
      hint,
      ...shared,
    };
  }
  const window = windowOf({ now }, policy);
  if (note.window && window && canonical(note.window) !== canonical(window))
    yield {
      at: at(release.record, 'log', (now.request as Entry<'request'>).index, 'from'),
      message: 'The window that was requested is not the one that the published note tells.',
      hint,
      ...shared,
    };
}
