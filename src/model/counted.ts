/** A number and its noun: `1 row`, `100,000 rows`. The noun of many is given where it is not the one with an s. */
export function counted(count: number, noun: string, many = `${noun}s`): string {
  return `${inGroups(count)} ${count === 1 ? noun : many}`;
}

/** A number as people here write it, `100,000`, whatever the machine is set to. */
export function inGroups(count: number): string {
  return new Intl.NumberFormat('en-GB').format(count);
}
