import type { Location, Log, ReportingDescriptor, Result } from 'sarif';
import type { Diagnostic, Level, Position } from '../diagnostic.ts';
import { visibleJson } from '../model/visible.ts';
import { fingerprints } from './fingerprint.ts';
import type { Report, Reporter } from './reporter.ts';

type SarifOptions = Pick<Report, 'prefix' | 'site' | 'rules' | 'version'>;

const levels: Record<Level, Result['level']> = {
  error: 'error',
  overdue: 'warning',
  warning: 'warning',
  information: 'note',
  waived: 'note',
};

/** SARIF 2.1.0, which code hosts show on the line. */
export const sarif: Reporter = ({ diagnostics, prefix, site, rules, version }) =>
  `${visibleJson(sarifLog(diagnostics, { prefix, site, rules, version }))}\n`;

/** Diagnostics as a log of SARIF. */
function sarifLog(diagnostics: readonly Diagnostic[], { prefix, site, rules, version }: SarifOptions): Log {
  const prints = fingerprints(diagnostics);
  const used = rules.filter(({ id }) => diagnostics.some(({ rule }) => rule === id));
  const location = (file: string, position: Position): Location => ({
    physicalLocation: { artifactLocation: { uri: encodeURI(prefix + file) }, region: region(position) },
  });
  const results = diagnostics.map((diagnostic, index): Result => {
    const { file, rule, level, message, hint, clause, obligation, waiver, related, causedBy } = diagnostic;
    return {
      ruleId: rule,
      ruleIndex: used.findIndex(({ id }) => id === rule),
      level: levels[level],
      message: { text: [message, hint, clause ? `(Clause ${clause}.)` : ''].filter(Boolean).join(' ') },
      locations: [location(file, diagnostic)],
      partialFingerprints: { 'ccmt/v1': prints[index] as string },
      ...(related && related.length > 0
        ? {
            relatedLocations: related.map((other) => ({
              ...location(other.file, other),
              message: { text: other.message },
            })),
          }
        : {}),
      ...(waiver ? { suppressions: [{ kind: 'external', justification: `Waiver ${waiver}` }] } : {}),
      properties: {
        level,
        ...(causedBy ? { causedBy } : {}),
        ...(obligation ? { obligation } : {}),
        ...(clause ? { clause } : {}),
      },
    };
  });
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'ccmt', semanticVersion: version, rules: used.map((rule) => descriptor(rule, site)) } },
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  };
}

function descriptor({ id, summary }: { id: string; summary: string }, site: string | undefined): ReportingDescriptor {
  return { id, shortDescription: { text: summary }, ...(site ? { helpUri: new URL(`rules/${id}/`, site).href } : {}) };
}

function region({ line, column, endLine, endColumn }: Position): {
  startLine: number;
  startColumn: number;
  endLine?: number;
  endColumn?: number;
} {
  return { startLine: line, startColumn: column, ...(endLine ? { endLine } : {}), ...(endColumn ? { endColumn } : {}) };
}
