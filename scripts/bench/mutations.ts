import { type Document, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { withChanges } from '../../src/author/publish-note.ts';
import { rawText } from '../../src/load/decode.ts';
import { splitFrontMatter } from '../../src/load/front-matter.ts';
import type { Sources } from '../../src/load/read-content.ts';

/** One mistake in one place of a release: what was done, to which field or entry, and the tree with it. */
export type Mutation = {
  name: string;
  file: string;
  path: Path;
  how: How;
  /** The first and the last line of the entry, the item or line of the log, that the mistake is in. */
  lines: [number, number];
  tree: () => Sources;
};
type Path = (string | number)[];
export const ways = ['left out', 'misspelt', 'swapped', 'doubled'] as const;
export type How = (typeof ways)[number];

/** Every field of every header, item and line of a release left out, misspelt, swapped with its neighbour, doubled. */
export function mutationsOf(sources: Sources, file: string): Mutation[] {
  const text = rawText(sources.files.find(({ path }) => path === file)?.bytes);
  const split = splitFrontMatter(file, text);
  if ('finding' in split) throw new Error(`${file} has no front matter`);
  const read = () => parseDocument(split.yaml);
  const written = (document: Document) =>
    `---\n${document.toString({ lineWidth: 0, flowCollectionPadding: false })}---\n${split.body}`;
  const untouched = written(read());
  const places = placesIn(read().toJS(), []);
  return places.flatMap((path) =>
    ways.flatMap((how): Mutation[] => {
      const document = read();
      if (!mutate(document, path, how)) return [];
      const changed = written(document);
      return [
        {
          name: `${file} ${path.join('.')} ${how}`,
          file,
          path,
          how,
          lines: wholeEntry(linesThatDiffer(untouched, changed), changed, path, how),
          tree: () => withChanges(sources, [{ path: file, text: changed, before: undefined }]),
        },
      ];
    }),
  );
}

/** The lines of a text from the first to the last that another one has not, and the one below where lines are gone. */
function linesThatDiffer(before: string, after: string): [number, number] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < old.length && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  return [start, Math.max(start + 1, now.length - end + 1)];
}

/** The lines with the whole entry around them; what the record itself lacks is missed where it begins. */
function wholeEntry([first, last]: [number, number], text: string, path: Path, how: How): [number, number] {
  if (path.length === 1) return [how === 'left out' ? 1 : first, last];
  if (path.length === 2) return [first, last];
  const starts = text.split('\n').flatMap((line, index) => (/^(?: {2}- |\S)/.test(line) ? [index + 1] : []));
  const begin = starts.findLast((line) => line <= first) ?? first;
  return [begin, Math.max(last, (starts.find((line) => line > last) ?? last + 1) - 1)];
}

/** Every field and entry, whole lines and items included, but not the lists that hold them. */
function placesIn(value: unknown, path: Path): Path[] {
  const below =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, entry]) =>
          placesIn(entry, [...path, Array.isArray(value) ? Number(key) : key]),
        )
      : [];
  const isList = path.length === 0 || Array.isArray(value);
  return isList ? below : [path, ...below];
}

/** Makes one mistake; false where there is nothing to make it of. */
function mutate(document: Document, path: Path, how: How): boolean {
  const parent = path.slice(0, -1);
  const last = path.at(-1) as string | number;
  const value: unknown = document.getIn(path, true);
  const holder: unknown = parent.length > 0 ? document.getIn(parent, true) : document.contents;
  switch (how) {
    case 'left out':
      return document.deleteIn(path);
    case 'misspelt': {
      if (!isScalar(value)) return false;
      const wrong = misspelt(value.value);
      if (wrong === undefined) return false;
      value.value = wrong;
      return true;
    }
    case 'swapped': {
      if (isSeq(holder)) {
        const index = Number(last);
        const [first, second] = [holder.items[index], holder.items[index + 1]];
        if (second === undefined || JSON.stringify(first) === JSON.stringify(second)) return false;
        [holder.items[index], holder.items[index + 1]] = [second, first];
        return true;
      }
      return swapWithNext(document, path);
    }
    case 'doubled':
      if (isSeq(holder)) {
        holder.items.splice(Number(last), 0, holder.items[Number(last)]);
        return true;
      }
      return false;
  }
}

/** Swaps a field of an entry with the same field of the next one that has it. */
function swapWithNext(document: Document, path: Path): boolean {
  const at = path.findLastIndex((part) => typeof part === 'number');
  if (at === -1) return false;
  const list: unknown = document.getIn(path.slice(0, at), true);
  if (!isSeq(list)) return false;
  const rest = path.slice(at + 1);
  const first = document.getIn(path, true);
  for (let index = Number(path[at]) + 1; index < list.items.length; index += 1) {
    const entry = list.items[index];
    const other: unknown = isMap(entry) ? entry.getIn(rest, true) : undefined;
    if (other === undefined) continue;
    if (JSON.stringify(other) === JSON.stringify(first)) return false;
    document.setIn(path, other);
    document.setIn([...path.slice(0, at), index, ...rest], first);
    return true;
  }
  return false;
}

/** A slip of the hand: two letters changed places, one digit another, a word less its last letter. */
function misspelt(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (typeof value !== 'string' || value === '') return undefined;
  // The month of a day, the last number of a version or an id.
  const day = /^(\d{4}-)(\d\d)(-.*)$/.exec(value);
  if (day) return `${day[1] as string}${String((Number(day[2]) % 12) + 1).padStart(2, '0')}${day[3] as string}`;
  const number = /^(.*?)(\d)(\D*)$/.exec(value);
  if (number) return `${number[1] as string}${(Number(number[2]) + 1) % 10}${number[3] as string}`;
  if (value.length < 3) return `${value}${value.at(-1) as string}`;
  const letters = [...value];
  const at = Math.min(2, letters.length - 2);
  [letters[at], letters[at + 1]] = [letters[at + 1] as string, letters[at] as string];
  const swapped = letters.join('');
  return swapped === value ? `${value}${value.at(-1) as string}` : swapped;
}
