/** The releases that came to participants, the oldest first. */
export function pointsIn(page: Document): { id: string; at: string; path: string }[] {
  return [...page.querySelectorAll<HTMLElement>('[data-point]')]
    .map((row) => {
      const { point: id = '', at = '' } = row.dataset;
      return { id, at, path: row.querySelector('a')?.href ?? '' };
    })
    .reverse();
}

/** Another page of the site. */
export async function read(path: string): Promise<Document> {
  return new DOMParser().parseFromString(await (await load(path)).text(), 'text/html');
}

export async function load(path: string): Promise<Response> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${response.status}`);
  return response;
}
