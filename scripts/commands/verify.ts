import { readFile, stat } from 'node:fs/promises';
import { visibleJson, visibleLine } from '../../src/model/visible.ts';
import { evaluate } from '../../src/pipeline.ts';
import { siteSource } from '../site-source.ts';
import { Refusal } from '../terminal.ts';
import { notesMeant, type Proof, verifyRecorded, verifySaved } from '../verify-note.ts';
import { type Verdict, verifySite } from '../verify-site.ts';
import { type ContentOptions, openContent } from '../workspace.ts';

export type VerifyOptions = ContentOptions & { site?: string; seal?: string; json?: boolean };

const most = 64 * 1024 * 1024;

/**
 * Proves a note of the records, a file that somebody saved, or a whole site. Returns 1 where it is not what it should
 * be.
 */
export async function verify(what: string | undefined, options: VerifyOptions): Promise<number> {
  const seal = options.seal?.trim().toLowerCase();
  if (seal !== undefined && !/^[0-9a-f]{64}$/.test(seal))
    throw new Refusal(2, `"${options.seal}" is no seal: it is 64 digits from 0 to 9 and a to f.`);
  const site = options.site === undefined ? undefined : siteSource(options.site);
  const verdict = await verdictOn(what, { site, seal }, options);
  const { isProved, sentences } = verdict;
  if (options.json)
    process.stdout.write(
      `${visibleJson({ format: 1, command: 'verify', what, site: options.site, proved: isProved, sentences })}\n`,
    );
  else process.stdout.write(sentences.map((sentence) => `${visibleLine(sentence)}\n`).join(''));
  return isProved ? 0 : 1;
}

async function verdictOn(what: string | undefined, proof: Proof, options: VerifyOptions): Promise<Verdict> {
  if (what === undefined) {
    if (!proof.site)
      throw new Refusal(2, 'Say what to verify: a release such as R05, a file of a note, or --site with a site.');
    return verifySite(proof.site, proof.seal);
  }
  const found = await stat(what).catch(() => undefined);
  if (found?.isFile()) {
    if (found.size > most) throw new Refusal(2, `${what} is larger than any note.`);
    return verifySaved(await readFile(what), proof);
  }
  const { sources, moment } = await openContent(options);
  const { catalog, diagnostics } = evaluate(sources, moment);
  if (!catalog) throw new Refusal(1, 'The programme cannot be read: run ccmt check first.');
  const notes = notesMeant(catalog, what);
  const [release = what] = what.replace(/^published\//, '').split('/');
  const faults = diagnostics.filter(
    ({ rule, level, file, release: own }) =>
      level === 'error' &&
      ((rule === 'published-note-unchanged' && own === release) ||
        file === `releases/${release}.mdx` ||
        file.startsWith(`published/${release}/`)),
  );
  const isKnown = catalog.releases.some(({ id }) => id === release) || catalog.unread.includes(release);
  if (notes.length === 0 && faults.length === 0)
    throw new Refusal(2, isKnown ? `${what} has no published note.` : `There is no release, note or file "${what}".`);
  return verifyRecorded(notes, faults, proof);
}
