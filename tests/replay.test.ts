import { fileURLToPath } from 'node:url';
import { parseDocument } from 'yaml';
import { describe, expect, test } from 'vitest';
import { planPublication } from '../src/author/publish-note.ts';
import { splitFrontMatter } from '../src/load/front-matter.ts';
import { readContent, type Sources } from '../src/load/read-content.ts';
import { toInstant } from '../src/model/time.ts';
import { validate } from '../src/validate/validate.ts';
import { yamlOptions } from '../src/load/yaml-document.ts';

/**
 * Every published note again: the tree is cut back to what it was when the note was published, and the publish
 * command's own plan has to pass its gates and come to the same bytes. It proves that the notes are truly frozen, and
 * that a note depends on nothing later.
 */
describe.each(['content', 'tests/programmes/ticketing', 'tests/programmes/canal'])('%s', async (folder) => {
  const sources = await readContent(fileURLToPath(new URL(`../${folder}`, import.meta.url)));
  const { records } = validate(sources);
  const zone = records.policy?.programme.zone ?? 'UTC';
  const publications = records.releases
    .flatMap(({ id, file, log }) =>
      log.flatMap((line, index) =>
        line.did === 'publish' ? [{ id, file, index, line, at: toInstant(line.at, zone) }] : [],
      ),
    )
    .sort((a, b) => (a.at < b.at ? -1 : 1));

  test('has notes to replay', () => expect(publications.length).toBeGreaterThan(3));

  test.each(publications)('$id $line.note of $line.at', ({ id, index, line, at }) => {
    const earlier = cutBack(sources, at, zone, { release: id, index });
    const plan = planPublication(earlier, {
      release: id,
      stage: line.note,
      at,
      by: [line.by].flat(),
      informed: line.informed,
      reason: line.reason,
    });
    if (!('frozen' in plan)) throw new Error(JSON.stringify('diagnostics' in plan ? plan.diagnostics : plan));
    expect(plan.frozen.published.sha256).toBe(line.sha256);
    const stored = sources.files.find(({ path }) => path === plan.frozen.path);
    expect(plan.frozen.text).toBe(new TextDecoder().decode(stored?.bytes));
    expect(plan.lineNumber).toBe(index + 1);
  });
});

/** The tree as it was just before a note: no later log line, no item proposed later, no later note. */
function cutBack(sources: Sources, at: string, zone: string, own: { release: string; index: number }): Sources {
  const files = sources.files.flatMap((file) => {
    if (file.path.startsWith('published/')) return isLater(file.bytes, at) ? [] : [file];
    if (!file.path.startsWith('releases/')) return [file];
    return [
      {
        path: file.path,
        bytes: cutLog(
          new TextDecoder().decode(file.bytes),
          at,
          zone,
          file.path === `releases/${own.release}.mdx` ? own.index : undefined,
        ),
      },
    ];
  });
  return { root: sources.root, files };
}

function isLater(bytes: Uint8Array, at: string): boolean {
  return (JSON.parse(new TextDecoder().decode(bytes)) as { publishedAt: string }).publishedAt >= at;
}

function cutLog(text: string, at: string, zone: string, ownIndex: number | undefined): Uint8Array {
  const split = splitFrontMatter('', text);
  if ('finding' in split) throw new Error(split.finding.message);
  const document = parseDocument(split.yaml, yamlOptions);
  const log = (document.toJS() as { log?: { at: string; until?: string; did: string; items?: string[] }[] }).log ?? [];
  const keep =
    ownIndex ??
    log.findIndex((line) => toInstant(line.did === 'deploy' ? (line.until ?? line.at) : line.at, zone) > at);
  for (let index = log.length - 1; keep >= 0 && index >= keep; index -= 1) document.deleteIn(['log', index]);
  const proposed = new Set(
    log.slice(0, keep < 0 ? undefined : keep).flatMap((line) => (line.did === 'propose' ? (line.items ?? []) : [])),
  );
  const items = (document.toJS() as { items: { id: string }[] }).items;
  for (let index = items.length - 1; index >= 0; index -= 1)
    if (!proposed.has(items[index]?.id as string)) document.deleteIn(['items', index]);
  return new TextEncoder().encode(`---\n${document.toString({ lineWidth: 0 })}---\n${split.body}`);
}
