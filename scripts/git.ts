import { execFile } from 'node:child_process';
import { dirname } from 'node:path';

/**
 * What git says of a folder, as bytes. Nothing that came with the records may make git run a command, nor stand in for
 * git itself, which Windows looks for in the folder of the call; as nothing is run, whose repository it is does not
 * matter. Throws where git is not there, or refuses.
 */
export async function git(folder: string, args: readonly string[], input?: string): Promise<Buffer> {
  const safe = ['core.fsmonitor=false', 'safe.bareRepository=explicit', 'safe.directory=*', 'core.quotePath=false'];
  // A hook of git sets words that mean the folder of its own call.
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  const env = { ...Object.fromEntries(own), GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };
  const options = {
    cwd: dirname(process.execPath),
    env,
    timeout: 60_000,
    maxBuffer: 512 * 1024 * 1024,
    encoding: 'buffer' as const,
  };
  return new Promise((resolve, reject) => {
    const child = execFile(
      'git',
      [...safe.flatMap((word) => ['-c', word]), '-C', folder, ...args],
      options,
      (error, out) => {
        if (error) reject(new Error(error.message));
        else resolve(out);
      },
    );
    child.stdin?.on('error', () => {});
    child.stdin?.end(input ?? '');
  });
}

/**
 * The commit that a folder was checked out from, and whether something there differs from it; empty where git does not
 * know.
 */
export async function commitOf(folder: string): Promise<string> {
  try {
    const commit = (await git(folder, ['rev-parse', '--verify', '--quiet', 'HEAD'])).toString('utf8').trim();
    const changes = await git(folder, ['status', '--porcelain', '--untracked-files=normal', '-z', '--', '.']);
    return changes.length > 0 ? `${commit}, with changes` : commit;
  } catch {
    return '';
  }
}
