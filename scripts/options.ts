import { InvalidArgumentError, Option } from 'commander';

/** Options that several commands have. */
export const content = () =>
  new Option('--content <dir>', 'the content folder').default(undefined, 'CCMT_CONTENT, else content/');
export const asOf = () =>
  new Option('--as-of <time>', 'look at this moment, such as 2020-10-07T12:00').default(
    undefined,
    "CCMT_AS_OF, else the programme's, else now",
  );

export const port = () =>
  new Option('--port <number>', 'the port; the next free one is taken').argParser(readPort).default(4321);
export const host = () => new Option('--host <name>', 'the address to listen on').default('localhost');

/** Gathers an option that may be given several times; unlike a list it does not swallow the file that follows. */
export function collect(given: string, before: string[] | undefined): string[] {
  return [...(before ?? []), given];
}

/** A number that is counted up to, 0 or more. */
export function readCount(given: string): number {
  const number = Number(given);
  if (!Number.isInteger(number) || number < 0) throw new InvalidArgumentError('It is a whole number, 0 or more.');
  return number;
}

function readPort(given: string): number {
  const number = Number(given);
  if (!Number.isInteger(number) || number < 0 || number > 65_535)
    throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return number;
}
