import type { Paint } from '../../reporters/reporter.ts';
import { cleanText, oneLine } from '../clean-text.ts';
import { flaggedIn, type ImportPlan, rowsWith } from '../plan.ts';
import { counted, cut, inGroups } from '../../model/wording.ts';
import { quoted } from '../wording.ts';
import { remarkText } from './remark.ts';
import { sentenceOf } from './sentence.ts';

/** So many of each kind are shown; the report for programs has all. */
const shown = 12;

/** A plan for a person at a terminal. What stands in the export is shown as text and can do nothing to the terminal. */
export function printPlan(plan: ImportPlan, paint: Paint): string {
  return [...sums(plan, paint), ...defects(plan, paint), ...meaning(plan, paint), ...rest(plan, paint), ''].join('\n');
}

/** The head of a plan: what was read, and how many rows go which way. */
function sums(plan: ImportPlan, paint: Paint): string[] {
  const { rows, columns, cells } = plan.balance;
  const lines: [string, number, string][] = [
    ['new', rows.created, rangeOf(rowsWith(plan, 'create').map(({ id }) => id))],
    ['changed', rows.updated, turnsIn(plan)],
    ['unchanged', rows.unchanged, ''],
    ['collapsed', rows.collapsed, rows.collapsed > 0 ? 'say what another row says, or said before' : ''],
    ['quarantined', rows.quarantined, conflictsIn(plan)],
    ['ignored', rows.ignored, reasonsIn(plan)],
  ];
  if (plan.absent.length > 0) lines.push(['absent', plan.absent.length, 'not in this export; they stay as they are']);
  return [
    `${paint('bold', seen(plan.file))} · profile ${plan.profile} · ${counted(rows.read, 'row')} · as of ${plan.exported}`,
    ...lines.map(
      ([word, count, more]) =>
        `  ${word.padEnd(12)}${inGroups(count).padStart(8)}${more ? `  ${paint('dim', more)}` : ''}`,
    ),
    `  ${counted(columns.read, 'column')}: ${columns.mapped} feed fields, ${columns.kept + columns.unknown} kept, ${columns.ignored} left out; ${counted(cells.read, 'cell')}, all accounted for`,
  ];
}

/** What is written, field by field, and what is given back. */
function defects(plan: ImportPlan, paint: Paint): string[] {
  return [
    ...section(
      paint('bold', 'New'),
      rowsWith(plan, 'create'),
      ({ id, row }) => `${id}  ${seen(row.mapped.values.key ?? '')}  ${seen(row.mapped.values.title ?? '')}`,
    ),
    ...section(paint('bold', 'Changed'), rowsWith(plan, 'update'), ({ id, row, changes, isReopened }) => {
      const moves = changes.map(({ field, from, to }) => `${seen(field)} ${seen(quoted(from))} → ${seen(quoted(to))}`);
      const reopened = isReopened ? paint('yellow', '  reopened') : '';
      return `${id}  ${seen(row.mapped.values.key ?? '')}  ${moves.join(', ')}${reopened}`;
    }),
    ...section(paint('red', 'Quarantined'), rowsWith(plan, 'quarantine', 'conflict'), ({ row, problems }) =>
      problems.map((problem) => placed(plan, sentenceOf(problem, row))).join('\n    '),
    ),
  ];
}

/** What it contradicts, and what it means for releases. */
function meaning(plan: ImportPlan, paint: Paint): string[] {
  return [
    ...[...Map.groupBy(plan.alarms, ({ hint }) => hint)].flatMap(([hint, alarms]) => [
      ...section(paint('yellow', 'Contradicts what was published'), alarms, ({ message }) => seen(message)),
      `  ${paint('green', 'fix')}   ${seen(hint)}`,
    ]),
    ...section(paint('cyan', 'What it means for releases'), plan.effects, ({ message }) => seen(message)),
  ];
}

/** What is worth a look, and which rows are no defects. */
function rest(plan: ImportPlan, paint: Paint): string[] {
  const flags = flaggedIn(plan).flatMap((row) => row.mapped.flags.map((flag) => placed(plan, sentenceOf(flag, row))));
  return [
    ...section(
      paint('yellow', 'Worth a look'),
      [...plan.remarks.map((remark) => seen(remarkText(remark))), ...flags],
      (line) => line,
    ),
    ...section(
      paint('bold', 'Ignored rows'),
      rowsWith(plan, 'skip').filter(({ row }) => row.why !== 'blank'),
      ({ row: { sheet, index, why, text } }) =>
        `${sheet.name === '' ? '' : `${seen(sheet.name)}!`}row ${index + 1}, ${why}: ${seen(text)}`,
    ),
  ];
}

function placed({ file }: ImportPlan, sentence: string): string {
  return `${seen(file)} · ${seen(sentence)}`;
}

function section<Entry>(title: string, entries: readonly Entry[], line: (entry: Entry) => string): string[] {
  if (entries.length === 0) return [];
  const more = entries.length - shown;
  return [
    '',
    title,
    ...entries.slice(0, shown).map((entry) => `  ${line(entry)}`),
    ...(more > 0 ? [`  and ${inGroups(more)} more (--json lists all)`] : []),
  ];
}

function turnsIn(plan: ImportPlan): string {
  const updated = rowsWith(plan, 'update');
  const parts = [
    [updated.filter(({ isReopened }) => isReopened).length, 'reopened'],
    [updated.filter(({ isSeverityChanged }) => isSeverityChanged).length, 'with another severity'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${count} ${words}`)
    .join(', ');
}

function conflictsIn(plan: ImportPlan): string {
  const count = rowsWith(plan, 'conflict').length;
  return count > 0 ? `${count} in conflict with what is recorded` : '';
}

function reasonsIn(plan: ImportPlan): string {
  return [...Map.groupBy(rowsWith(plan, 'skip'), ({ row }) => row.why)]
    .map(([why, rows]) => `${rows.length} ${why}`)
    .join(', ');
}

function rangeOf(ids: readonly string[]): string {
  return ids.length > 1 ? `${ids[0]} to ${ids.at(-1)}` : (ids[0] ?? '');
}

function seen(text: string): string {
  return cut(oneLine(cleanText(text)), 400);
}
