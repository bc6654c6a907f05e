/** Compares the versions of two environments, or of two days, out of the pages of the matrix; kept in the address. */
import { momentBy } from './moments.ts';

/** What stands on one side: an environment, by its id and name, at a moment. */
type Side = { environment: string; name: string; day: string };

const form = document.querySelector<HTMLFormElement>('form[data-compare]');
if (form) start(form);

function start(chooser: HTMLFormElement): void {
  const given = new URLSearchParams(location.search);
  for (const field of chooser.querySelectorAll<HTMLInputElement | HTMLSelectElement>('select, input')) {
    const value = given.get(field.name);
    const isOffered =
      !(field instanceof HTMLSelectElement) || [...field.options].some((option) => option.value === value);
    if (value !== null && isOffered) field.value = value;
  }
  chooser.addEventListener('submit', (event) => {
    event.preventDefault();
    const chosen = [...new FormData(chooser)].flatMap(([name, value]) =>
      typeof value === 'string' && value !== '' ? [[name, value]] : [],
    );
    history.replaceState(undefined, '', `?${new URLSearchParams(chosen).toString()}`);
    void show(chooser);
  });
  if (given.size > 0) void show(chooser);
}

async function show(chooser: HTMLFormElement): Promise<void> {
  const told = chooser.querySelector<HTMLElement>('[data-told]');
  const result = document.querySelector<HTMLElement>('[data-result]');
  if (!told || !result) return;
  result.hidden = true;
  told.textContent = '';
  try {
    const sides = ['a', 'b'].map((name) => sideOf(chooser, name)) as [Side, Side];
    const versions = await Promise.all(sides.map((side) => versionsOf(chooser, side)));
    const [one = new Map<string, string>(), other = new Map<string, string>()] = versions;
    const rows = [...new Set([...one.keys(), ...other.keys()])]
      .map((component) => [component, one.get(component) ?? '', other.get(component) ?? ''] as const)
      .filter(([, before, after]) => before !== after);
    fill(result, sides, rows);
    told.textContent = rows.length === 0 ? 'They hold the same versions.' : '';
    result.hidden = rows.length === 0;
    if (rows.length > 0) result.querySelector<HTMLElement>('[data-title]')?.focus();
  } catch {
    told.textContent = 'The matrix of that day could not be loaded: try again.';
  }
}

function sideOf(chooser: HTMLFormElement, name: string): Side {
  const select = chooser.querySelector(`select[name="${name}"]`) as HTMLSelectElement;
  const day = chooser.querySelector(`input[name="${name}-on"]`) as HTMLInputElement;
  return { environment: select.value, name: select.selectedOptions[0]?.textContent ?? select.value, day: day.value };
}

/** Component to its version; nothing of it before the first moment that the matrix was kept. */
async function versionsOf(chooser: HTMLFormElement, { environment, day }: Side): Promise<Map<string, string>> {
  const { now = '', moments = '', root = '' } = chooser.dataset;
  const moment = day === '' ? undefined : await momentBy(moments, day);
  if (day !== '' && !moment) return new Map();
  const response = await fetch(moment ? root.replace(/\/$/, '') + moment.path : now);
  if (!response.ok) throw new Error(String(response.status));
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const rows = [...page.querySelectorAll<HTMLElement>('tr[data-component]')];
  return new Map(
    rows.map((row) => {
      const cell = row.querySelector<HTMLElement>(`td[data-environment="${CSS.escape(environment)}"]`);
      return [row.dataset['name'] ?? '', cell?.dataset['version'] ?? ''];
    }),
  );
}

function fill(result: HTMLElement, sides: [Side, Side], rows: readonly (readonly string[])[]): void {
  const names = sides.map(({ name, day }) => `${name}${day === '' ? ' now' : `, ${day}`}`);
  const title = result.querySelector('[data-title]');
  if (title) title.textContent = names.join(' and ');
  for (const [place, head] of [...result.querySelectorAll('thead th')].slice(1).entries())
    head.textContent = names[place] ?? '';
  result.querySelector('tbody')?.replaceChildren(
    ...rows.map(([component = '', ...versions]) => {
      const row = document.createElement('tr');
      const head = document.createElement('th');
      head.scope = 'row';
      head.textContent = component;
      row.append(head, ...versions.map(cellOf));
      return row;
    }),
  );
}

function cellOf(version: string): HTMLElement {
  const cell = document.createElement('td');
  cell.textContent = version === '' ? 'no version' : version;
  return cell;
}
