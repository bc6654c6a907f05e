import { fault } from './fault.ts';
import { pointsIn, read } from './points.ts';

/** A moment as the pages write it, in local time, and what it is called. */
export type Moment = { at: string; name: string };

/** Puts what changed between two moments into its place, out of the pages that lead from release to release. */
export async function joinInto(result: HTMLElement, from: Moment, until: Moment): Promise<void> {
  const points = pointsIn(document);
  const pages = points.filter(({ at }, place) => at < until.at && (points[place + 1]?.at ?? '9999') > from.at);
  const parts = await Promise.all(
    pages.map(async ({ path }) => (await read(path)).querySelector<HTMLElement>('[data-changes]')),
  );
  const [first, ...more] = parts.flatMap((part) => (part ? [document.importNode(part, true)] : []));
  const place = result.querySelector('[data-changes]');
  if (!first || !place) throw fault('No release came to participants in this time.');
  first.querySelector('[data-filters]')?.remove();
  for (const section of first.querySelectorAll<HTMLElement>('section[data-kind]')) {
    const body = section.querySelector('tbody');
    const rows = [first, ...more].flatMap((part) => rowsOf(part, section.dataset['kind'] ?? ''));
    const within = rows.filter(({ dataset: { at = '' } }) => at > from.at && at <= until.at);
    const shown = section.dataset['kind'] === 'version' ? netVersions(within) : within;
    body?.replaceChildren(...shown);
    section.hidden = shown.length === 0;
  }
  const nothing = first.querySelector<HTMLElement>('[data-nothing]');
  if (nothing) nothing.hidden = first.querySelector('tbody tr') !== null;
  place.replaceWith(first);
  const title = result.querySelector('[data-title]');
  if (title)
    title.textContent = `What changed since ${from.name}${until.name === 'now' ? '' : `, until ${until.name}`}`;
}

function rowsOf(part: HTMLElement, kind: string): HTMLElement[] {
  return [...part.querySelectorAll<HTMLElement>(`section[data-kind="${kind}"] tbody tr`)];
}

/** Of several versions of one component the last, from what was there before the first; nothing when it is the same. */
function netVersions(rows: readonly HTMLElement[]): HTMLElement[] {
  const net = new Map<string, HTMLElement>();
  for (const row of rows) {
    const { key = '' } = row.dataset;
    const from = (net.get(key) ?? row).querySelector('[data-from]')?.textContent ?? '';
    const cell = row.querySelector('[data-from]');
    if (cell) cell.textContent = from;
    net.set(key, row);
  }
  return [...net.values()].filter((row) => {
    const [from, to] = [row.querySelector('[data-from]'), row.querySelector('[data-to]')];
    return from?.textContent?.trim() !== to?.textContent?.trim();
  });
}
