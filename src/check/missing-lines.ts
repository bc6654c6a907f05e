import type { Catalog } from '../derive/catalog.ts';
import type { ReleaseHistory } from '../derive/history.ts';
import type { Path } from '../diagnostic.ts';
import type { LogLine } from '../model/log.ts';
import type { Step } from '../model/step.ts';
import { type Edit, valueIn } from './edit.ts';
import type { Judged } from './rule.ts';

/**
 * The lines that the steps of its type ask of a release and that are missing above the one that a finding points to,
 * each as another release of the same programme has it.
 */
export function addedLines({ release: id }: Judged, place: { file: string; path: Path }, catalog: Catalog): Edit[][] {
  const release = catalog.releases.find((candidate) => candidate.id === id && candidate.record.file === place.file);
  if (!release) return [];
  const { log } = release.record;
  const index = place.path[0] === 'log' ? Number(place.path[1]) : log.length;
  const above = log.slice(0, index);
  const missing = release.type.steps.flat().filter((step) => !above.some((line) => isOfStep(line, step)));
  return missing.flatMap((step) => lineLikeOthers(step, release, index, catalog));
}

/** One line of a step inserted before another, at the time of the one above it, as other releases have it. */
export function lineLikeOthers(step: Step, release: ReleaseHistory, index: number, catalog: Catalog): Edit[][] {
  const { log, file } = release.record;
  const at = (log[index - 1] ?? log[0])?.at;
  if (at === undefined) return [];
  const next = log[index];
  const from = next?.at ?? at;
  const until = (next?.did === 'deploy' ? next.until : undefined) ?? `${from.slice(0, 10)}T23:59`;
  const value = likeOthers(step, release, { at, window: { from, until } }, catalog);
  return value === undefined ? [] : [[{ file, path: ['log', index], kind: 'insert', value }]];
}

function isOfStep(line: LogLine, { did, target }: Step): boolean {
  if (line.did !== did) return false;
  if (target === undefined) return true;
  const named = valueIn(line, ['to']) ?? valueIn(line, ['in']) ?? valueIn(line, ['note']);
  return named === undefined || named === target;
}

/** Such a line of another release, the same type first, with the items and versions of this one. */
function likeOthers(
  step: Step,
  release: ReleaseHistory,
  { at, window }: { at: string; window: { from: string; until: string } },
  { releases, published }: Catalog,
): unknown {
  const others = releases.filter(({ id }) => id !== release.id);
  const [line] = [...others.filter(({ type }) => type === release.type), ...others].flatMap(({ record }) =>
    record.log.filter((candidate) => isOfStep(candidate, step)),
  );
  if (!line) return undefined;
  const { replaces: _, ...rest } = line;
  const items = release.record.items.map(({ id }) => id);
  if (line.did === 'propose') return { ...rest, at, items };
  if (line.did === 'request') return { ...rest, at, from: window.from, until: window.until };
  if (line.did === 'deploy') return { did: 'deploy', to: line.to, by: line.by, outcome: 'succeeded', at };
  if (line.did === 'deliver') {
    const note = published.findLast((other) => other.release === release.id)?.note;
    const versions = Object.fromEntries((note?.versions ?? []).map(({ component, to }) => [component, to]));
    return { did: 'deliver', by: line.by, versions, at };
  }
  return { ...rest, at, ...('items' in rest ? { items } : {}) };
}
