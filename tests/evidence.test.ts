import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planAdoption } from '../src/author/adopt.ts';
import { check } from '../src/check/check.ts';
import { faultsOfFile } from '../src/check/published-file.ts';
import { type Catalog, derive } from '../src/derive/catalog.ts';
import type { Sources } from '../src/load/read-content.ts';
import { evaluate } from '../src/pipeline.ts';
import { project } from '../src/site/site.ts';
import { validate } from '../src/validate/validate.ts';
import { type Files, type Json, leavesOf, linesOf, noteIn, pathsOf, put, putNote, reseal } from './support/forger.ts';
import { filesOf, toFormatOne, treeWith } from './support/format-one.ts';
import { legalHistory, treeOf, type Week } from './support/history.ts';
import { momentFor } from './support/marks.ts';
import { base, encode, textOf } from './support/tree.ts';

/**
 * Whoever may commit may edit any file. What he does to a note, or to a line that a note sealed, is found: also where
 * he puts every digest right again, as far as the note then contradicts the log.
 */
const asked = new Set(['published-note-unchanged', 'note-continues-the-last', 'emergency-listed-again']);

/** What is found in a tree, errors only, as `file:line message`; of the rules about notes, for speed. */
function found(tree: Sources, files: Files): string[] {
  const changed = treeWith(tree, files);
  const { records, findings } = validate(changed);
  const read = findings.map(({ at, message }) => `${at.file} ${message}`);
  if (!records.policy) return read;
  const judged = check(derive({ ...records, policy: records.policy }, momentFor(changed)), asked);
  const places = judged
    .filter(({ level }) => level === 'error')
    .map(({ at, message }) => `${at.file}${'path' in at ? `:${at.path.slice(0, 2).join('.')}` : ''} ${message}`);
  return [...read, ...places];
}

const weeks = fc.array(
  fc.record({
    kind: fc.constantFrom<Week['kind']>('ordinary', 'dropped', 'failed', 'moved'),
    emergency: fc.boolean(),
  }),
  { minLength: 1, maxLength: 2 },
);

/** What somebody does to a line that a note sealed; nothing where the log offers no place for it. */
const edits: Record<string, (line: string, lines: string[], index: number) => string[] | undefined> = {
  'a time moved by a minute': (line, lines, index) =>
    replaced(
      lines,
      index,
      line.replace(
        /at: (\S+T\d\d:\d)(\d)/,
        (_, start: string, last: string) => `at: ${start}${(Number(last) + 1) % 10}`,
      ),
    ),
  'somebody else': (line, lines, index) =>
    replaced(
      lines,
      index,
      line.replace(/by: \[?\w+/, (by) => (by.endsWith('cr') ? by.replace('cr', 'em') : by.replace(/\w+$/, 'cr'))),
    ),
  'a field added': (line, lines, index) => replaced(lines, index, line.replace(/\}$/, ', ref: A mail}')),
  'those who were told': (line, lines, index) =>
    line.includes('informed') ? replaced(lines, index, line.replace(/, informed: \[[^\]]*\]/, '')) : undefined,
  'a window': (line, lines, index) =>
    line.includes('until: ') ? replaced(lines, index, line.replace(/until: (\S+)T\d\d/, 'until: $1T23')) : undefined,
  'a line removed': (_, lines, index) => lines.filter((__, place) => place !== index),
  'a line put in': (line, lines, index) => [
    ...lines.slice(0, index),
    line.replace(/did: .*\}$/, 'did: contact, by: cr, about: Nothing}'),
    ...lines.slice(index),
  ],
  'two lines swapped': (line, lines, index) => {
    const next = lines[index + 1];
    return next === undefined || !next.startsWith('  - {')
      ? undefined
      : [...lines.slice(0, index), next, line, ...lines.slice(index + 2)];
  },
};

function replaced(lines: readonly string[], index: number, line: string): string[] {
  return lines.map((other, place) => (place === index ? line : other));
}

describe('random histories', () => {
  test('have no finding, and each edit of a sealed line is found at a line of that log', { timeout: 240_000 }, () => {
    let tried = 0;
    fc.assert(
      fc.property(weeks, fc.nat(), fc.constantFrom(...Object.keys(edits)), (drawn, pick, name) => {
        const tree = treeOf(legalHistory(drawn));
        const files = filesOf(tree);
        expect(found(tree, files)).toEqual([]);
        const releases = [...files.keys()].filter((path) => path.startsWith('releases/'));
        const path = releases[pick % releases.length] as string;
        const release = path.slice('releases/'.length, -'.mdx'.length);
        const sealed = (pathsOf(files, release).at(-1)?.index ?? -1) + 1;
        const lines = (files.get(path) as string).split('\n');
        const first = lines.findIndex((line) => line.startsWith('  - {at:'));
        const index = first + (pick % sealed);
        const edited = edits[name]?.(lines[index] as string, lines, index);
        // The last line that is sealed has no sealed one below it to be swapped with.
        if (
          !edited ||
          edited.join('\n') === lines.join('\n') ||
          (name === 'two lines swapped' && index + 1 >= first + sealed)
        )
          return;
        files.set(path, edited.join('\n'));
        tried += 1;
        const all = found(tree, files);
        // Where the publication itself is gone, its note has no line.
        const isGone = name === 'a line removed' && (lines[index] as string).includes('did: publish');
        const own = all.filter((one) => isGone || one.startsWith(path));
        expect(own.length, `${name} in line ${index + 1} of ${path}: ${all.join('\n')}`).toBeGreaterThan(0);
      }),
      { numRuns: 60, seed: 12 },
    );
    expect(tried).toBeGreaterThan(30);
  });

  /** What of a note follows from the log of its release. */
  const logged =
    /^(?:publishedAt|by\.|note\.(?:publishedAt|publishedBy|informed|window|tests|review|approval|contacts|dropped\.\d+\.(?:id|reason|target)|added\.\d+\.id|items\.\d+\.(?:id|result)|versions\.\d+\.(?:component|to)|emergency\.review))/;

  test('a forged note whose digests are all put right contradicts the log', { timeout: 240_000 }, () => {
    let tried = 0;
    fc.assert(
      fc.property(weeks, fc.nat(), fc.nat(), (drawn, pick, other) => {
        const tree = treeOf(legalHistory(drawn));
        const files = filesOf(tree);
        const notes = [...files.keys()].filter((path) => path.startsWith('published/'));
        const path = notes[pick % notes.length] as string;
        const release = path.split('/')[1] as string;
        reseal(files, release);
        expect(found(tree, files)).toEqual([]);
        const note = noteIn(files, path);
        const leaves = leavesOf(note).filter((leaf) => logged.test(leaf.path.join('.')));
        const leaf = leaves[other % leaves.length] as (typeof leaves)[number];
        put(note, leaf.path, otherThan(leaf.leaf));
        putNote(files, path, note);
        reseal(files, release);
        tried += 1;
        expect(found(tree, files).length, `${leaf.path.join('.')} of ${path}`).toBeGreaterThan(0);
      }),
      { numRuns: 60, seed: 34 },
    );
    expect(tried).toBe(60);
  });
});

function otherThan(leaf: unknown): unknown {
  if (typeof leaf === 'number') return leaf + 1;
  if (typeof leaf === 'boolean') return !leaf;
  const text = String(leaf);
  const pairs = { passed: 'failed', failed: 'passed', approved: 'rejected', rejected: 'approved', outage: 'none' };
  const other = pairs[text as keyof typeof pairs];
  if (other) return other;
  if (/^\d{4}-\d\d-\d\dT/.test(text))
    return text.replace(/:(\d\d):00Z$/, (_, minute: string) => `:${minute === '59' ? '00' : '59'}:00Z`);
  return /\d$/.test(text) ? text.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10)) : `${text}x`;
}

test(
  'one byte changed anywhere in a note that changes what it says is found: ten thousand of them',
  { timeout: 120_000 },
  () => {
    const notes = base().files.filter(({ path }) => /published\/R0[345]\//.test(path));
    const read = (path: string, bytes: Uint8Array) => {
      const { records, findings } = validate({ root: '', files: [{ path, bytes }] });
      return findings.every(({ at }) => at.file !== path) ? records.published[0] : undefined;
    };
    let state = 20_201_118;
    const random = (below: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    const unseen: string[] = [];
    let [unread, seen, same] = [0, 0, 0];
    for (let count = 0; count < 10_000; count += 1) {
      const { path, bytes } = notes[random(notes.length)] as (typeof notes)[number];
      const flipped = Uint8Array.from(bytes);
      const place = random(bytes.length);
      flipped[place] = (flipped[place] as number) ^ (1 << random(8));
      const note = read(path, flipped);
      if (!note) unread += 1;
      else if (meaningOf(flipped) === meaningOf(bytes)) same += 1;
      else if ([...faultsOfFile({ ...note, file: path })].length > 0) seen += 1;
      else unseen.push(`${path} at ${place}`);
    }
    expect(unseen).toEqual([]);
    expect(unread + seen + same).toBe(10_000);
    expect(seen).toBeGreaterThan(1500);
  },
);

function meaningOf(bytes: Uint8Array): string {
  return JSON.stringify(JSON.parse(new TextDecoder().decode(bytes)));
}

describe('notes are tied to their file, their log and each other', () => {
  const after = (change: (files: Files) => void): string[] => {
    const files = filesOf(base());
    change(files);
    return found(base(), files);
  };
  const swap = (files: Files, one: string, other: string) => {
    const [a, b] = [files.get(one) as string, files.get(other) as string];
    files.set(one, b).set(other, a);
  };

  test.each<[string, (files: Files) => void, RegExp[]]>([
    [
      'two releases swapped',
      (files) => swap(files, 'published/R04/final.json', 'published/R05/final.json'),
      [
        /^published\/R04\/final\.json:release This is the final note of R05, in the file of the final note of R04\.$/,
        /^published\/R05\/final\.json:release This is the final note of R04, in the file of the final note of R05\.$/,
      ],
    ],
    [
      'two stages swapped',
      (files) => swap(files, 'published/R05/provisional.json', 'published/R05/final.json'),
      [
        /provisional\.json:release This is the final note of R05/,
        /final\.json:release This is the provisional note of R05/,
      ],
    ],
    [
      'renamed to an erratum',
      (files) => {
        files
          .set('published/R05/erratum-9.json', files.get('published/R05/final.json') as string)
          .delete('published/R05/final.json');
      },
      [
        /erratum-9\.json:release This is the final note of R05, in the file of the erratum 9 of R05/,
        /final\.json is missing/,
      ],
    ],
    [
      'copied',
      (files) => void files.set('published/R09/final.json', files.get('published/R05/final.json') as string),
      [/R09\/final\.json:release This is the final note of R05, in the file of the final note of R09/],
    ],
    [
      'claimed, with a text and a digest that do not fit',
      (files) => {
        const note = noteIn(files, 'published/R05/final.json');
        putNote(files, 'published/ZZ/final.json', { ...note, note: { ...(note['note'] as Json), title: 'Forged' } });
      },
      [/ZZ\/final\.json:release This is the final note of R05/, /ZZ\/final\.json:sha256 The note was changed/],
    ],
    [
      'published in 2099',
      (files) => {
        putNote(files, 'published/R05/final.json', {
          ...noteIn(files, 'published/R05/final.json'),
          publishedAt: '2099-01-01T00:00:00Z',
        });
      },
      [/final\.json:sha256 The note was changed/, /final\.json:publishedAt "publishedAt" is "2099/],
    ],
    [
      'published in 2099, and sealed again',
      (files) => {
        const note = noteIn(files, 'published/R05/final.json');
        putNote(files, 'published/R05/final.json', {
          ...note,
          publishedAt: '2099-01-01T00:00:00Z',
          note: { ...(note['note'] as Json), publishedAt: '2099-01-01T00:00:00Z' },
        });
        reseal(files, 'R05');
      },
      [
        /^published\/R05\/final\.json:note\.publishedAt "publishedAt" is "2099-01-01T00:00:00Z" in the final note of R05, and "2020-/,
      ],
    ],
    [
      'sealed again without its chain',
      (files) => {
        const note = noteIn(files, 'published/R05/provisional.json');
        putNote(files, 'published/R05/provisional.json', {
          ...note,
          note: { ...(note['note'] as Json), title: 'Forged' },
        });
        reseal(files, 'R05', { keepsLog: true });
      },
      [/R05/],
    ],
    [
      'another note before it',
      (files) => {
        const note = noteIn(files, 'published/R05/final.json');
        putNote(files, 'published/R05/final.json', {
          ...note,
          previous: { stage: 'provisional', sha256: '0'.repeat(64) },
        });
      },
      [/final\.json:sha256 The note was changed/],
    ],
  ])('%s', (_, change, expected) => {
    const all = after(change);
    for (const pattern of expected) expect(all, all.join('\n')).toContainEqual(expect.stringMatching(pattern));
  });

  test('a text of the provisional note is held by what the final one says that changed', () => {
    expect(
      after((files) => {
        const note = noteIn(files, 'published/R05/provisional.json');
        const items = (note['note'] as { items: Json[] }).items;
        put(note, ['note', 'items', 0, 'title'], `${String(items[0]?.['title'])} again`);
        putNote(files, 'published/R05/provisional.json', note);
        reseal(files, 'R05');
      }),
    ).toEqual([
      'published/R05/final.json:note.changed This note and the provisional note differ in what it does not say: D-0090, title.',
    ]);
  });

  test('an unreadable note, or release, hides no other', () => {
    expect(
      after((files) => {
        files.set('published/R05/provisional.json', '{');
        files.set(
          'published/R05/final.json',
          (files.get('published/R05/final.json') as string).replace('fast', 'slow'),
        );
      }),
    ).toContainEqual(expect.stringMatching(/^published\/R05\/final\.json:sha256 The note was changed/));
    expect(
      after((files) => {
        files.set('releases/R05.mdx', '---\n');
        const note = noteIn(files, 'published/R05/final.json');
        putNote(files, 'published/R05/final.json', { ...note, by: ['em'] });
      }),
    ).toContainEqual(expect.stringMatching(/^published\/R05\/final\.json:sha256 The note was changed/));
  });

  test('a note that was back-dated together with its line is held by the notes after it', () => {
    const all = after((files) => {
      const path = 'releases/R04.mdx';
      const [line] = /.*did: publish, note: provisional.*/.exec(files.get(path) as string) ?? [''];
      const at = /at: (\S+),/.exec(line)?.[1] as string;
      files.set(path, (files.get(path) as string).replace(line, line.replace(at, at.replace(/T\d\d/, 'T01'))));
    });
    expect(all).toContainEqual(
      expect.stringMatching(
        /^releases\/R04\.mdx:log\.\d+ This line is not as it was when the provisional note of R04 was published\.$/,
      ),
    );
  });
});

test('what is renamed says what it was called, and its notes stay as they are', () => {
  const path = 'people.yaml';
  const files = filesOf(base());
  const before = files.get(path) as string;
  const renamed = (more: string) => {
    files.set(path, before.replace('name: Market trials working group', `name: Trials board${more}`));
    return found(base(), files).filter((one) => one.startsWith('published/R05/final.json'));
  };
  expect(renamed('')[0]).toMatch(
    /"informed" is "Market trials working group" in the final note of R05, and "Trials board" by the log/,
  );
  expect(renamed(', formerly: [Market trials working group]')).toEqual([]);
});

describe('a history of format 1', () => {
  const old = (...releases: string[]) => {
    const files = filesOf(base());
    for (const release of releases) toFormatOne(files, release);
    return files;
  };
  const errorsIn = (tree: Sources) =>
    evaluate(tree, momentFor(tree))
      .diagnostics.filter(({ level }) => level === 'error')
      .map(({ file, message }) => `${file} ${message}`);
  /** The releases whose notes came first. */
  const early = base()
    .files.filter(({ path }) => path.startsWith('published/'))
    .map((file) => JSON.parse(textOf(file)) as { release: string; publishedAt: string })
    .sort((a, b) => (a.publishedAt < b.publishedAt ? -1 : 1))
    .map(({ release }) => release)
    .filter((release, index, all) => all.indexOf(release) === index)
    .slice(0, 2);

  test('stays valid beside notes of format 2, and one that cannot be old is found', () => {
    const both = treeWith(base(), old(...early));
    expect(errorsIn(both)).toEqual([]);
    const { catalog } = evaluate(both, momentFor(both));
    const { pages } = project(catalog as Catalog, []);
    expect(pages.note).toHaveLength(both.files.filter(({ path }) => path.startsWith('published/')).length);
    expect(errorsIn(treeWith(base(), old('R05')))).toContainEqual(
      expect.stringMatching(
        /^published\/R05\/final\.json The final note of R05 is in format 1, and notes before it are in format 2/,
      ),
    );
  });

  test('is adopted without a byte rewritten, and from then on each change of it is found', () => {
    const tree = treeWith(base(), old(...early));
    const plan = planAdoption(tree, momentFor(tree));
    if (!('change' in plan)) throw new Error(JSON.stringify(plan));
    expect(plan.change.path).toMatch(/^published\/adopted-\d{4}-\d\d-\d\d\.json$/);
    const adopted = { ...tree, files: [...tree.files, { path: plan.change.path, bytes: encode(plan.change.text) }] };
    expect(errorsIn(adopted)).toEqual([]);
    expect(planAdoption(adopted, momentFor(adopted))).toEqual({
      refusal: 'There is nothing to adopt: every note is in format 2, or adopted.',
    });
    const release = early.at(-1) as string;
    const path = `releases/${release}.mdx`;
    const change = (edit: (files: Files) => void) => {
      const files = filesOf(adopted);
      edit(files);
      return errorsIn(treeWith(adopted, files));
    };
    const lines = linesOf(filesOf(adopted), release);
    expect(
      change((files) =>
        files.set(path, (files.get(path) as string).replace(String(lines[0]?.['at']), '2020-01-01T00:00')),
      ),
    ).toContainEqual(expect.stringMatching(/This line is not as it was when it was adopted on/));
    const [note] = pathsOf(filesOf(adopted), release);
    expect(
      change((files) => putNote(files, note?.path as string, { ...noteIn(files, note?.path as string), by: ['em'] })),
    ).toContainEqual(expect.stringMatching(/This note is not as it was when it was adopted on/));
    expect(change((files) => files.delete(note?.path as string))).toContainEqual(
      expect.stringMatching(/was there when it was adopted on .*, and is gone/),
    );
    expect(
      change((files) =>
        files.set(
          plan.change.path,
          (files.get(plan.change.path) as string).replace('"adoptedAt": "2', '"adoptedAt": "1'),
        ),
      ),
    ).toContainEqual(expect.stringMatching(/The adoption was changed: its digest does not fit/));
    expect(
      change((files) =>
        files.set(
          path,
          (files.get(path) as string).replace(
            /\n---\n/,
            '\n  - {at: 2020-10-15T12:00, did: contact, by: cr, about: Later}\n---\n',
          ),
        ),
      ),
    ).toEqual([]);
  });

  test('is not adopted while a note of it is not as it was published', () => {
    const files = old(...early);
    const path = `published/${early[0]}/final.json`;
    files.set(path, textOf({ path, bytes: encode((files.get(path) as string).replace('"number": 1', '"number": 2')) }));
    const tree = treeWith(base(), files);
    expect(planAdoption(tree, momentFor(tree))).toHaveProperty('diagnostics');
  });
});
