import { exactMatches, type Known } from './exact.ts';
import { chosenIn, type Facets, showFacets } from './facets.ts';

/** The search: our own page over Pagefind's index. Query and filters stand in the address. */

type Found = { id: string; data: () => Promise<{ url: string; excerpt: string; meta: Record<string, string> }> };
type Pagefind = {
  options: (options: { excerptLength: number }) => Promise<void>;
  filters: () => Promise<Facets>;
  search: (
    query: string | null,
    options: { filters: Record<string, { any: string[] }> },
  ) => Promise<{ results: Found[]; filters: Facets; totalFilters: Facets }>;
};

const perPage = 20;
const find = <Kind extends Element>(selector: string) => document.querySelector<Kind>(selector) as Kind;
const form = find<HTMLFormElement>('[data-search]');
const input = find<HTMLInputElement>('#q');
const facetForm = find<HTMLElement>('[data-facets]');
const status = find<HTMLElement>('[data-status]');
const list = find<HTMLOListElement>('[data-results]');
const more = find<HTMLButtonElement>('[data-more]');
const base = (form.dataset['base'] ?? '/').replace(/\/$/, '');

let run = 0;
void start();

async function start(): Promise<void> {
  // Beside the results there is room for the filters; above them, on a phone, they would hide what was found.
  find<HTMLDetailsElement>('[data-narrow]').open = matchMedia('(min-width: 48rem)').matches;
  input.value = new URLSearchParams(location.search).get('q') ?? '';
  find<HTMLElement>('[data-lists]').hidden = location.search !== '';
  try {
    const pagefind = (await import(/* @vite-ignore */ `${base}/pagefind/pagefind.js`)) as Pagefind;
    await pagefind.options({ excerptLength: 24 });
    const known = (await (await fetch(`${base}/search/ids.json`)).json()) as Known[];
    const refresh = () => void search(pagefind, known);
    let timer = 0;
    input.addEventListener('input', () => {
      clearTimeout(timer);
      timer = window.setTimeout(refresh, 150);
    });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      refresh();
    });
    facetForm.addEventListener('change', refresh);
    facetForm.addEventListener('submit', (event) => event.preventDefault());
    showFacets(facetForm, await pagefind.filters(), chosenInAddress());
    await search(pagefind, known);
    if (input.value === '') input.focus();
  } catch {
    find<HTMLElement>('[data-lists]').hidden = false;
    status.textContent = 'The search could not be loaded. Use the lists below.';
  }
}

async function search(pagefind: Pagefind, known: Known[]): Promise<void> {
  const mine = (run += 1);
  const query = input.value.trim();
  const chosen = chosenIn(facetForm);
  keepInAddress(query, chosen);
  const isIdle = query === '' && Object.keys(chosen).length === 0;
  find<HTMLElement>('[data-lists]').hidden = !isIdle;
  if (isIdle) {
    list.replaceChildren();
    more.hidden = true;
    status.textContent = 'Type a word, number or version, or choose a filter.';
    showFacets(facetForm, await pagefind.filters(), chosen);
    return;
  }
  const filters = Object.fromEntries(Object.entries(chosen).map(([name, any]) => [name, { any }]));
  const { results, filters: counts } = await pagefind.search(query === '' ? null : query, { filters });
  if (mine !== run) return;
  showFacets(facetForm, counts, chosen);
  const kinds = chosen['kind'];
  const exact = exactMatches(query, known).filter(({ kind }) => kinds === undefined || kinds.includes(kind));
  await showResults(results, exact, mine);
}

async function showResults(results: Found[], exact: Known[], mine: number): Promise<void> {
  const shown = new Set(exact.map(({ path }) => path));
  const items = exact.map((known) =>
    itemOf({ path: known.path, title: known.title, kind: known.kind, note: 'This is the number you asked for.' }),
  );
  let place = 0;
  const next = async () => {
    const page = await Promise.all(results.slice(place, place + perPage).map((result) => result.data()));
    place += perPage;
    if (mine !== run) return;
    list.append(
      ...page
        .filter(({ url }) => !shown.has(pathOf(url)))
        .map(({ url, meta, excerpt }) =>
          itemOf({ path: pathOf(url), title: meta['title'] ?? url, kind: meta['kind'] ?? '', excerpt }),
        ),
    );
    more.hidden = place >= results.length;
  };
  list.replaceChildren(...items);
  more.onclick = () => void next();
  await next();
  const count = Math.max(results.length, list.children.length);
  status.textContent =
    count === 0
      ? 'Nothing was found. Try fewer words, a number, or remove a filter.'
      : `${count} ${count === 1 ? 'result' : 'results'}.`;
}

type Shown = { path: string; title: string; kind: string; excerpt?: string; note?: string };

function itemOf({ path, title, kind, excerpt, note }: Shown): HTMLLIElement {
  const item = document.createElement('li');
  const link = Object.assign(document.createElement('a'), {
    href: base + path,
    textContent: title,
    className: 'title',
  });
  const about = Object.assign(document.createElement('p'), { className: 'small soft', textContent: kind });
  item.append(link, about);
  if (note) item.append(Object.assign(document.createElement('p'), { textContent: note }));
  if (excerpt) item.append(excerptOf(excerpt));
  return item;
}

/**
 * The excerpt comes with <mark> around what was found and everything else escaped; it is read as text, never set as
 * HTML.
 */
function excerptOf(excerpt: string): HTMLParagraphElement {
  const parsed = new DOMParser().parseFromString(excerpt, 'text/html').body;
  const paragraph = document.createElement('p');
  for (const node of parsed.childNodes) {
    if (node.nodeName === 'MARK')
      paragraph.append(Object.assign(document.createElement('mark'), { textContent: node.textContent }));
    else paragraph.append(node.textContent ?? '');
  }
  return paragraph;
}

function pathOf(url: string): string {
  return base !== '' && url.startsWith(`${base}/`) ? url.slice(base.length) : url;
}

function chosenInAddress(): Record<string, string[]> {
  const given = new URLSearchParams(location.search);
  return Object.fromEntries(
    [...new Set(given.keys())].filter((name) => name !== 'q').map((name) => [name, given.getAll(name)]),
  );
}

function keepInAddress(query: string, chosen: Record<string, string[]>): void {
  const pairs = [
    ...(query === '' ? [] : [['q', query]]),
    ...Object.entries(chosen).flatMap(([name, values]) => values.map((value) => [name, value])),
  ];
  const text = new URLSearchParams(pairs).toString();
  history.replaceState(undefined, '', text ? `?${text}` : location.pathname);
}
