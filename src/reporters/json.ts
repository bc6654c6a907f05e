import { z } from 'zod';
import type { Diagnostic } from '../diagnostic.ts';
import { visibleJson } from '../model/visible.ts';
import type { Reporter } from './reporter.ts';

const levels = ['error', 'overdue', 'warning', 'information', 'waived'] as const;

const position = {
  line: z.number().int().min(1).describe('Counted from 1.'),
  column: z.number().int().min(1).describe('Counted from 1, in UTF-16 code units.'),
  endLine: z.number().int().min(1).optional(),
  endColumn: z.number().int().min(1).optional().describe('Exclusive.'),
};

const diagnostic = z.strictObject({
  file: z.string().describe('Relative to the content folder.'),
  ...position,
  rule: z.string().describe('The permanent id of the rule.'),
  level: z.enum(levels),
  message: z.string().describe('What is wrong, in one sentence.'),
  hint: z.string().optional().describe('What would make it right.'),
  obligation: z.string().optional().describe('The obligation of the plan, such as C-042.'),
  clause: z.string().optional().describe('The clause of the plan.'),
  page: z.string().describe('The page of the rule, relative to the site.'),
  related: z
    .array(z.strictObject({ file: z.string(), ...position, message: z.string() }))
    .optional()
    .describe('Other places that explain it.'),
  release: z.string().optional(),
  item: z.string().optional(),
  fix: z
    .union([
      z.strictObject({ kind: z.literal('replace'), text: z.string(), isSafe: z.boolean() }),
      z.strictObject({ kind: z.literal('sort-log'), isSafe: z.literal(true) }),
    ])
    .optional()
    .describe('How the guilty span could read; a safe fix changes no meaning.'),
  waiver: z.string().optional().describe('The waiver that owns it.'),
  causedBy: z
    .strictObject({ rule: z.string(), file: z.string(), line: z.number(), column: z.number(), message: z.string() })
    .optional()
    .describe('The finding that it follows from: it disappears once that one is repaired.'),
});

/** The report of `ccmt check --format json`: one document, the same shape on success and failure. */
export const checkReport = z.strictObject({
  format: z.literal(1),
  command: z.string(),
  asOf: z.string().describe('The moment of looking, as an instant.'),
  summary: z.strictObject({
    error: z.number(),
    overdue: z.number(),
    warning: z.number(),
    information: z.number(),
    waived: z.number(),
    consequent: z.number().optional().describe('How many more follow from these.'),
  }),
  diagnostics: z.array(diagnostic).describe('Sorted by file, line and column.'),
});

export type JsonReport = Omit<z.infer<typeof checkReport>, 'diagnostics'> & { diagnostics: readonly Diagnostic[] };

/** One JSON document. */
export const json: Reporter = ({ command, instant, diagnostics, all }) =>
  `${visibleJson(jsonReport(command, instant, diagnostics, all))}\n`;

/** Diagnostics as the document that `checkReport` describes. */
export function jsonReport(
  command: string,
  asOf: string,
  diagnostics: readonly Diagnostic[],
  all: readonly Diagnostic[] = diagnostics,
): JsonReport {
  const summary: JsonReport['summary'] = { error: 0, overdue: 0, warning: 0, information: 0, waived: 0 };
  for (const { level, causedBy } of all) if (!causedBy) summary[level] += 1;
  const consequent = all.filter(({ causedBy }) => causedBy).length;
  if (consequent > 0) summary.consequent = consequent;
  return { format: 1, command, asOf, summary, diagnostics };
}
