/** Shows the list of this device, and takes in one that came with a link. */
import { asText, type Followed, keep, myList, pathsIn, saidOn } from '../common/my-list.ts';

const place = document.querySelector<HTMLElement>('[data-my-list]');
if (place) start(place);

function start(list: HTMLElement): void {
  const offered = pathsIn(new URLSearchParams(location.search).get('list') ?? '');
  const fresh = offered.filter((path) => myList().every((entry) => entry.path !== path));
  if (fresh.length > 0) offer(list, fresh);
  part(list, 'seen').addEventListener('click', () => void markSeen(list));
  void show(list);
}

function offer(list: HTMLElement, fresh: readonly string[]): void {
  part(list, 'offered').textContent = `The link holds ${fresh.map(nameOf).join(', ')}.`;
  part(list, 'offer').hidden = false;
  part(list, 'add').addEventListener('click', () => {
    keep([...myList(), ...fresh.map((path) => ({ path, name: nameOf(path), said: '' }))]);
    part(list, 'offer').hidden = true;
    void show(list);
  });
}

async function show(list: HTMLElement): Promise<void> {
  const followed = myList();
  const told = part(list, 'told');
  part(list, 'tools').hidden = followed.length === 0;
  if (followed.length === 0) {
    part(list, 'entries').replaceChildren();
    told.textContent = 'The list is empty.';
    return;
  }
  const entries = await Promise.all(followed.map((entry) => today(list, entry)));
  part(list, 'entries').replaceChildren(...entries.map((entry) => lineOf(list, entry)));
  const changed = entries.filter(({ said, now }) => now !== undefined && now !== said).length;
  told.textContent = `${changed === 0 ? 'Nothing' : `${changed} of ${entries.length}`} changed since you last saw it.`;
  const link = part(list, 'link') as HTMLAnchorElement;
  link.href = `?list=${encodeURIComponent(asText(followed))}`;
}

type Today = Followed & { now?: string | undefined };

/** What the page of a record says today; nothing when it cannot be loaded. */
async function today(list: HTMLElement, entry: Followed): Promise<Today> {
  try {
    const response = await fetch(addressOf(list, entry.path));
    if (!response.ok) return entry;
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const name = page.querySelector('h1')?.textContent.replaceAll(/\s+/g, ' ').trim();
    return { ...entry, name: name ?? entry.name, now: saidOn(page) };
  } catch {
    return entry;
  }
}

function lineOf(list: HTMLElement, { path, name, said, now }: Today): HTMLElement {
  const line = document.createElement('li');
  const link = document.createElement('a');
  link.href = addressOf(list, path);
  link.textContent = name;
  line.append(link, now === undefined ? ': its page cannot be loaded.' : `: ${now}`);
  if (now !== undefined && now !== said) {
    const mark = document.createElement('strong');
    mark.textContent = said === '' ? ' New in the list.' : ` Changed; it was: ${said}`;
    line.append(mark);
  }
  const remove = document.createElement('button');
  remove.type = 'button';
  remove.className = 'link';
  remove.textContent = 'Stop following';
  remove.setAttribute('aria-label', `Stop following ${name}`);
  remove.addEventListener('click', () => {
    keep(myList().filter((entry) => entry.path !== path));
    void show(list);
  });
  line.append(' ', remove);
  return line;
}

async function markSeen(list: HTMLElement): Promise<void> {
  const entries = await Promise.all(myList().map((entry) => today(list, entry)));
  keep(entries.map(({ path, name, said, now = said }) => ({ path, name, said: now })));
  await show(list);
}

function addressOf(list: HTMLElement, path: string): string {
  return `${(list.dataset['base'] ?? '').replace(/\/$/, '')}${path}`;
}

/** What a record is called while its page is not known: the number in its path. */
function nameOf(path: string): string {
  return path.split('/').at(-2) ?? path;
}

function part(list: HTMLElement, name: string): HTMLElement {
  return list.querySelector(`[data-${name}]`) as HTMLElement;
}
