import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { serve } from '../scripts/serve.ts';
import { siteSource } from '../scripts/site-source.ts';
import { notesMeant, verifyRecorded, verifySaved } from '../scripts/verify-note.ts';
import { verifySite } from '../scripts/verify-site.ts';
import { evaluate } from '../src/pipeline.ts';
import { completeManifest } from '../src/site/manifest.ts';
import type { Sources } from '../src/load/read-content.ts';
import { canonicalJson, type Json } from './support/forger.ts';
import { momentFor } from './support/marks.ts';
import { base, changed, encode, textOf } from './support/tree.ts';

/** What `ccmt verify` says of notes, of files that somebody saved, and of sites, sound and not. */
const folder = mkdtempSync(join(tmpdir(), 'verify-'));
const site = join(folder, 'site');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fileOf = (name: string) => textOf(base().files.find(({ path }) => path === `published/${name}.json`));
const whole = (name: string) => JSON.parse(fileOf(name)) as Json & { sha256: string };
/** The bytes that a site serves, made without our own code. */
const served = (name: string) => {
  const { sha256: _, ...sealed } = whole(name);
  return canonicalJson(sealed);
};
const seal = whole('R05/final').sha256;

const write = (root: string, path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

/** A site of two notes and some pages, as a build leaves it. */
async function makeSite(root: string, word: string, before?: string): Promise<void> {
  rmSync(root, { recursive: true, force: true });
  for (const path of ['index.html', 'matrix/index.html', 'releases/index.html', 'a b.html'])
    write(root, path, `<p>${word} ${path}</p>`);
  write(root, '_headers', '/*\n');
  for (const name of ['R05/final', 'R05/provisional']) write(root, `releases/${name}.json`, served(name));
  write(
    root,
    'manifest.json',
    JSON.stringify({ format: 1, asOf: '2020-10-16T11:00:00Z', programme: 'P', commit: 'abc' }),
  );
  await completeManifest(root, before);
}

beforeEach(() => makeSite(site, 'First'));

describe('a site', () => {
  const verdict = async (place = site, given?: string) => verifySite(siteSource(place), given);

  test('is proved file by file, in a folder and behind an address, also below a path', async () => {
    expect(await verdict()).toMatchObject({
      isProved: true,
      sentences: [
        `All 7 files of ${site} are those of one build, made as of 2020-10-16T11:00:00Z from commit abc.`,
        expect.stringMatching(/^Its manifest has the digest [0-9a-f]{64}: compare it/),
      ],
    });
    for (const root of ['/', '/below/']) {
      const server = await serve(site, { base: root, port: 0, host: '127.0.0.1' });
      const found = await verdict(server.address);
      expect(found.isProved, found.sentences.join('\n')).toBe(true);
      expect(found.sentences[1]).toBe(
        'Files that were added cannot be seen from outside: verify a copy of the folder to find them.',
      );
      write(site, 'matrix/index.html', 'Other');
      expect((await verdict(server.address)).sentences).toContain('matrix/index.html is not the file of that build.');
      await makeSite(site, 'First');
      server.server.close();
    }
  });

  test.each<[string, () => void, string]>([
    ['a changed file', () => write(site, 'index.html', 'x'), 'index.html is not the file of that build.'],
    [
      'a changed note',
      () => write(site, 'releases/R05/final.json', served('R05/provisional')),
      'releases/R05/final.json is not the file of that build.',
    ],
    [
      'a link in its place',
      () => {
        rmSync(join(site, 'index.html'));
        symlinkSync('a b.html', join(site, 'index.html'));
      },
      'index.html is missing.',
    ],
    ['a removed file', () => rmSync(join(site, 'a b.html')), 'a b.html is missing.'],
    [
      'an added file',
      () => write(site, 'releases/R05/other.html', 'x'),
      'releases/R05/other.html belongs to no build.',
    ],
    [
      'a file that the manifest forgets',
      () => edit((said) => delete said.files['index.html']),
      'index.html belongs to no build.',
    ],
    [
      'a digest that was changed',
      () => edit((said) => void (said.files['index.html'] = '0'.repeat(64))),
      'index.html is not the file of that build.',
    ],
    [
      'a path out of the site',
      () => edit((said) => void (said.files['../secret'] = '0'.repeat(64))),
      '../secret is missing.',
    ],
  ])('%s is found', async (_, change, sentence) => {
    change();
    const found = await verdict();
    expect(found.isProved).toBe(false);
    expect(found.sentences).toContain(sentence);
    expect(found.sentences).toHaveLength(3);
  });

  test('an older manifest that was put back, and a mixture of two builds', async () => {
    const old = join(folder, 'old');
    await makeSite(old, 'Earlier');
    cpSync(join(old, 'manifest.json'), join(site, 'manifest.json'));
    const older = await verdict();
    expect(older.isProved).toBe(false);
    expect(older.sentences.at(-1)).toBe(
      'So many differ that two builds were mixed, or the manifest is that of an older one.',
    );
    await makeSite(site, 'First');
    cpSync(join(old, 'matrix'), join(site, 'matrix'), { recursive: true });
    expect((await verdict()).sentences).toContain('matrix/index.html is not the file of that build.');
    // A whole site of before looks sound by itself; the digest that was noted when it was built tells.
    const noted = /digest ([0-9a-f]{64})/.exec(
      (await verifyAfter(() => makeSite(site, 'First'))).sentences.at(-1) ?? '',
    )?.[1] as string;
    expect((await verdict(site, noted)).sentences.at(-1)).toBe('Its manifest is the one with that seal.');
    expect(await verdict(old, noted)).toMatchObject({ isProved: false });
  });
  const verifyAfter = async (make: () => Promise<void>) => {
    await make();
    return verdict();
  };

  test('names the manifest before it where one is given', async () => {
    await makeSite(site, 'Second', 'f'.repeat(64));
    expect(JSON.parse(readFileSync(join(site, 'manifest.json'), 'utf8'))).toMatchObject({ before: 'f'.repeat(64) });
  });

  test.each<[string, () => void, RegExp]>([
    ['no manifest', () => rmSync(join(site, 'manifest.json')), /has no manifest.json, so that nobody can tell/],
    ['a manifest that is none', () => write(site, 'manifest.json', '[]'), /is damaged, or not that of a site/],
    [
      'a manifest that was cut off',
      () => write(site, 'manifest.json', '{"format":1'),
      /is damaged, or not that of a site/,
    ],
  ])('with %s is not proved', async (_, change, sentence) => {
    change();
    expect(await verdict()).toEqual({ isProved: false, sentences: [expect.stringMatching(sentence)] });
  });

  test('is an address or a folder, and nothing else', async () => {
    expect(() => siteSource('ftp://x/')).toThrow('is no address of a site');
    await expect(verdict('http://127.0.0.1:1/')).rejects.toThrow(
      /^http:\/\/127\.0\.0\.1:1\/manifest\.json does not answer: .+\.$/,
    );
  });
});

function edit(change: (said: { files: Record<string, string> }) => void): void {
  const said = JSON.parse(readFileSync(join(site, 'manifest.json'), 'utf8')) as { files: Record<string, string> };
  change(said);
  write(site, 'manifest.json', JSON.stringify(said));
}

describe('a note of the records', () => {
  const verdict = async (what: string, tree: Sources = base(), place?: string) => {
    const { catalog, diagnostics } = evaluate(tree, momentFor(tree));
    if (!catalog) throw new Error('no catalog');
    const faults = diagnostics.filter(({ level, rule }) => level === 'error' && rule === 'published-note-unchanged');
    return verifyRecorded(notesMeant(catalog, what), faults, place ? { site: siteSource(place) } : {});
  };

  test('is proved with its log, and with what a site serves', async () => {
    const words =
      'is as it was published: its seal is right, and the log, every line above its publication and the note before it agree.';
    expect(await verdict('R05/final')).toEqual({ isProved: true, sentences: [`The final note of R05 ${words}`] });
    expect((await verdict('R03')).sentences).toHaveLength(3);
    expect((await verdict('R05', base(), site)).sentences).toEqual([
      `The final note of R05 ${words}`,
      `${site} serves exactly this note.`,
      `The provisional note of R05 ${words}`,
      `${site} serves exactly this note.`,
    ]);
  });

  test('is not, where its log was edited, its file, or what is served', async () => {
    const edited = changed(base(), ['releases/R05.mdx', '2020-10-12T13:00', '2020-10-12T13:01']);
    expect(await verdict('R05/provisional', edited)).toEqual({
      isProved: false,
      sentences: [
        'The provisional note of R05, or the log above it, is not as it was published: releases/R05.mdx:17 This line is not as it was when the provisional note of R05 was published.',
      ],
    });
    const forged = changed(base(), [
      'published/R05/final.json',
      'Enquiries are fast again',
      'Enquiries are slow again',
    ]);
    expect((await verdict('R05/final', forged)).sentences[0]).toMatch(
      /^The final note of R05, or the log above it, is not as it was published: published\/R05\/final\.json:\d+ The note was changed/,
    );
    write(site, 'releases/R05/final.json', served('R05/provisional'));
    expect((await verdict('R05/final', base(), site)).sentences[1]).toMatch(
      /serves another text as the final note of R05: its digest is [0-9a-f]{64}\.$/,
    );
    rmSync(join(site, 'releases/R05/final.json'));
    expect((await verdict('R05/final', base(), site)).sentences[1]).toBe(
      `${site} does not serve the final note of R05.`,
    );
  });
});

describe('a file that somebody saved or was sent', () => {
  const verdict = (text: string, proof: { seal?: string; site?: string } = {}) =>
    verifySaved(encode(text), {
      seal: proof.seal,
      site: proof.site === undefined ? undefined : siteSource(proof.site),
    });
  const only = async (text: string, proof = {}) => {
    const { isProved, sentences } = await verdict(text, proof);
    expect(sentences).toHaveLength(1);
    return `${isProved ? 'yes' : 'no'}: ${sentences[0]}`;
  };

  test('is undamaged, and proves nothing by itself', async () => {
    expect(await only(fileOf('R05/final'))).toBe(
      'yes: This file is the final note of R05, undamaged; nothing here proves that it was published. Give --site with the address of the site, or --seal with the seal that its page shows.',
    );
    expect(await only(served('R05/final'))).toBe(
      `yes: This file says that it is the final note of R05, and has the digest ${seal}; nothing here proves that it was published. Give --site with the address of the site, or --seal with the seal that its page shows.`,
    );
  });

  test('is proved by its seal, or by the site', async () => {
    expect(await only(fileOf('R05/final'), { seal })).toBe(
      'yes: This file is the final note of R05, undamaged; it has the seal that was given.',
    );
    expect(await only(served('R05/final'), { seal, site })).toBe(
      `yes: This file says that it is the final note of R05, and has the digest ${seal}; it has the seal that was given; ${site} serves exactly this note.`,
    );
    expect(await only(served('R05/provisional'), { seal })).toMatch(
      /^no: .*, and not the one with the seal that was given\.$/,
    );
    expect(await only(served('R04/final'), { site })).toMatch(
      /^no: .*; but .* does not serve the final note of R04\.$/,
    );
  });

  test.each<[string, string, string]>([
    [
      'a word changed',
      fileOf('R05/final').replace('fast', 'slow'),
      'no: This file was changed: it says that it is the final note of R05, and its seal does not fit its text.',
    ],
    [
      'saved anew',
      JSON.stringify(JSON.parse(served('R05/final')), null, 2),
      'no: This file was changed or saved anew by another program since it was downloaded, so that its digest is not its seal.',
    ],
    ['cut off', served('R05/final').slice(0, -9), 'no: This file is no JSON, so that it is no note, or was cut off.'],
    [
      'of something else',
      '{"a": 1}',
      'no: This file is no note that ccmt wrote, or was changed so that it is none any more.',
    ],
    ['of nothing', 'null', 'no: This file is no note that ccmt wrote, or was changed so that it is none any more.'],
  ])('%s is not', async (_, text, sentence) => expect(await only(text)).toBe(sentence));

  test('a word changed in a download is shown by the seal', async () => {
    expect(await only(served('R05/final').replace('fast', 'slow'), { seal })).toMatch(
      /^no: .* not the one with the seal that was given\.$/,
    );
    expect(await only(served('R05/final').replace('fast', 'slow'), { site })).toMatch(
      /^no: .*; but .* serves another text as the final note of R05/,
    );
  });
});
