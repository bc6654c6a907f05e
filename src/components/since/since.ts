/**
 * Joins what changed between two points out of the pages that lead from one release to the next. A point is a release
 * that came to participants, a day, or the moment when a defect was raised; it is kept in the address.
 */
import { fault, isFault } from './fault.ts';
import { joinInto, type Moment } from './join.ts';
import { load, pointsIn, read } from './points.ts';
import { isSameNumber, readPoint } from './point.ts';

const form = document.querySelector<HTMLFormElement>('form[data-since]');
if (form) start(form);

function start(chooser: HTMLFormElement): void {
  const given = new URLSearchParams(location.search);
  for (const name of ['from', 'until']) fieldOf(chooser, name).value = given.get(name) ?? '';
  chooser.addEventListener('submit', (event) => {
    event.preventDefault();
    const query = new URLSearchParams(location.search);
    for (const name of ['from', 'until']) query.delete(name);
    for (const name of ['from', 'until']) if (valueOf(chooser, name)) query.set(name, valueOf(chooser, name));
    history.replaceState(undefined, '', query.size > 0 ? `?${query}` : location.pathname);
    void show(chooser);
  });
  if (valueOf(chooser, 'from')) void show(chooser);
}

async function show(chooser: HTMLFormElement): Promise<void> {
  const told = chooser.querySelector<HTMLElement>('[data-told]');
  const result = document.querySelector<HTMLElement>('[data-result]');
  if (!told || !result) return;
  result.hidden = true;
  told.textContent = '';
  try {
    const from = await momentOf(chooser, valueOf(chooser, 'from'), 'start');
    const isNow = /^(?:now|today)?$/i.test(valueOf(chooser, 'until'));
    const until = isNow ? { at: '9999', name: 'now' } : await momentOf(chooser, valueOf(chooser, 'until'), 'end');
    if (until.at <= from.at) throw fault('The end is not after the beginning.');
    const points = pointsIn(document);
    const first = points[0];
    if (first && from.at < first.at)
      told.textContent = `${first.id} is the first release there, so what changed is told from it on.`;
    await joinInto(result, from, until);
    result.hidden = false;
    result.querySelector<HTMLElement>('[data-title]')?.focus();
    document.querySelector('[data-filters]')?.dispatchEvent(new Event('input'));
  } catch (error) {
    told.textContent = isFault(error) ? error.message : 'The changes could not be loaded: try again.';
  }
}

/** The moment that somebody wrote: a day counts from its beginning, or to its end. */
async function momentOf(chooser: HTMLFormElement, text: string, end: 'start' | 'end'): Promise<Moment> {
  const today = document.querySelector('.as-of time')?.getAttribute('datetime')?.slice(0, 10) ?? '';
  const point = readPoint(text, today);
  if (!point)
    throw fault(
      text === '' ? 'Say since when.' : `"${text}" is no day, release or defect: write 2020-11-02, R05 or D-0042.`,
    );
  if (point.kind === 'day') return { at: `${point.day}${end === 'start' ? 'T' : 'T99'}`, name: point.day };
  const release = pointsIn(document).find(({ id }) => isSameNumber(id, point.number));
  if (release) return { at: release.at, name: release.id };
  const { ids = '', defects = '' } = chooser.dataset;
  const known = (await (await load(ids)).json()) as { id: string; key?: string; path: string }[];
  const defect = known.find(({ id, key = id }) => [id, key].some((number) => isSameNumber(number, point.number)));
  if (!defect) throw fault(`There is no release or defect "${text}" here.`);
  const raised = defect.path.includes('/defects/')
    ? (
        await read(new URL(`${encodeURIComponent(defect.id)}/`, new URL(defects, location.href)).href)
      ).querySelector<HTMLElement>('[data-raised]')
    : undefined;
  if (!raised) throw fault(`${defect.id} is neither a defect nor a release that came to participants.`);
  return { at: raised.dataset['raised'] ?? '', name: `${defect.id} was raised` };
}

function valueOf(chooser: HTMLFormElement, name: string): string {
  return fieldOf(chooser, name).value.trim();
}

function fieldOf(chooser: HTMLFormElement, name: string): HTMLInputElement {
  return chooser.elements.namedItem(name) as HTMLInputElement;
}
