/**
 * The time in milliseconds that this process itself spends on some work. A busy machine hardly makes it longer, unlike
 * the time on the clock; still it is only compared with that of other work, because machines are not alike.
 */
export async function cpuOf(work: () => unknown): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** The shortest of several tries, for work of a few milliseconds. */
export async function leastCpuOf(work: () => unknown, tries = 3): Promise<number> {
  let least = Infinity;
  for (let round = 0; round < tries; round += 1) least = Math.min(least, await cpuOf(work));
  return least;
}

/** What the reference work takes of the processor of a small machine without other work, in milliseconds. */
const usual = 150;
let limit: number | undefined;

/**
 * The most that one hostile file may take of the processor, in milliseconds: three seconds of a small machine, and as
 * much more as this one is slower. What grows with the square of a file takes minutes.
 */
export function mostCpu(): number {
  if (limit === undefined) {
    const start = process.cpuUsage();
    referenceWork();
    const { user, system } = process.cpuUsage(start);
    limit = 3_000 * Math.max(1, (user + system) / 1000 / usual);
  }
  return limit;
}

function referenceWork(): void {
  let number = 1;
  const numbers = Array.from({ length: 150_000 }, () => (number = (number * 48_271) % 0x7fff_ffff));
  const texts = numbers.map((value) => value.toString(36)).sort();
  if (texts.join(' ').split(' ').length !== texts.length) throw new Error('The reference work is not what it was.');
}
