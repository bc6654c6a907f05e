/**
 * Filters a list by what its rows carry, and keeps the choice in the address, so that it can be sent to somebody. A row
 * that has several values of a field has bars between them. Whom one tests for can be remembered on the device: it then
 * holds on every page on which nothing else is chosen.
 */
import { forWhom, remember, remembered } from './for-whom.ts';

const list = document.querySelector<HTMLElement>('[data-filters]');
if (list) start(list);

function start(filters: HTMLElement): void {
  const given = new URLSearchParams(location.search);
  const isGiven = fieldsOf(filters).some(({ name }) => given.has(name));
  const chosen = isGiven ? given : remembered();
  for (const field of fieldsOf(filters)) choose(field, chosen.get(field.name) ?? '');
  filters.addEventListener('input', () => apply(filters));
  filters.querySelector('[data-clear]')?.addEventListener('click', () => {
    for (const field of fieldsOf(filters)) field.value = '';
    apply(filters);
  });
  filters.querySelector('[data-remember]')?.addEventListener('click', () => {
    const own = new URLSearchParams(chosenIn(filters).filter(([name]) => forWhom.includes(name)));
    remember(isRemembered(filters) ? new URLSearchParams() : own);
    show(filters);
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
  const chosen = chosenIn(filters);
  const rows = [...document.querySelectorAll<HTMLElement>('[data-words]')];
  let count = 0;
  for (const row of rows) {
    const isShown = chosen.every(([name, value]) =>
      name === 'q' ? hasWords(row, value) : hasValue(row, filters, name, value),
    );
    row.hidden = !isShown;
    if (isShown) count += 1;
  }
  const status = filters.querySelector('[data-count]');
  if (status) status.textContent = countInWords(count, rows.length, filters);
  offerToRemember(filters);
}

function countInWords(count: number, all: number, filters: HTMLElement): string {
  const { filters: noun = '', many = '' } = filters.dataset;
  if (all === 0) return isRemembered(filters) ? 'This choice holds on every page.' : '';
  const mine = isRemembered(filters) ? ' by your choice on this device' : '';
  if (count < all) return `${count} of ${all} ${many} ${count === 1 ? 'is' : 'are'} shown${mine}.`;
  return `${count === 1 ? `The only ${noun} is` : `All ${count} ${many} are`} shown${mine}.`;
}

function offerToRemember(filters: HTMLElement): void {
  const button = filters.querySelector<HTMLButtonElement>('[data-remember]');
  if (!button) return;
  button.hidden = !chosenIn(filters).some(([name]) => forWhom.includes(name));
  button.textContent = isRemembered(filters) ? 'Forget this choice' : 'Use this choice on every page';
}

/** True when what is chosen for whom is what the device remembers. */
function isRemembered(filters: HTMLElement): boolean {
  const kept = [...remembered()].filter(([name]) => filters.querySelector(`[name="${name}"]`));
  const own = chosenIn(filters).filter(([name]) => forWhom.includes(name));
  return own.length > 0 && JSON.stringify(own.sort()) === JSON.stringify(kept.sort());
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

function fieldsOf(filters: HTMLElement): (HTMLInputElement | HTMLSelectElement)[] {
  return [...filters.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select')];
}
