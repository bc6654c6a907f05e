import type { Finding } from '../diagnostic.ts';
import type { SourceFile, Sources } from '../load/read-content.ts';
import { nearest } from './nearest.ts';
import { recordKinds } from './record-kinds.ts';

/** A README is for those who write the records, in whichever folder it stands. */
export function isReadme({ path }: SourceFile): boolean {
  return /(?:^|\/)README\.md$/i.test(path);
}

const readable = /\.(?:mdx?|ya?ml|json)$/i;

/** A finding for a file that looks like a record and stands where none is read. */
export function misplaced({ path }: SourceFile): Finding[] {
  if (!readable.test(path)) return [];
  const folder = path.split('/')[0] as string;
  const place = recordKinds.find((kind) => kind.place.startsWith(`${folder}/`))?.place;
  const near = nearest(folder, [...new Set(recordKinds.map((kind) => kind.place.split('/')[0] as string))]);
  const hint = place
    ? `The records of this folder are ${place}.`
    : near
      ? `Did you mean "${near}"?`
      : 'Records stand in releases/, defects/, changes/, waivers/ and plan/, and what the programme is in files beside them.';
  const at = { file: path, position: { line: 1, column: 1 } };
  return [{ rule: 'record-in-its-place', at, message: 'No record is read from a file of this name.', hint }];
}

/** A finding for each file that every programme has, and this one has not. */
export function absent({ files, unread }: Sources): Finding[] {
  const paths = [...files.map(({ path }) => path), ...(unread ?? []).map(({ at }) => at.file)];
  return recordKinds
    .filter((kind) => kind.required && !paths.some((path) => kind.path.test(path)))
    .map(({ place }) => ({
      rule: 'readable-file',
      at: { file: place, position: { line: 1, column: 1 } },
      message: `The file ${place} is missing.`,
      hint: 'Every programme has one: copy it from another programme and change it.',
    }));
}

/** True when a folder with records of some kind was not read: of those records nothing is known. */
export function isFolderUnread({ unread }: Sources): boolean {
  return recordKinds.some(({ place }) => unread?.some(({ at }) => isAbove(at.file, place)));
}

/** True for a folder on the path to the records of a kind. */
function isAbove(folder: string, place: string): boolean {
  const [parts, steps] = [folder.split('/'), place.split('/')];
  return parts[0] === steps[0] && parts.length < steps.length;
}
