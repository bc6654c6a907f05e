import type { Records } from '../../validate/validate.ts';
import { digestOf } from '../merge/digest.ts';
import type { Refused } from '../remark.ts';
import { optionalFields } from '../row.ts';
import type { NamedProfile, Table } from '../table.ts';
import { inSeries } from '../../model/wording.ts';
import { listed } from '../wording.ts';

/**
 * Refuses an export without a column that has fed a field of known defects: it was renamed or left out, and what is
 * known would stay as it was without a word. `without` names the fields for which that is meant.
 */
export function refuseLostColumns(
  tables: readonly Table[],
  { name, profile }: NamedProfile,
  { defects }: Records,
  without: readonly string[],
): Refused | undefined {
  const absent = optionalFields.filter(
    (field) => !without.includes(field) && tables.some(({ layout }) => !layout.positions.has(field)),
  );
  if (absent.length === 0) return undefined;
  const imported = defects
    .map(({ tracker }) => tracker)
    // What people wrote beside an import is theirs, and needs no column.
    .filter((tracker) => tracker.source?.system === profile.system && tracker.source.profile === name)
    .filter(
      (tracker) => absent.some((field) => tracker[field] !== undefined) && tracker.source?.sha256 === digestOf(tracker),
    );
  const lost = absent.filter((field) => imported.some((tracker) => tracker[field] !== undefined));
  if (lost.length === 0) return undefined;
  const unknown = tables.flatMap(({ layout }) =>
    layout.columns.filter(({ fate }) => fate === 'unknown').map(({ heading }) => `"${heading}"`),
  );
  const renamed = unknown.length > 0 ? `; the profile does not know ${listed(unknown, 5)}` : '';
  return {
    refused: `The export has no column for the ${inSeries(lost)}, which known defects of this tracker have from one${renamed}.`,
    hint: `Export that column too, or add its new heading to profiles/${name}.yaml; if it is gone for good, say so: ${lost.map((field) => `--without ${field}`).join(' ')}.`,
  };
}
