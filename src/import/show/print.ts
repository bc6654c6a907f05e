import { cleanText, oneLine } from '../clean-text.ts';
import type { ImportPlan } from '../plan.ts';
import { counted, inGroups, quoted } from '../wording.ts';
import { sentenceOf } from './sentence.ts';

/** How to show text in a colour; the identity where there is none. */
type Paint = (style: 'red' | 'yellow' | 'cyan' | 'dim' | 'bold' | 'green', text: string) => string;

/** So many of each kind are shown; the report for programs has all. */
const shown = 12;

/** A plan for a person at a terminal. What stands in the export is shown as text and can do nothing to the terminal. */
export function printPlan(plan: ImportPlan, paint: Paint): string {
  const { rows, columns, cells } = plan.balance;
  const counts: [string, number, string][] = [
    ['new', rows.created, rangeOf(plan.created.map(({ id }) => id))],
    ['changed', rows.updated, tally(plan)],
    ['unchanged', rows.unchanged, ''],
    ['collapsed', rows.collapsed, rows.collapsed > 0 ? 'say what another row says' : ''],
    ['quarantined', rows.quarantined, conflictsIn(plan)],
    ['ignored', rows.ignored, reasonsIn(plan)],
  ];
  return [
    `${paint('bold', seen(plan.file))} · profile ${plan.profile} · ${counted(rows.read, 'row')} · as of ${plan.exported}`,
    ...counts.map(
      ([word, count, more]) =>
        `  ${word.padEnd(12)}${inGroups(count).padStart(8)}${more ? `  ${paint('dim', more)}` : ''}`,
    ),
    ...(plan.absent.length > 0
      ? [
          `  ${'absent'.padEnd(12)}${inGroups(plan.absent.length).padStart(8)}  ${paint('dim', 'not in this export; they stay as they are')}`,
        ]
      : []),
    `  ${counted(columns.read, 'column')}: ${columns.mapped} feed fields, ${columns.kept + columns.unknown} kept, ${columns.ignored} left out; ${counted(cells.read, 'cell')}, all accounted for`,
    ...section(
      paint('bold', 'New'),
      plan.created,
      ({ id, row }) => `${id}  ${seen(row.mapped.values.key ?? '')}  ${seen(row.mapped.values.title ?? '')}`,
    ),
    ...section(
      paint('bold', 'Changed'),
      plan.updated,
      ({ id, row, changes, isReopened }) =>
        `${id}  ${seen(row.mapped.values.key ?? '')}  ${changes.map(({ field, from, to }) => `${seen(field)} ${seen(quoted(from))} → ${seen(quoted(to))}`).join(', ')}${isReopened ? paint('yellow', '  reopened') : ''}`,
    ),
    ...section(paint('red', 'Quarantined'), plan.setAside, ({ row, problems }) =>
      problems.map((problem) => placed(plan, sentenceOf(problem, row))).join('\n    '),
    ),
    ...[...Map.groupBy(plan.alarms, ({ hint }) => hint)].flatMap(([hint, alarms]) => [
      ...section(paint('yellow', 'Contradicts what was published'), alarms, ({ message }) => seen(message)),
      `  ${paint('green', 'mend')}  ${seen(hint)}`,
    ]),
    ...section(paint('cyan', 'What it means for releases'), plan.effects, ({ message }) => seen(message)),
    ...section(
      paint('yellow', 'Worth a look'),
      [
        ...plan.notes.map(seen),
        ...plan.flagged.flatMap((row) => row.mapped.flags.map((flag) => placed(plan, sentenceOf(flag, row)))),
      ],
      (line) => line,
    ),
    ...section(
      paint('bold', 'Ignored rows'),
      plan.ignored.filter(({ why }) => why !== 'blank'),
      ({ sheet: { name }, index, why, text }) =>
        `${name === '' ? '' : `${seen(name)}!`}row ${index + 1}, ${why}: ${seen(text)}`,
    ),
    '',
  ].join('\n');
}

function placed({ file }: ImportPlan, sentence: string): string {
  return `${seen(file)} · ${seen(sentence)}`;
}

function section<Entry>(title: string, entries: readonly Entry[], line: (entry: Entry) => string): string[] {
  if (entries.length === 0) return [];
  const rest = entries.length - shown;
  return [
    '',
    title,
    ...entries.slice(0, shown).map((entry) => `  ${line(entry)}`),
    ...(rest > 0 ? [`  and ${inGroups(rest)} more (--json lists all)`] : []),
  ];
}

function tally({ updated }: ImportPlan): string {
  const parts = [
    [updated.filter(({ isReopened }) => isReopened).length, 'reopened'],
    [updated.filter(({ isSeverityChanged }) => isSeverityChanged).length, 'with another severity'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${count} ${words}`)
    .join(', ');
}

function conflictsIn({ setAside }: ImportPlan): string {
  const count = setAside.filter(({ isConflict }) => isConflict).length;
  return count > 0 ? `${count} in conflict with what is recorded` : '';
}

function reasonsIn({ ignored }: ImportPlan): string {
  return [...Map.groupBy(ignored, ({ why }) => why)].map(([why, rows]) => `${rows.length} ${why}`).join(', ');
}

function rangeOf(ids: readonly string[]): string {
  return ids.length > 1 ? `${ids[0]} to ${ids.at(-1)}` : (ids[0] ?? '');
}

function seen(text: string): string {
  const line = oneLine(cleanText(text));
  return line.length > 400 ? `${line.slice(0, 400)}…` : line;
}
