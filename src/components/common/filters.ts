/**
 * Filters a list by what its rows carry, and keeps the choice in the address, so that it can be sent to somebody. A row
 * that has several values of a field has bars between them.
 */

const form = document.querySelector<HTMLFormElement>('form[data-filters]');
const rows = [...document.querySelectorAll<HTMLElement>('[data-words]')];
if (form) start(form);

function start(filters: HTMLFormElement): void {
  const given = new URLSearchParams(location.search);
  for (const field of fieldsOf(filters)) field.value = given.get(field.name) ?? '';
  filters.addEventListener('input', () => apply(filters));
  filters.addEventListener('submit', (event) => event.preventDefault());
  filters.addEventListener('reset', () => setTimeout(() => apply(filters)));
  show(filters);
}

function apply(filters: HTMLFormElement): void {
  const chosen = fieldsOf(filters).filter(({ value }) => value !== '');
  const query = new URLSearchParams(chosen.map(({ name, value }) => [name, value])).toString();
  history.replaceState(undefined, '', query ? `?${query}` : location.pathname);
  show(filters);
}

function show(filters: HTMLFormElement): void {
  const chosen = fieldsOf(filters).filter(({ value }) => value !== '');
  let count = 0;
  for (const row of rows) {
    const isShown = chosen.every(({ name, value }) =>
      name === 'q' ? hasWords(row, value) : row.dataset[name]?.split('|').includes(value),
    );
    row.hidden = !isShown;
    if (isShown) count += 1;
  }
  const status = filters.querySelector('[data-count]');
  const noun = filters.dataset['filters'] ?? '';
  if (status)
    status.textContent =
      count === rows.length
        ? `${count === 1 ? `The only ${noun} is` : `All ${count} ${noun}s are`} shown.`
        : `${count} of ${rows.length} ${noun}s ${count === 1 ? 'is' : 'are'} shown.`;
}

function hasWords(row: HTMLElement, text: string): boolean {
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => row.dataset['words']?.includes(word));
}

function fieldsOf(filters: HTMLFormElement): (HTMLInputElement | HTMLSelectElement)[] {
  return [...filters.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select')];
}
