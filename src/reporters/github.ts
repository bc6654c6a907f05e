import type { Level } from '../diagnostic.ts';
import { visible } from '../model/visible.ts';
import type { Reporter } from './reporter.ts';

const commands: Record<Level, string> = {
  error: 'error',
  overdue: 'warning',
  warning: 'warning',
  information: 'notice',
  waived: 'notice',
};

/** Workflow commands of GitHub Actions, one annotation a line. */
export const github: Reporter = ({ diagnostics, prefix }) =>
  diagnostics
    .map(({ file, line, column, endLine, endColumn, level, rule, message, hint, clause }) => {
      const place = {
        file: prefix + file,
        line,
        col: column,
        ...(endLine ? { endLine } : {}),
        ...(endColumn ? { endColumn } : {}),
        title: clause ? `${rule} (clause ${clause})` : rule,
      };
      const properties = Object.entries(place).map(([key, value]) => `${key}=${property(String(value))}`);
      return `::${commands[level]} ${properties.join(',')}::${data([message, hint].filter(Boolean).join(' '))}\n`;
    })
    .join('');

/**
 * Percent signs and line ends are escaped as the runner asks, so that no text can begin a command of its own; what
 * cannot be seen is written out.
 */
function data(text: string): string {
  return visible(text).replaceAll('%', '%25').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
