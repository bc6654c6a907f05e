import type { Finding } from '../diagnostic.ts';
import { conflictsIn } from '../load/conflict.ts';
import { decode } from '../load/decode.ts';
import { splitFrontMatter } from '../load/front-matter.ts';
import type { SourceFile, Sources } from '../load/read-content.ts';
import { parseJson } from '../load/json.ts';
import { parseYaml } from '../load/yaml.ts';
import type { Change } from '../model/change.ts';
import type { Component } from '../model/component.ts';
import type { Defect } from '../model/defect.ts';
import type { Environment } from '../model/environment.ts';
import type { People } from '../model/people.ts';
import type { Obligation, Plan } from '../model/plan.ts';
import type { Programme } from '../model/programme.ts';
import type { Raci } from '../model/raci.ts';
import type { Release } from '../model/release.ts';
import type { Schedule } from '../model/schedule.ts';
import type { Waiver } from '../model/waiver.ts';
import { withoutHidden } from '../model/visible.ts';
import type { PublishedNote } from '../model/note.ts';
import type { Profile } from '../model/profile.ts';
import { type Body, checkMarkdown, parseBody } from './body.ts';
import { frozenBodyFindings, frozenNoteExcess } from './frozen-body.ts';
import { withExamples } from './missing-fields.ts';
import { nearest } from './nearest.ts';
import { type RecordKind, recordKinds } from './record-kinds.ts';
import { cutByComments } from './cut-by-comments.ts';
import { schemaFindings } from './schema-findings.ts';

/** A record and the file it came from. */
export type Located<Value> = Value & { file: string };
export type ReleaseRecord = Located<Release> & { body: Body };
/** Plain Markdown, read only when a page is made of it. */
export type WithText<Value> = Located<Value> & { text: string };

/** The files that say how the programme works; nothing can be derived without all of them. */
export type Policy = {
  programme: Programme;
  environments: Environment[];
  components: Component[];
  people: People;
  raci: Raci;
  schedule: Schedule;
  plan: Plan & { text: string };
  obligations: Obligation[];
  about?: { title: string; text: string };
};

export type Records = {
  policy: Policy | undefined;
  releases: ReleaseRecord[];
  defects: WithText<Defect>[];
  changes: WithText<Change>[];
  waivers: WithText<Waiver>[];
  published: Located<PublishedNote>[];
  profiles: Located<Profile>[];
  /** Ids whose file could not be read: they exist, so that nothing else is blamed for naming them. */
  unread: string[];
};

/** Sources to records: everything that can be read, and a finding for everything that cannot. */
export function validate(sources: Sources): { records: Records; findings: Finding[] } {
  const findings: Finding[] = [];
  const policy: Record<string, unknown> = {};
  const lists: Record<string, unknown[]> = {
    release: [],
    defect: [],
    change: [],
    waiver: [],
    published: [],
    profile: [],
  };
  const unread: string[] = [];
  const found: { kind: RecordKind; read: Read }[] = [];
  for (const finding of sources.unread ?? []) {
    findings.push(finding);
    unread.push(...idsIn(withoutHidden(finding.at.file)));
  }
  for (const file of sources.files) {
    if (explains(file)) continue;
    const kind = recordKinds.find((candidate) => candidate.path.test(file.path));
    if (!kind) {
      findings.push(...misplaced(file));
      continue;
    }
    const id = kind.path.exec(file.path)?.[1];
    const read = readRecord(file, kind);
    found.push({ kind, read });
    if (read.value === undefined) {
      if (id) unread.push(id);
    } else if (lists[kind.kind]) lists[kind.kind]?.push(read.value);
    else policy[kind.kind] = read.value;
  }
  for (const { kind, read } of found) {
    const others = lists[kind.kind] ?? [];
    findings.push(...withExamples(read.findings, [read.raw, ...others]));
  }
  findings.push(...absent(sources));
  const { release: releases, defect: defects, change: changes, waiver: waivers, published, profile: profiles } = lists;
  // Of a folder that is not read nothing is known, and everything else would be blamed for what stands there.
  const isWhole = recordKinds.every(
    (kind) =>
      (!kind.required || policy[kind.kind] !== undefined) &&
      !(sources.unread ?? []).some(({ at }) => isAbove(at.file, kind.place)),
  );
  return {
    records: {
      policy: isWhole ? policy : undefined,
      releases,
      defects,
      changes,
      waivers,
      published,
      profiles,
      unread,
    } as unknown as Records,
    findings,
  };
}

/** True for a folder on the path to the records of a kind. */
function isAbove(folder: string, place: string): boolean {
  const [parts, steps] = [folder.split('/'), place.split('/')];
  return parts[0] === steps[0] && parts.length < steps.length;
}

/** The id that a record of this path has, whether it can be read or not. */
function idsIn(path: string): string[] {
  return recordKinds.flatMap((kind) => kind.path.exec(path)?.[1] ?? []);
}

/** The programme alone, for deciding the moment of looking before anything else is read. */
export function programmeOf(sources: Sources): Programme | undefined {
  const kind = recordKinds.find((candidate) => candidate.kind === 'programme') as RecordKind;
  const file = sources.files.find((candidate) => kind.path.test(candidate.path));
  return file && (readRecord(file, kind).value as Programme | undefined);
}

/** What was read of a file: its record, or else what it says as far as it can be read. */
type Read = { value?: unknown; raw?: unknown; findings: Finding[] };

/** What was read of the very same bytes: freezing notes and watching look at nearly the same files again and again. */
const remembered = new WeakMap<Uint8Array, { path: string; read: Read }>();

function readRecord(file: SourceFile, kind: RecordKind): Read {
  const known = remembered.get(file.bytes);
  if (known?.path === file.path) return known.read;
  const read = withinTheStack(file, kind);
  remembered.set(file.bytes, { path: file.path, read });
  return read;
}

/**
 * The limits keep every parser from running out of stack. If one does all the same, that is a fault of the file, and no
 * other finding is lost.
 */
function withinTheStack(file: SourceFile, kind: RecordKind): Read {
  try {
    return readAnew(file, kind);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const at = { file: file.path, position: { line: 1, column: 1 } };
    return {
      findings: [
        {
          rule: 'readable-file',
          at,
          message: 'The file is too large, or nested too deep, to be read.',
          hint: 'Write it with fewer lists, records, quotes and components within each other.',
        },
      ],
    };
  }
}

/**
 * What a file says when all that hides in it is deleted; the places of what is found are those in the file as it
 * stands.
 */
function readAnew({ path, bytes }: SourceFile, kind: RecordKind): Read {
  const decoded = decode(path, bytes);
  if ('finding' in decoded) return { findings: [decoded.finding] };
  const { text, hidden, placeIn } = decoded;
  const read = readText(path, text, kind);
  if (hidden.length === 0) return read;
  const { body } = (read.value ?? {}) as { body?: Body };
  for (const reference of body?.references ?? []) reference.position = placeIn(reference.position);
  const placed = read.findings.map((finding) =>
    'position' in finding.at ? { ...finding, at: { file: path, position: placeIn(finding.at.position) } } : finding,
  );
  return { ...read, findings: [...hidden, ...placed] };
}

function readText(path: string, text: string, kind: RecordKind): Read {
  const conflicts = conflictsIn(path, text);
  if (conflicts.length > 0) return { findings: conflicts };
  const parts =
    kind.format === 'front-matter' ? splitFrontMatter(path, text) : { yaml: text, yamlLine: 0, body: '', bodyLine: 0 };
  if ('finding' in parts) return { findings: [parts.finding] };
  const parsed = kind.format === 'json' ? parseJson(path, parts.yaml) : parseYaml(path, parts.yaml, parts.yamlLine);
  const body = kind.body === 'mdx' ? parseBody(path, parts.body, parts.bodyLine) : undefined;
  const plain = kind.body === 'markdown' ? checkMarkdown(path, parts.body, parts.bodyLine) : undefined;
  const bodyFindings = (body ?? plain)?.findings ?? [];
  if ('findings' in parsed) return { findings: [...parsed.findings, ...bodyFindings] };
  const findings = [...parsed.hidden, ...bodyFindings];
  const cut = cutByComments(path, kind, parsed);
  findings.push(...cut.map(({ finding }) => finding));
  const fitted = fit(path, kind, parsed.value);
  if ('findings' in fitted) {
    // That a field has no value says less than that a comment took it.
    const isTold = ({ at }: Finding) =>
      'path' in at && cut.some((other) => other.path.join('\n') === at.path.join('\n'));
    return { raw: parsed.value, findings: [...fitted.findings.filter((finding) => !isTold(finding)), ...findings] };
  }
  return { value: assemble(path, kind, fitted.value, plain?.text ?? '', body?.body), findings };
}

/** A value as its schema reads it. */
function fit(file: string, kind: RecordKind, value: unknown): { value: unknown } | { findings: Finding[] } {
  if (value === null || value === undefined) {
    return {
      findings: [
        {
          rule: 'record-fits-schema',
          at: { file, path: [] },
          message: 'The record has no fields.',
          hint: `Fill it from another ${kind.kind} record.`,
        },
      ],
    };
  }
  const isNote = kind.kind === 'published';
  const excess = isNote ? frozenNoteExcess(file, value) : undefined;
  if (excess) return { findings: [excess] };
  const { success, data, error } = kind.schema.safeParse(value);
  if (!success) return { findings: schemaFindings(file, kind.schema, value, error.issues) };
  const findings = isNote ? frozenBodyFindings(file, (data as PublishedNote).note.body, ['note', 'body']) : [];
  return findings.length > 0 ? { findings } : { value: data };
}

function assemble(file: string, kind: RecordKind, data: unknown, text: string, body: Body | undefined): unknown {
  if (Array.isArray(data)) return data;
  const isRecord = kind.path.source.includes('(');
  return { ...(data as object), ...(isRecord ? { file } : {}), ...(body ? { body } : kind.body ? { text } : {}) };
}

/** A README is for those who write the records, in whichever folder it stands. */
function explains({ path }: SourceFile): boolean {
  return /(?:^|\/)README\.md$/i.test(path);
}

const readable = /\.(?:mdx?|ya?ml|json)$/i;

function misplaced({ path }: SourceFile): Finding[] {
  if (!readable.test(path)) return [];
  const folder = path.split('/')[0] as string;
  const place = recordKinds.find((kind) => kind.place.startsWith(`${folder}/`))?.place;
  const near = nearest(folder, [...new Set(recordKinds.map((kind) => kind.place.split('/')[0] as string))]);
  const hint = place
    ? `The records of this folder are ${place}.`
    : near
      ? `Did you mean "${near}"?`
      : 'Records stand in releases/, defects/, changes/, waivers/ and plan/, and what the programme is in files beside them.';
  return [
    {
      rule: 'record-in-its-place',
      at: { file: path, position: { line: 1, column: 1 } },
      message: 'No record is read from a file of this name.',
      hint,
    },
  ];
}

function absent(sources: Sources): Finding[] {
  return recordKinds
    .filter(
      (kind) =>
        kind.required &&
        !sources.files.some((file) => kind.path.test(file.path)) &&
        !sources.unread?.some(({ at }) => kind.path.test(at.file)),
    )
    .map((kind) => ({
      rule: 'readable-file',
      at: { file: kind.place, position: { line: 1, column: 1 } },
      message: `The file ${kind.place} is missing.`,
      hint: 'Every programme has one: copy it from another programme and change it.',
    }));
}
