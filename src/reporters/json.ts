import type { Diagnostic, Level } from '../diagnostic.ts';

/** The report for programs: one document, the same shape on success and failure. */
export type JsonReport = { format: 1; command: string; asOf: string; summary: Record<Level, number>; diagnostics: readonly Diagnostic[] };

/** Diagnostics as one JSON document. */
export function jsonReport(command: string, asOf: string, diagnostics: readonly Diagnostic[]): JsonReport {
  const summary: Record<Level, number> = { error: 0, overdue: 0, warning: 0, information: 0, waived: 0 };
  for (const { level } of diagnostics) summary[level] += 1;
  return { format: 1, command, asOf, summary, diagnostics };
}
