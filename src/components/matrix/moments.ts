/** A moment of which the matrix is kept. */
type Moment = { at: string; path: string };

/** The last moment that the matrix was kept by the end of a day; nothing before the first. */
export async function momentBy(file: string, day: string): Promise<Moment | undefined> {
  const response = await fetch(file);
  if (!response.ok) throw new Error(String(response.status));
  const moments = (await response.json()) as Moment[];
  return moments.findLast(({ at }) => at.slice(0, 10) <= day);
}
