import type { Finding } from '../diagnostic.ts';
import { conflictsIn } from '../load/conflict.ts';
import { decode } from '../load/decode.ts';
import { splitFrontMatter } from '../load/front-matter.ts';
import { parseJson } from '../load/json.ts';
import type { SourceFile } from '../load/read-content.ts';
import { parseYaml } from '../load/yaml.ts';
import { type Body, checkMarkdown, parseBody } from './body.ts';
import { cutByComments } from './cut-by-comments.ts';
import type { RecordKind } from './record-kinds.ts';
import { schemaFindings } from './schema-findings.ts';

/** What a file says: its fields as the schema reads them and as they were parsed, and what stands below them. */
export type Document<Value> = { file: string; data: Value; raw: unknown; text: string; body: Body };
/** A record, where it can be read, or else its fields as they stand; and all that is wrong with its file. */
export type Read<Value> = { value?: Value; raw?: unknown; findings: Finding[] };

/** How the files of one kind become records. */
export type RecordReader<Result> = { kind: RecordKind; read: (file: SourceFile) => Read<Result> };

/** What a schema cannot say of a kind: what is looked at before it, and what of the fields that fit it. */
export type Beside<Value> = {
  before?: (file: string, value: unknown) => Finding | undefined;
  after?: (file: string, data: Value) => Finding[];
};

/**
 * Reads the files of one kind. It remembers what was read of the very same bytes: freezing notes and
 * watching look at nearly the same files again and again.
 */
export function recordReader<Value, Result>(
  kind: RecordKind<Value>,
  assemble: (document: Document<Value>) => Result,
  beside: Beside<Value> = {},
): RecordReader<Result> {
  const remembered = new WeakMap<Uint8Array, { path: string; read: Read<Result> }>();
  const read = (file: SourceFile): Read<Result> => {
    const known = remembered.get(file.bytes);
    if (known?.path === file.path) return known.read;
    const { value, ...rest } = withinTheStack(file, kind, beside);
    const anew = value ? { value: assemble(value), ...rest } : rest;
    remembered.set(file.bytes, { path: file.path, read: anew });
    return anew;
  };
  return { kind, read };
}

/**
 * The limits keep every parser from running out of stack. If one does all the same, that is a fault of the file, and no
 * other finding is lost.
 */
function withinTheStack<Value>(
  file: SourceFile,
  kind: RecordKind<Value>,
  beside: Beside<Value>,
): Read<Document<Value>> {
  try {
    return readAnew(file, kind, beside);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const at = { file: file.path, position: { line: 1, column: 1 } };
    const message = 'The file is too large, or nested too deep, to be read.';
    const hint = 'Write it with fewer lists, records, quotes and components within each other.';
    return { findings: [{ rule: 'readable-file', at, message, hint }] };
  }
}

/**
 * What a file says when all that hides in it is deleted; the places of what is found are those in the file as it
 * stands.
 */
function readAnew<Value>(
  { path, bytes }: SourceFile,
  kind: RecordKind<Value>,
  beside: Beside<Value>,
): Read<Document<Value>> {
  const decoded = decode(path, bytes);
  if ('finding' in decoded) return { findings: [decoded.finding] };
  const { text, hidden, placeIn } = decoded;
  const read = readText(path, text, kind, beside);
  if (hidden.length === 0) return read;
  for (const reference of read.value?.body.references ?? []) reference.position = placeIn(reference.position);
  const placed = read.findings.map((finding) =>
    'position' in finding.at ? { ...finding, at: { file: path, position: placeIn(finding.at.position) } } : finding,
  );
  return { ...read, findings: [...hidden, ...placed] };
}

function readText<Value>(
  file: string,
  text: string,
  kind: RecordKind<Value>,
  beside: Beside<Value>,
): Read<Document<Value>> {
  const conflicts = conflictsIn(file, text);
  if (conflicts.length > 0) return { findings: conflicts };
  const parts =
    kind.format === 'front-matter' ? splitFrontMatter(file, text) : { yaml: text, yamlLine: 0, body: '', bodyLine: 0 };
  if ('finding' in parts) return { findings: [parts.finding] };
  const parsed = kind.format === 'json' ? parseJson(file, parts.yaml) : parseYaml(file, parts.yaml, parts.yamlLine);
  const below = readBelow(file, parts.body, parts.bodyLine, kind);
  if ('findings' in parsed) return { findings: [...parsed.findings, ...below.findings] };
  const cut = cutByComments(file, kind, parsed);
  const findings = [...parsed.hidden, ...below.findings, ...cut.map(({ finding }) => finding)];
  const fitted = fit(file, kind, parsed.value, beside);
  if ('findings' in fitted) {
    // That a field has no value says less than that a comment took it.
    const isTold = ({ at }: Finding) =>
      'path' in at && cut.some((other) => other.path.join('\n') === at.path.join('\n'));
    return { raw: parsed.value, findings: [...fitted.findings.filter((finding) => !isTold(finding)), ...findings] };
  }
  return { value: { file, data: fitted.data, raw: parsed.value, text: below.text, body: below.body }, findings };
}

/** What stands below the fields of a record: a body in its closed form, plain Markdown, or nothing. */
function readBelow(
  file: string,
  text: string,
  linesBefore: number,
  { body: form }: RecordKind,
): { text: string; body: Body; findings: Finding[] } {
  if (form === 'mdx') return { text: '', ...parseBody(file, text, linesBefore) };
  const body: Body = { tree: { type: 'root', children: [] }, references: [] };
  return form ? { body, ...checkMarkdown(file, text, linesBefore) } : { text: '', body, findings: [] };
}

/** A value as its schema reads it. */
function fit<Value>(
  file: string,
  { kind, schema }: RecordKind<Value>,
  value: unknown,
  { before, after }: Beside<Value>,
): { data: Value } | { findings: Finding[] } {
  if (value === null || value === undefined) {
    const hint = `Fill it from another ${kind} record.`;
    return {
      findings: [{ rule: 'record-fits-schema', at: { file, path: [] }, message: 'The record has no fields.', hint }],
    };
  }
  const excess = before?.(file, value);
  if (excess) return { findings: [excess] };
  const { success, data, error } = schema.safeParse(value);
  if (!success) return { findings: schemaFindings(file, schema, value, error.issues) };
  const findings = after?.(file, data) ?? [];
  return findings.length > 0 ? { findings } : { data };
}
