import { randomBytes } from 'node:crypto';

/**
 * A process that writes. `started` tells it from a later one with the same number, `space` names the machine since it
 * was switched on and the set of processes that see each other; both are "unknown" where the system does not tell.
 * `since` is an instant.
 */
export type Owner = { process: number; started: string; space: string; since: string; host: string };

const pattern =
  /^(?<process>\d{1,10})\.(?<started>[\w-]{1,40})\.(?<space>[\w-]{1,60})\.(?<since>\d{4}-\d\d-\d\dT\d{6}Z)\.[0-9a-f]{16}@(?<host>[\w.-]{1,80})$/;

/** An owner as the name of a file, which is never the same twice. */
export function nameOfOwner({ process, started, space, since, host }: Owner): string {
  return `${process}.${started}.${space}.${since.replaceAll(':', '')}.${randomBytes(8).toString('hex')}@${host}`;
}

/** The owner whom the name of a file names. */
export function ownerNamed(name: string): Owner | undefined {
  const found = pattern.exec(name)?.groups as Record<keyof Owner, string> | undefined;
  return found && { ...found, process: Number(found.process), since: found.since.replace(/T(\d\d)(\d\d)/, 'T$1:$2:') };
}
