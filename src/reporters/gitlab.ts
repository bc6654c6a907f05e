import type { Diagnostic, Level } from '../diagnostic.ts';
import { visibleJson } from '../model/visible.ts';
import { fingerprints } from './fingerprint.ts';
import type { Reporter } from './reporter.ts';

const severities: Record<Level, 'info' | 'minor' | 'major' | 'critical' | 'blocker'> = {
  error: 'critical',
  overdue: 'major',
  warning: 'minor',
  information: 'info',
  waived: 'info',
};

/** One issue of GitLab's code quality report. */
export type CodeQualityIssue = {
  description: string;
  check_name: string;
  fingerprint: string;
  severity: 'info' | 'minor' | 'major' | 'critical' | 'blocker';
  location: { path: string; lines: { begin: number; end?: number } };
};

/** A code quality report of GitLab. */
export const gitlab: Reporter = ({ diagnostics, prefix }) => `${visibleJson(codeQuality(diagnostics, { prefix }))}\n`;

/** Diagnostics as the issues of a code quality report. */
function codeQuality(diagnostics: readonly Diagnostic[], { prefix }: { prefix: string }): CodeQualityIssue[] {
  const prints = fingerprints(diagnostics);
  return diagnostics.map(({ file, line, endLine, level, rule, message, hint }, index) => ({
    description: [message, hint].filter(Boolean).join(' '),
    check_name: rule,
    fingerprint: prints[index] as string,
    severity: severities[level],
    location: { path: prefix + file, lines: { begin: line, ...(endLine ? { end: endLine } : {}) } },
  }));
}
