import { codeFrameColumns } from '@babel/code-frame';
import type { Diagnostic, Level } from '../diagnostic.ts';

/** How to show text in a colour; the identity where there is none. */
export type Paint = (style: 'red' | 'yellow' | 'cyan' | 'dim' | 'bold' | 'green', text: string) => string;

export type PrettyOptions = {
  paint: Paint;
  /** The text of a file, for the frame; none when it cannot be shown. */
  textOf: (file: string) => string | undefined;
  /** Written before each path, so that a click finds the file. */
  prefix: string;
};

const words: Record<Level, string> = { error: 'error', overdue: 'overdue', warning: 'warning', information: 'information', waived: 'waived' };
const colours: Record<Level, Parameters<Paint>[0]> = { error: 'red', overdue: 'yellow', warning: 'yellow', information: 'cyan', waived: 'dim' };

/** Diagnostics for a person at a terminal: place, what is wrong, the lines with the guilty span, what would be right, and why. */
export function pretty(diagnostics: readonly Diagnostic[], options: PrettyOptions): string {
  return diagnostics.map((diagnostic) => one(diagnostic, options)).join('\n');
}

/** How many of each level, in one line. */
export function summary(diagnostics: readonly Diagnostic[]): string {
  const count = (level: Level) => diagnostics.filter((diagnostic) => diagnostic.level === level).length;
  const parts = [plural(count('error'), 'error'), ...(count('overdue') > 0 ? [`${count('overdue')} overdue`] : []), plural(count('warning'), 'warning')];
  if (count('waived') > 0) parts.push(`${count('waived')} waived`);
  return parts.join(', ');
}

function one(diagnostic: Diagnostic, { paint, textOf, prefix }: PrettyOptions): string {
  const { file, line, column, level, message, hint, rule, obligation, clause, page, related, waiver } = diagnostic;
  const head = `${paint('bold', `${prefix}${file}:${line}:${column}`)} ${paint(colours[level], words[level])} ${visible(message)} ${paint('dim', rule)}`;
  const frame = frameOf(diagnostic, textOf(file));
  const source = [clause ? `clause ${clause}` : '', obligation ?? '', page].filter(Boolean).join(' · ');
  return [
    head,
    ...(frame ? [frame] : []),
    ...(hint ? [`  ${paint('green', 'mend')}  ${visible(hint)}`] : []),
    ...correctedLine(diagnostic, textOf(file)).map((corrected) => `  ${paint('green', 'write')} ${visible(corrected)}`),
    ...(waiver ? [`  ${paint('dim', `owned by the waiver ${waiver}`)}`] : []),
    ...(related ?? []).map((other) => `  ${paint('cyan', 'see')}   ${prefix}${other.file}:${other.line}:${other.column} ${visible(other.message)}`),
    `  ${paint('dim', `why   ${source}`)}`,
    '',
  ].join('\n');
}

/** The guilty line as it could read, where that can be computed. */
function correctedLine({ line, column, endLine, endColumn, fix }: Diagnostic, text: string | undefined): string[] {
  const written = text?.split(/\r?\n/)[line - 1];
  if (fix?.kind !== 'replace' || written === undefined || endLine !== line || endColumn === undefined) return [];
  const corrected = `${written.slice(0, column - 1)}${fix.text}${written.slice(endColumn - 1)}`.trim();
  return corrected.length > 160 ? [] : [corrected];
}

function frameOf({ line, column, endLine, endColumn }: Diagnostic, text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  const lines = text.split(/\r?\n/);
  if (line > lines.length) return undefined;
  const end = endLine === line && endColumn !== undefined && endColumn > column ? { line, column: endColumn - 1 } : undefined;
  const shown = lines.map((entry) => visible(entry.length > 160 ? `${entry.slice(0, 160)}…` : entry)).join('\n');
  return codeFrameColumns(shown, { start: { line, column: Math.min(column, 160) - 1 }, ...(end && end.column <= 160 ? { end } : {}) }, { linesAbove: 1, linesBelow: 1 })
    .split('\n')
    .map((entry) => `  ${entry}`)
    .join('\n');
}

/** Control characters and direction marks are shown, never sent to the terminal. */
function visible(text: string): string {
  return text.replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, (sign) => `<U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`);
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
