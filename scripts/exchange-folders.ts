import { spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';

/** The number of the system call renameat2 on the kinds of Linux machine for which the project brings a Node.js. */
const renameat2: Partial<Record<string, number>> = { x64: 316, arm64: 276 };

/**
 * Lets two folders change places in one step, so that there is no moment in which one of the names leads nowhere.
 * Node.js cannot do that; Linux can, by way of `mv` from coreutils 9.5 on or of Perl. Answers whether it was done: not
 * elsewhere, and not on every file system. The first of the two is nobody else's.
 */
export async function exchangeFolders(one: string, other: string): Promise<boolean> {
  const call = renameat2[process.arch];
  if (process.platform !== 'linux' || call === undefined) return false;
  const script = 'exit(syscall($ARGV[0], -100, $ARGV[1], -100, $ARGV[2], 2) == 0 ? 0 : 1)';
  const ways = [
    ['mv', '--exchange', '--no-target-directory', '--', one, other],
    ['perl', '-e', script, String(call), one, other],
  ] as const;
  const { ino } = await stat(one, { bigint: true });
  for (const [program, ...args] of ways) {
    await run(program, args);
    // What was done counts, not what the program said: it may have been interrupted behind the step. It shows at the
    // folder that is ours alone; at the other name another process may have put its own since, or taken it away.
    if ((await stat(one, { bigint: true })).ino !== ino) return true;
  }
  return false;
}

function run(program: string, args: readonly string[]): Promise<void> {
  return new Promise((done) => {
    const child = spawn(program, args, { stdio: 'ignore' });
    child.on('error', () => done());
    child.on('exit', () => done());
  });
}
