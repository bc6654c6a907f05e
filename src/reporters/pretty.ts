import { codeFrameColumns } from '@babel/code-frame';
import type { Diagnostic, Level } from '../diagnostic.ts';
import { visible, visibleLine } from '../model/visible.ts';
import { counted, cut } from '../model/wording.ts';
import type { Paint, Report, Reporter } from './reporter.ts';

/** What a list of diagnostics needs to be shown at a terminal. */
export type PrettyOptions = Pick<Report, 'paint' | 'textOf' | 'prefix'>;

const words: Record<Level, string> = {
  error: 'error',
  overdue: 'overdue',
  warning: 'warning',
  information: 'information',
  waived: 'waived',
};
const colours: Record<Level, Parameters<Paint>[0]> = {
  error: 'red',
  overdue: 'yellow',
  warning: 'yellow',
  information: 'cyan',
  waived: 'dim',
};

/** So much of a line is shown. */
const widest = 160;

/** For a person at a terminal: every diagnostic that is not waived, and how many there are of each level. */
export const pretty: Reporter = ({ diagnostics, all, files, instant, ...options }) => {
  const shown = diagnostics.filter(({ level }) => level !== 'waived');
  const list = shown.length > 0 ? `${listed(shown, options, all)}\n` : '';
  return `${list}${conclusion({ files, instant, diagnostics: all ?? diagnostics })}\n`;
};

/** What a command that makes the site shows: what is neither owned by a waiver nor for information only. */
export function withoutRemarks(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.filter(({ level }) => level !== 'waived' && level !== 'information');
}

/** How many files were read, and what was found in them, in one line. */
export function conclusion({ files, instant, diagnostics }: Pick<Report, 'files' | 'instant' | 'diagnostics'>): string {
  return `${counted(files, 'file')} checked as of ${instant}: ${summary(diagnostics)}.`;
}

/**
 * Diagnostics one below the other: place, what is wrong, the lines with the guilty span, what would be right, and why;
 * what follows from another stands below it. Of those of `all` that are not shown it is said how many follow.
 */
export function listed(
  diagnostics: readonly Diagnostic[],
  options: PrettyOptions,
  all: readonly Diagnostic[] = diagnostics,
): string {
  const linesOf = linesFinder(options.textOf);
  const hidden = all.filter((diagnostic) => diagnostic.causedBy && !diagnostics.includes(diagnostic));
  return belowCauses(diagnostics)
    .map((diagnostic) => {
      const following = hidden.filter(({ causedBy }) => causedBy && isSame(causedBy, diagnostic)).length;
      return one(diagnostic, options, linesOf(diagnostic.file), following);
    })
    .join('\n');
}

function belowCauses(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const placed = new Set<Diagnostic>();
  const inOrder = diagnostics.flatMap((cause) => {
    if (cause.causedBy) return [];
    const own = diagnostics.filter(({ causedBy }) => causedBy && isSame(causedBy, cause));
    return [cause, ...own];
  });
  for (const diagnostic of inOrder) placed.add(diagnostic);
  return [...inOrder, ...diagnostics.filter((diagnostic) => !placed.has(diagnostic))];
}

function isSame(cause: NonNullable<Diagnostic['causedBy']>, diagnostic: Diagnostic): boolean {
  return (
    cause.rule === diagnostic.rule &&
    cause.file === diagnostic.file &&
    cause.line === diagnostic.line &&
    cause.message === diagnostic.message
  );
}

/** How many of each level, in one line. */
export function summary(diagnostics: readonly Diagnostic[]): string {
  const count = (level: Level) =>
    diagnostics.filter((diagnostic) => diagnostic.level === level && !diagnostic.causedBy).length;
  const following = diagnostics.filter(({ causedBy }) => causedBy).length;
  const parts = [
    counted(count('error'), 'error'),
    ...(count('overdue') > 0 ? [`${count('overdue')} overdue`] : []),
    counted(count('warning'), 'warning'),
  ];
  if (count('waived') > 0) parts.push(`${count('waived')} waived`);
  if (following > 0) parts.push(`${following} more that follow from them`);
  return parts.join(', ');
}

/** The lines of a file, parted once however many findings it has. */
function linesFinder(textOf: PrettyOptions['textOf']): (file: string) => string[] | undefined {
  const known = new Map<string, string[] | undefined>();
  return (file) => {
    if (!known.has(file)) known.set(file, textOf(file)?.split(/\r?\n/));
    return known.get(file);
  };
}

function one(
  diagnostic: Diagnostic,
  { paint, prefix }: PrettyOptions,
  lines: string[] | undefined,
  following: number,
): string {
  const { file, line, column, level, message, hint, rule, obligation, clause, page, related, waiver, causedBy } =
    diagnostic;
  const head = `${paint('bold', visibleLine(`${prefix}${file}:${line}:${column}`))} ${paint(colours[level], words[level])} ${visibleLine(message)} ${paint('dim', rule)}`;
  const frame = frameOf(diagnostic, lines);
  const named = [obligation, page].filter(Boolean).join(' · ');
  const source = clause ? `clause ${clause} · ${named}` : `rule   ${named}`;
  return [
    head,
    ...(frame ? [frame] : []),
    ...(hint ? [`  ${paint('green', 'fix')}    ${visibleLine(hint)}`] : []),
    ...correctedLine(diagnostic, lines).map((corrected) => `  ${paint('green', 'edit')}   ${visible(corrected)}`),
    ...(waiver ? [`  ${paint('dim', `owned by the waiver ${waiver}`)}`] : []),
    ...(related ?? []).map(
      (other) =>
        `  ${paint('cyan', 'see')}    ${visibleLine(`${prefix}${other.file}:${other.line}:${other.column} ${other.message}`)}`,
    ),
    ...(causedBy
      ? [
          `  ${paint('dim', 'from')}   ${visibleLine(`${prefix}${causedBy.file}:${causedBy.line}:${causedBy.column} ${causedBy.message}`)}`,
        ]
      : []),
    ...(following > 0
      ? [
          `  ${paint('dim', 'then')}   ${counted(following, 'more finding')} ${following === 1 ? 'follows' : 'follow'} from this one: check --all`,
        ]
      : []),
    `  ${paint('dim', source)}`,
    '',
  ].join('\n');
}

/** The guilty line as it could read, where that can be computed. */
function correctedLine({ line, column, endLine, endColumn, fix }: Diagnostic, lines: string[] | undefined): string[] {
  const written = lines?.[line - 1];
  if (fix?.kind !== 'replace' || written === undefined || endLine !== line || endColumn === undefined) return [];
  const corrected = `${written.slice(0, column - 1)}${fix.text}${written.slice(endColumn - 1)}`.trim();
  return corrected.length > 160 ? [] : [corrected];
}

function frameOf({ line, column, endLine, endColumn }: Diagnostic, lines: string[] | undefined): string | undefined {
  const guilty = lines?.[line - 1];
  if (!lines || guilty === undefined || (lines.length === 1 && guilty === '')) return undefined;
  // What is written out takes more room than it took in the file.
  const placeOf = (place: number) => visible(guilty.slice(0, Math.min(place, widest) - 1)).length + 1;
  const end =
    endLine === line && endColumn !== undefined && endColumn > column && endColumn <= widest + 1
      ? { line, column: placeOf(endColumn) - 1 }
      : undefined;
  const startLine = Math.max(line - 1, 1);
  const shown = lines
    .slice(startLine - 1, line + 1)
    .map((entry) => visible(cut(entry, widest)))
    .join('\n');
  return codeFrameColumns(
    shown,
    { start: { line, column: placeOf(column) - 1 }, ...(end ? { end } : {}) },
    { startLine, linesAbove: 1, linesBelow: 1 },
  )
    .split('\n')
    .map((entry) => `  ${entry}`)
    .join('\n');
}
