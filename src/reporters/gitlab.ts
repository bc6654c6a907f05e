import type { Diagnostic, Level } from '../diagnostic.ts';
import { fingerprints } from './fingerprint.ts';

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

/** Diagnostics as a GitLab code quality report. */
export function gitlab(diagnostics: readonly Diagnostic[], { prefix }: { prefix: string }): CodeQualityIssue[] {
  const prints = fingerprints(diagnostics);
  return diagnostics.map(({ file, line, endLine, level, rule, message, hint }, index) => ({
    description: [message, hint].filter(Boolean).join(' '),
    check_name: rule,
    fingerprint: prints[index] as string,
    severity: severities[level],
    location: { path: prefix + file, lines: { begin: line, ...(endLine ? { end: endLine } : {}) } },
  }));
}
