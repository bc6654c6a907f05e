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
