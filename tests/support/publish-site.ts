import childProcess from 'node:child_process';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';

/**
 * A small site, put in place as a build does it, by a process that kills itself before the n-th step that changes the
 * disk, or to which the disk refuses that step: publish-site.ts TARGET WORKSHOPS WORD STEP kill|refuse Without a word
 * there is no site to be published. Prints "done" when it came to its end before that.
 */
const [target = '', workshops = '', word = '', step = '', what = 'kill'] = process.argv.slice(2);
let left = Number(step);

function countSteps(holder: object, names: readonly string[]): void {
  const functions = holder as Record<string, (...given: unknown[]) => unknown>;
  for (const name of names) {
    const original = functions[name] as (...given: unknown[]) => unknown;
    functions[name] = (...given) => {
      left -= 1;
      if (left === 0 && what === 'kill') process.kill(process.pid, 'SIGKILL');
      if (left === 0) throw Object.assign(new Error('the disk is broken'), { code: 'EIO' });
      return original(...given);
    };
  }
}

countSteps(fs, ['renameSync']);
countSteps(fs.promises, ['mkdir', 'rename', 'rm', 'rmdir', 'writeFile', 'cp']);
countSteps(childProcess, ['spawn']);
syncBuiltinESMExports();

const { replaceSite } = await import('../../scripts/replace-site.ts');
await replaceSite(target, workshops, async (workshop) => {
  fs.mkdirSync(join(workshop, 'site/deep'), { recursive: true });
  for (const path of ['index.html', 'deep/page.html', `only-${word}.html`])
    fs.writeFileSync(join(workshop, 'site', path), word);
  return word !== '';
});
process.stdout.write('done');
