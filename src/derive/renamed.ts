import type { Note } from '../model/note.ts';
import type { PolicyFiles, Records } from '../validate/validate.ts';

/** The records with every component under the id that it has today, so that its history is one. */
export function withPresentNames(records: Records & { policy: PolicyFiles }): Records & { policy: PolicyFiles } {
  const names = new Map(
    records.policy.components.flatMap(({ id, formerly }) => formerly.map((name) => [name, id] as const)),
  );
  if (names.size === 0) return records;
  const present = (name: string) => names.get(name) ?? name;
  const all = (list: readonly string[] | undefined) => list && [...new Set(list.map(present))];
  const keyed = <Value>(table: Record<string, Value>) =>
    Object.fromEntries(Object.entries(table).map(([name, value]) => [present(name), value]));
  return {
    ...records,
    releases: records.releases.map((release) => ({
      ...release,
      items: release.items.map((item) => (item.components ? { ...item, components: all(item.components) } : item)),
      ...(release.bau ? { bau: keyed(release.bau) } : {}),
      log: release.log.map((line) => {
        if (line.did === 'deliver' && line.versions) return { ...line, versions: keyed(line.versions) };
        return line.did === 'deploy' && line.components ? { ...line, components: all(line.components) } : line;
      }),
    })),
    defects: records.defects.map((defect) =>
      defect.tracker.component === undefined
        ? defect
        : { ...defect, tracker: { ...defect.tracker, component: present(defect.tracker.component) } },
    ),
    changes: records.changes.map((change) => ({ ...change, components: all(change.components) ?? [] })),
    published: records.published.map((entry) => ({ ...entry, note: noteWith(entry.note, present) })),
  };
}

function noteWith(note: Note, present: (name: string) => string): Note {
  return {
    ...note,
    versions: note.versions.map((row) => ({ ...row, component: present(row.component) })),
    bau: note.bau.map((row) => ({ ...row, component: present(row.component) })),
    items: note.items.map((item) => ({
      ...item,
      components: item.components.map((component) => ({ ...component, id: present(component.id) })),
    })),
  };
}
