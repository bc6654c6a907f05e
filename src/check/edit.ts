import type { Path } from '../diagnostic.ts';
import { recordKinds } from '../validate/record-kinds.ts';
import type { PolicyFiles, Records } from '../validate/validate.ts';

/** One change of a record: a field set, an entry inserted into its list before others, a field or entry removed. */
export type Edit = { file: string; path: Path } & (
  { kind: 'set'; value: unknown } | { kind: 'insert'; value: unknown } | { kind: 'remove' }
);

type WithPolicy = Records & { policy: PolicyFiles };

/**
 * The records with edits made to copies; a record that no edit names is the very same. Nothing where a record would no
 * longer be one.
 */
export function edited(records: WithPolicy, edits: readonly Edit[]): WithPolicy | undefined {
  const files = new Set(edits.map(({ file }) => file));
  let isWhole = true;
  const changed = <Value extends { file: string }>(list: Value[]): Value[] =>
    list.map((record) => {
      if (!files.has(record.file)) return record;
      const copy = structuredClone(record);
      for (const edit of edits.filter(({ file }) => file === record.file)) {
        make(copy, edit);
        // What is sealed are the lines as they are written.
        const [first, ...rest] = edit.path;
        if (first === 'log') make(copy, { ...edit, path: ['rawLog', ...rest] });
      }
      isWhole &&= fits(copy);
      return copy;
    });
  const result = {
    ...records,
    releases: changed(records.releases),
    defects: changed(records.defects),
    changes: changed(records.changes),
    waivers: changed(records.waivers),
  };
  return isWhole ? { ...result, policy: withPolicy(records.policy, edits) } : undefined;
}

/** What the programme says of its people and its calendar, with edits made to copies. */
function withPolicy(policy: PolicyFiles, edits: readonly Edit[]): PolicyFiles {
  const changed = { ...policy };
  for (const name of ['people', 'schedule'] as const) {
    const own = edits.filter(({ file }) => file === `${name}.yaml`);
    if (own.length === 0) continue;
    const copy = structuredClone(policy[name]);
    for (const edit of own) make(copy, edit);
    Object.assign(changed, { [name]: copy });
  }
  return changed;
}

/** What stands at a path; nothing where it ends early. */
export function valueIn(record: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[part] : undefined,
    record,
  );
}

/** True for a record whose fields are those of its kind, beside what its reader added. */
function fits(record: { file: string; body?: unknown; text?: unknown; rawLog?: unknown }): boolean {
  const { file, body: _, text: __, rawLog: ___, ...fields } = record;
  return recordKinds.some(({ path, schema }) => path.test(file) && schema.safeParse(fields).success);
}

function make(record: unknown, edit: Edit): void {
  const holder = valueIn(record, edit.path.slice(0, -1));
  const last = edit.path.at(-1);
  if (typeof holder !== 'object' || holder === null || last === undefined) return;
  const fields = holder as Record<string | number, unknown>;
  if (edit.kind === 'set') fields[last] = edit.value;
  else if (Array.isArray(holder))
    holder.splice(Number(last), edit.kind === 'remove' ? 1 : 0, ...(edit.kind === 'insert' ? [edit.value] : []));
  else if (edit.kind === 'remove') delete fields[last];
}
