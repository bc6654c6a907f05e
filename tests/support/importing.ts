import { fileURLToPath } from 'node:url';
import type { Export } from '../../scripts/reader/process.ts';
import { readExport } from '../../scripts/reader/read-export.ts';
import { changesOf } from '../../src/import/apply-import.ts';
import { isBalanced } from '../../src/import/assess/balance.ts';
import { type ImportRequest, planImport } from '../../src/import/plan-import.ts';
import { type ImportPlan, rowsWith } from '../../src/import/plan.ts';
import type { Refused } from '../../src/import/remark.ts';
import { settleEncoding } from '../../src/import/read/encoding.ts';
import { sniff } from '../../src/import/read/sniff.ts';
import { readText } from '../../src/import/read/text.ts';
import { type Cell, emptySheet } from '../../src/import/sheet.ts';
import { remarkText } from '../../src/import/show/remark.ts';
import { sentenceOf } from '../../src/import/show/sentence.ts';
import { withChanges } from '../../src/author/publish-note.ts';
import type { Sources } from '../../src/load/read-content.ts';
import { recordsAt, type RecordsAt } from '../../src/derive/policy-at.ts';
import { validate } from '../../src/validate/validate.ts';
import { encode, readTree } from './tree.ts';
import { unchangeable } from './unchangeable.ts';

const content = fileURLToPath(new URL('../../content', import.meta.url));

/** The sample programme without its releases and defects: its lists and its profiles. */
export function emptyTree(more: Record<string, string> = {}): Sources {
  const { root, files } = readTree(content);
  const kept = files.filter(
    ({ path }) => !/^(?:releases|defects|changes|published|waivers)\//.test(path) && !(path in more),
  );
  return { root, files: [...kept, ...Object.entries(more).map(([path, text]) => ({ path, bytes: encode(text) }))] };
}

export function recordsOf(sources: Sources): RecordsAt {
  const { records, findings } = validate(sources);
  const whole = recordsAt(records, '2020-11-18T11:00:00Z');
  if (!whole) throw new Error(`the policy cannot be read: ${findings[0]?.message}`);
  return whole;
}

/** An export read as the command reads it, but a text in this process: starting one takes longer than the test. */
async function readHere(bytes: Uint8Array): Promise<Export | Refused> {
  const sniffed = sniff(bytes);
  if ('refused' in sniffed || sniffed.kind !== 'text')
    return readExport({ bytes, path: undefined }, { progress: () => {} });
  const settled = settleEncoding(bytes);
  if ('refused' in settled) return settled;
  let rows: Cell[][] = [];
  const text = readText(settled.bytes, { rows: (more) => rows.push(...more), restart: () => (rows = []) });
  if ('refused' in text) return text;
  const sheets = rows.length > 0 ? [{ ...emptySheet(''), rows, faults: text.faults }] : [];
  return { sheets, remarks: [...settled.remarks, ...text.remarks], text };
}

/** Plans an import of bytes or text into a tree; every plan is balanced, or the test fails. */
export async function planFrom(
  given: string | Uint8Array,
  sources: Sources,
  request: Partial<ImportRequest> = {},
): Promise<ImportPlan | Refused> {
  const read = await readHere(typeof given === 'string' ? encode(given) : given);
  if ('refused' in read) return read;
  // Nothing that is given may be changed by planning: whatever tries fails the test.
  const plan = planImport(unchangeable(read), unchangeable(recordsOf(sources)), {
    file: 'export',
    sha256: '',
    exportedAt: '2020-11-18T11:00:00Z',
    takeOver: [],
    ...request,
  });
  if (!('refused' in plan) && !isBalanced(plan.balance))
    throw new Error(`not balanced: ${JSON.stringify(plan.balance)}`);
  return plan;
}

/** The plan, which must not be refused, and the tree with it carried out. */
export async function importInto(
  given: string | Uint8Array,
  sources: Sources,
  request: Partial<ImportRequest> = {},
): Promise<{ plan: ImportPlan; after: Sources }> {
  const plan = await planFrom(given, sources, request);
  if ('refused' in plan) throw new Error(`refused: ${plan.refused}`);
  return { plan, after: withChanges(sources, changesOf(plan, sources)) };
}

/** How many rows went which way, without those that none went. */
export function countsOf({ balance: { rows } }: ImportPlan): Record<string, number> {
  return Object.fromEntries(Object.entries(rows).filter(([, count]) => count > 0));
}

/** Why rows were set aside, as people read it. */
export function reasonsIn(plan: ImportPlan): string[] {
  return rowsWith(plan, 'quarantine', 'conflict').flatMap(({ row, problems }) =>
    problems.map((problem) => sentenceOf(problem, row)),
  );
}

/** What is worth a word about the export as a whole, as people read it. */
export function remarksIn({ remarks }: ImportPlan): string[] {
  return remarks.map(remarkText);
}
