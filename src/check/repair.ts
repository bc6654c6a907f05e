import type { Catalog } from '../derive/catalog.ts';
import type { ReleaseHistory } from '../derive/history.ts';
import type { Path } from '../diagnostic.ts';
import type { Edit } from './edit.ts';
import type { Judged } from './rule.ts';

/** A field of a record. */
export type PathPlace = { file: string; path: Path };

/** What may repair a finding, the likelier first. */
export type Repairs = (finding: Judged, place: PathPlace, catalog: Catalog) => Edit[][];

/** The release of a file, and the number of the line that a path leads into. */
export function lineAt(
  { releases }: Catalog,
  { file, path }: PathPlace,
): { release: ReleaseHistory; index: number } | undefined {
  const release = releases.find(({ record }) => record.file === file);
  return release && path[0] === 'log' && typeof path[1] === 'number' ? { release, index: path[1] } : undefined;
}
