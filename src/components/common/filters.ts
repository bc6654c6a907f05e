/**
 * Filters a list by what its rows carry, and keeps the choice in the address, so that it can be sent to somebody. A row
 * that has several values of a field has bars between them. Whom one tests for can be remembered on the device: rows
 * for it are then marked on every page on which nothing else is chosen.
 */
import { forWhom, remember, remembered } from './for-whom.ts';

const list = document.querySelector<HTMLElement>('[data-filters]');
if (list) start(list);

function start(filters: HTMLElement): void {
  const given = new URLSearchParams(location.search);
  const isGiven = fieldsOf(filters).some(({ name }) => given.has(name));
  if (isGiven) for (const field of fieldsOf(filters)) choose(field, given.get(field.name) ?? '');
  filters.addEventListener('input', () => apply(filters));
  filters.querySelector('[data-clear]')?.addEventListener('click', () => {
    for (const field of fieldsOf(filters)) field.value = '';
    apply(filters);
  });
  filters.querySelector('[data-remember]')?.addEventListener('click', () => {
    const own = chosenFor(filters);
    const kept = rememberedFor(filters);
    if (own.length === 0) for (const [name, value] of kept) choose(fieldNamed(filters, name), value);
    else remember(new URLSearchParams(isSame(own, kept) ? [] : own));
    apply(filters);
  });
  show(filters);
}

/** A value that a list does not offer is not chosen, so that nothing is hidden by what cannot be seen. */
function choose(field: HTMLInputElement | HTMLSelectElement, value: string): void {
  const isOffered = field instanceof HTMLInputElement || [...field.options].some((option) => option.value === value);
  field.value = isOffered ? value : '';
}

function apply(filters: HTMLElement): void {
  const query = new URLSearchParams(location.search);
  for (const { name } of fieldsOf(filters)) query.delete(name);
  for (const [name, value] of chosenIn(filters)) query.set(name, value);
  history.replaceState(undefined, '', query.size > 0 ? `?${query}` : location.pathname);
  show(filters);
}

function show(filters: HTMLElement): void {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-words]')];
  const chosen = chosenIn(filters);
  const kept = chosenFor(filters).length > 0 ? [] : rememberedFor(filters);
  for (const row of rows) {
    row.hidden = !isFor(row, chosen, filters);
    // What is remembered hides nothing by itself: it marks, so that the page neither jumps nor leaves anything out.
    row.classList.toggle('mine', kept.length > 0 && isFor(row, kept, filters));
  }
  const shown = rows.filter(({ hidden }) => !hidden).length;
  const marked = rows.filter(({ hidden, classList }) => !hidden && classList.contains('mine')).length;
  const status = filters.querySelector('[data-count]');
  if (status)
    status.textContent = countInWords(filters, { all: rows.length, shown, marked, isMarked: kept.length > 0 });
  offerToRemember(filters, kept);
}

type Counts = { all: number; shown: number; marked: number; isMarked: boolean };

function countInWords(filters: HTMLElement, { all, shown, marked, isMarked }: Counts): string {
  const { filters: noun = '', many = '' } = filters.dataset;
  const isKept = isSame(chosenFor(filters), rememberedFor(filters));
  if (all === 0) return isKept ? 'This choice holds on every page.' : '';
  const count =
    shown < all
      ? `${shown} of ${all} ${many} ${shown === 1 ? 'is' : 'are'} shown.`
      : `${shown === 1 ? `The only ${noun} is` : `All ${shown} ${many} are`} shown.`;
  return isMarked ? `${count} ${marked} of them ${marked === 1 ? 'is' : 'are'} marked as yours.` : count;
}

function offerToRemember(filters: HTMLElement, kept: readonly [string, string][]): void {
  const button = filters.querySelector<HTMLButtonElement>('[data-remember]');
  if (!button) return;
  const own = chosenFor(filters);
  button.hidden = own.length + kept.length === 0;
  button.textContent =
    own.length === 0
      ? 'Show only these'
      : isSame(own, rememberedFor(filters))
        ? 'Forget this choice'
        : 'Use this choice on every page';
}

/** What is chosen of for whom one looks. */
function chosenFor(filters: HTMLElement): [string, string][] {
  return chosenIn(filters).filter(([name]) => forWhom.includes(name));
}

/** What the device remembers of it, as far as this list can be filtered by it. */
function rememberedFor(filters: HTMLElement): [string, string][] {
  return [...remembered()].filter(([name, value]) => {
    const options = [...(filters.querySelector<HTMLSelectElement>(`select[name="${name}"]`)?.options ?? [])];
    return options.some((option) => option.value === value);
  });
}

function isSame(one: readonly [string, string][], other: readonly [string, string][]): boolean {
  const text = (pairs: readonly [string, string][]) =>
    pairs
      .map((pair) => pair.join('='))
      .sort()
      .join('&');
  return one.length > 0 && text(one) === text(other);
}

function isFor(row: HTMLElement, chosen: readonly [string, string][], filters: HTMLElement): boolean {
  return chosen.every(([name, value]) => (name === 'q' ? hasWords(row, value) : hasValue(row, filters, name, value)));
}

/** A row that names nothing of a field stays where the field says so. */
function hasValue(row: HTMLElement, filters: HTMLElement, name: string, value: string): boolean {
  const own = row.dataset[name] ?? '';
  if (own === '' && filters.querySelector(`select[name="${name}"][data-unnamed]`)) return true;
  return own.split('|').includes(value);
}

function hasWords(row: HTMLElement, text: string): boolean {
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => row.dataset['words']?.includes(word));
}

function chosenIn(filters: HTMLElement): [string, string][] {
  return fieldsOf(filters).flatMap(({ name, value }) => (value === '' ? [] : [[name, value] as [string, string]]));
}

function fieldNamed(filters: HTMLElement, name: string): HTMLSelectElement {
  return filters.querySelector(`select[name="${name}"]`) as HTMLSelectElement;
}

function fieldsOf(filters: HTMLElement): (HTMLInputElement | HTMLSelectElement)[] {
  return [...filters.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select')];
}
