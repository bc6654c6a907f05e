#!/usr/bin/env node
// The launcher: the one file an old Node.js (18 or newer) has to read.
// It installs what is missing or stale, finds a Node.js that is new enough, and runs the command there.
//   run.mjs COMMAND ...          the command line, scripts/cli.ts
//   run.mjs --tool NAME ARG ...  a development tool out of node_modules
//   run.mjs --script NAME ...    another script of this folder
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED_MAJOR = 24;
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const isWindows = process.platform === 'win32';

install();
const node = findNode();
const [file, ...args] = commandToRun(process.argv.slice(2));
run(node, [file, ...args]);

/** Installs the locked dependencies when `node_modules` does not hold them. */
function install() {
  if (!isStale()) return;
  process.stderr.write('Installing what is missing (only once, about a minute) ...\n');
  const options = { cwd: root, stdio: ['ignore', 2, 2], shell: isWindows };
  const flags = [
    '--include=dev',
    '--include=optional',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  // Not "npm ci": it refuses where a registry lacks the packages of another platform, which nobody here would install.
  const result = spawnSync('npm', ['install', '--no-save', ...flags], options);
  if (result.status !== 0)
    stop(`"npm install" did not finish. Look at what it said above; it needs npm and its registry.`);
}

/** True when a package of the lock file is absent from `node_modules` or there in another version. */
function isStale() {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const present = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (!wanted) stop('package-lock.json is missing or broken. Restore it with "git checkout package-lock.json".');
  if (!present) return true;
  return Object.entries(wanted).some(([path, entry]) => {
    if (path === '' || (entry.optional && !present[path])) return false;
    return present[path]?.version !== entry.version;
  });
}

function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** The running Node.js if it is new enough, else the one that came with the dependencies. */
function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) return process.execPath;
  // One package for each platform; where the registry has it under another name, that one.
  const system = `${isWindows ? 'win' : process.platform}-${process.arch}`;
  const names = [`node-${system}`, `node-bin-${system}`];
  const files = names.map((name) => join(root, 'node_modules', name, 'bin', isWindows ? 'node.exe' : 'node'));
  const own = files.find((file) => existsSync(file));
  if (own) return own;
  return stop(
    `Node.js ${NEEDED_MAJOR} or newer is needed, this is ${process.version}, and none came with the dependencies for ${system}. Install one and run the command again.`,
  );
}

function commandToRun(given) {
  if (given[0] === '--script') return [join(root, 'scripts', `${given[1]}.ts`), ...given.slice(2)];
  if (given[0] !== '--tool') return [join(root, 'scripts', 'cli.ts'), ...given];
  const [, name, ...rest] = given;
  const manifest = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'));
  const bin = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[name];
  return [join(root, 'node_modules', name, bin), ...rest];
}

/** Runs the command in the caller's folder and ends as it ends, signals included. */
function run(executable, args) {
  // Compiled code is kept beside the dependencies: every command starts a fifth faster.
  const env = {
    NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'node'),
    ...process.env,
    PATH: dirname(executable) + delimiter + (process.env.PATH ?? ''),
  };
  // By the channel to us our own commands notice when we are gone, and end as well; tools do not expect one.
  const channel = process.argv[2] === '--tool' ? [] : ['ipc'];
  const child = spawn(executable, args, { stdio: ['inherit', 'inherit', 'inherit', ...channel], env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    if (!signal) process.exit(code ?? 70);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

function stop(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(70);
}
