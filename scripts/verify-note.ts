import { sha256Of, canonical } from '../src/derive/canonical.ts';
import { notePath } from '../src/derive/publications.ts';
import type { Catalog } from '../src/derive/catalog.ts';
import { theNote } from '../src/check/published-file.ts';
import type { Diagnostic } from '../src/diagnostic.ts';
import { publishedNote, readPublished, stageName, type PublishedNote } from '../src/model/published-note.ts';
import { capital } from '../src/model/wording.ts';
import { digestOf } from '../src/site/digests.ts';
import { pathOfStage } from '../src/site/words/address.ts';
import type { SiteSource } from './site-source.ts';
import { refuted, type Verdict } from './verify-site.ts';

export type Proof = { site?: SiteSource | undefined; seal?: string | undefined };

/**
 * The notes of a release against their log, the notes before them and, where one is given, what a site serves; `faults`
 * are the errors about the release.
 */
export async function verifyRecorded(
  notes: readonly Recorded[],
  faults: readonly Diagnostic[],
  proof: Proof,
): Promise<Verdict> {
  const isOf = (note: Recorded) => (fault: Diagnostic) =>
    fault.file === note.file || fault.related?.some(({ file }) => file === note.file) === true;
  const told = (fault: Diagnostic) => `${fault.file}:${fault.line} ${fault.message}`;
  const others = faults.filter((fault) => !notes.some((note) => isOf(note)(fault)));
  const verdicts = await Promise.all(
    notes.map(async (note) => {
      const own = faults.find(isOf(note));
      const name = capital(theNote(note));
      return own
        ? refuted(`${name}, or the log above it, is not as it was published: ${told(own)}`)
        : verifyOne(note, proof);
    }),
  );
  const all = [...verdicts, ...others.slice(0, 1).map((fault) => refuted(`Not all can be proved: ${told(fault)}`))];
  return {
    isProved: all.every(({ isProved }) => isProved),
    sentences: all.flatMap(({ sentences }) => sentences),
  };
}

type Recorded = Catalog['published'][number];

async function verifyOne(note: Recorded, { site, seal }: Proof): Promise<Verdict> {
  const name = capital(theNote(note));
  if (seal !== undefined && seal !== note.sha256)
    return refuted(`${name} is not the one with that seal: its own is ${note.sha256}.`);
  const covered =
    note.format === 1
      ? 'its seal is right, and the log names it. It is of format 1, whose seal does not cover the lines of the log.'
      : 'its seal is right, and the log, every line above its publication and the note before it agree.';
  const served = site && (await servedAs(site, note));
  return {
    isProved: !served?.fault,
    sentences: [`${name} is as it was published: ${covered}`, ...(served ? [served.fault ?? served.words] : [])],
  };
}

type Named = Pick<PublishedNote, 'release' | 'stage' | 'number' | 'sha256'>;

/** Whether a site serves a note: its file there has the seal as its digest. */
async function servedAs(site: SiteSource, note: Named): Promise<{ words: string; fault?: string }> {
  const path = `${pathOfStage(note.release, stageName(note.stage, note.number)).slice(1, -1)}.json`;
  const bytes = await site.read(path);
  if (!bytes) return { words: '', fault: `${site.words} does not serve ${theNote(note)}.` };
  if (digestOf(bytes) !== note.sha256)
    return {
      words: '',
      fault: `${site.words} serves another text as ${theNote(note)}: its digest is ${digestOf(bytes)}.`,
    };
  return { words: `${site.words} serves exactly this note.` };
}

/** A note that somebody saved or was sent: whether it is undamaged, and what shows that it was published. */
export async function verifySaved(bytes: Uint8Array, { site, seal }: Proof): Promise<Verdict> {
  const read = readSaved(bytes);
  if (typeof read === 'string') return refuted(read);
  const { note, digest, isWhole } = read;
  const name = theNote(note);
  if (isWhole && digest !== note.sha256)
    return refuted(`This file was changed: it says that it is ${name}, and its seal does not fit its text.`);
  const state = isWhole
    ? `This file is ${name}, undamaged`
    : `This file says that it is ${name}, and has the digest ${digest}`;
  if (seal !== undefined && seal !== digest) return refuted(`${state}, and not the one with the seal that was given.`);
  const served = site && (await servedAs(site, { ...note, sha256: digest }));
  if (served?.fault) return refuted(`${state}; but ${served.fault}`);
  if (!served && seal === undefined)
    return {
      isProved: true,
      sentences: [
        `${state}; nothing here proves that it was published. Give --site with the address of the site, or --seal with the seal that its page shows.`,
      ],
    };
  return {
    isProved: true,
    sentences: [
      [
        state,
        ...(seal === undefined ? [] : ['it has the seal that was given']),
        ...(served ? [served.words.slice(0, -1)] : []),
      ].join('; ') + '.',
    ],
  };
}

type Saved = { note: Named; digest: string; isWhole: boolean };

/** A note as the records hold it, or as a site serves it: then its seal is not in it, and is the digest of the file. */
function readSaved(bytes: Uint8Array): Saved | string {
  const noNote = 'This file is no note that ccmt wrote, or was changed so that it is none any more.';
  let value: Record<string, unknown>;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Record<string, unknown>;
  } catch {
    return 'This file is no JSON, so that it is no note, or was cut off.';
  }
  if (value === null || typeof value !== 'object') return noNote;
  const whole = publishedNote.safeParse(value);
  if (whole.success) {
    const note = readPublished(whole.data, value);
    return { note, digest: sha256Of(note.sealed), isWhole: true };
  }
  const digest = digestOf(bytes);
  const inside = 'note' in value ? value : { ...envelopeOf(value), note: value };
  const served = publishedNote.safeParse({ ...inside, sha256: digest });
  if (!served.success) return noNote;
  // What a site serves has one form; anything else is no longer what was downloaded.
  if (canonical(value) !== new TextDecoder().decode(bytes))
    return 'This file was changed or saved anew by another program since it was downloaded, so that its digest is not its seal.';
  return { note: served.data, digest, isWhole: false };
}

/** What a note of format 1 says of itself in place of its envelope. */
function envelopeOf({ release, stage, number, publishedAt }: Record<string, unknown>): object {
  return { format: 1, release, stage, number, publishedAt, by: [] };
}

/** The notes that are meant by `R05`, `R05/final`, or `published/R05/final.json`. */
export function notesMeant({ published }: Catalog, what: string): Catalog['published'] {
  const [release = '', name] = what.replace(/^published\/|\.json$/g, '').split('/');
  return published.filter(({ file, release: own }) =>
    name ? file === notePath(release, name) : own === release && file.startsWith(`published/${release}/`),
  );
}
