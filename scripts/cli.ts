import { Argument, Command, CommanderError, Option } from 'commander';
import { visibleLine } from '../src/model/visible.ts';
import { formats } from '../src/reporters/formats.ts';
import { asOf, collect, content, host, port, readCount } from './options.ts';
import { Refusal, refusedByDisk, showEverythingOn } from './terminal.ts';
import { version } from './version.ts';

showEverythingOn(process.stdout, 'output');
showEverythingOn(process.stderr, 'errors');

/** The command table, and the only place that sets the exit code. */
const program = new Command('ccmt')
  .description(
    'A release management plan that runs: checks the records of a programme against its plan and publishes them as a site.',
  )
  .version(version, '--version', 'print the version')
  .helpOption('--help', 'print this help')
  .helpCommand(false)
  .showHelpAfterError('Run the command with --help to see how it is used.')
  .exitOverride();

let exitCode = 0;
/** Loads a command when it is asked for; the command line, which is given behind the arguments, is left unread. */
const run =
  <Given extends unknown[]>(load: () => Promise<(...given: Given) => Promise<number>>) =>
  async (...given: Given) => {
    const command = await load();
    exitCode = await command(...given);
  };

program
  .command('check')
  .description('report every problem of every record, with its place and clause')
  .addOption(content())
  .addOption(asOf())
  .option('--strict', 'fail on what is overdue, too')
  .addOption(new Option('--format <format>', 'how to report').choices(Object.keys(formats)).default('pretty'))
  .option('--rule <id...>', 'only what these rules find')
  .option('--only-errors', 'leave out what does not block publication')
  .option('--all', 'show what follows from other findings, too')
  .addOption(new Option('--max-warnings <number>', 'fail when there are more warnings').argParser(readCount))
  .option('--plan <version>', 'judge every record by this version of the plan')
  .option('--base <revision>', 'compare with what was committed there: nothing of it may be changed or gone')
  .option('--watch', 'check again after each change')
  .option('--fix', 'fix what changes no meaning: quotes, and the order of log lines; shows the difference')
  .option('--dry-run', 'with --fix: show the difference only')
  .action(run(async () => (await import('./commands/check.ts')).check));

program
  .command('todo')
  .description('list what is owed, by whom and by when: emergencies first, then the soonest')
  .addOption(content())
  .addOption(asOf())
  .option('--json', 'print one JSON document')
  .action(run(async () => (await import('./commands/todo.ts')).todo));

program
  .command('addresses')
  .description(
    'list the addresses of the site that are not kept yet; a build fails when one that is kept leads nowhere',
  )
  .addOption(content())
  .addOption(asOf())
  .option('--write', 'add them to addresses.yaml')
  .option('--json', 'print one JSON document')
  .action(run(async () => (await import('./commands/addresses.ts')).addresses));

program
  .command('explain')
  .description('tell which gates of a release, defect or change are met, which are not, and when each can be')
  .argument('<id>', 'the release, defect or change, such as R05 or D-0042')
  .addOption(content())
  .addOption(asOf())
  .option('--json', 'print one JSON document')
  .action(run(async () => (await import('./commands/explain.ts')).explain));

program
  .command('simulate')
  .description('show the note of a release as it would be with items dropped or added; writes nothing')
  .argument('<id>', 'the release, such as R05')
  .addOption(content())
  .addOption(asOf())
  .option('--drop <item...>', 'items to drop')
  .option('--add <item...>', 'items to add')
  .option('--json', 'print one JSON document')
  .action(run(async () => (await import('./commands/simulate.ts')).simulate));

program
  .command('publish')
  .description('freeze the note of a release and append the line to its log; refuses while a step is open')
  .argument('<id>', 'the release, such as R05')
  .addArgument(new Argument('<stage>', 'the stage of the note').choices(['provisional', 'final', 'erratum']))
  .addOption(content())
  .option('--at <time>', 'when it is published; now by default')
  .option('--by <person...>', 'who publishes; the holder of the role by default')
  .option('--informed <party...>', 'who is told; the audience of the programme by default')
  .option('--reason <text>', 'why an erratum is needed')
  .option('--dry-run', 'say what would be written, and write nothing')
  .option('--json', 'print one JSON document')
  .action(run(async () => (await import('./commands/publish.ts')).publish));

program
  .command('freeze')
  .description('freeze every note whose log line says "sha256: pending", each as of its own moment')
  .addOption(content())
  .option('--dry-run', 'say what would be written, and write nothing')
  .action(run(async () => (await import('./commands/freeze.ts')).freeze));

program
  .command('verify')
  .description('prove a note, a file that somebody saved, or a whole site; says in one sentence what is proved')
  .argument('[what]', 'a release such as R05, one of its notes such as R05/final, or a file of a note')
  .addOption(content())
  .addOption(asOf())
  .option('--site <place>', 'the address or the folder of a site: what it serves is compared')
  .option('--seal <digest>', 'the seal that the note is said to have; without a note, the digest of the manifest')
  .option('--json', 'print one JSON document')
  .action(run(async () => (await import('./commands/verify.ts')).verify));

program
  .command('adopt')
  .description('take over notes of format 1: seal them and their logs as they stand, and rewrite nothing')
  .addOption(content())
  .addOption(asOf())
  .option('--dry-run', 'say what would be written, and write nothing')
  .option('--json', 'print one JSON document')
  .action(run(async () => (await import('./commands/adopt.ts')).adopt));

program
  .command('upgrade')
  .description('raise the format of the records, so that the rules of this version count in full')
  .addOption(content())
  .addOption(asOf())
  .option('--dry-run', 'say what would be written, and write nothing')
  .option('--json', 'print one JSON document')
  .action(run(async () => (await import('./commands/upgrade.ts')).upgrade));

program
  .command('import')
  .description('show what an export of a defect tracker would change, or carry that out; nothing of the export is lost')
  .argument('<file>', 'the export, .xlsx or .csv; - for standard input')
  .addOption(content())
  .addOption(asOf())
  .option('--write', 'carry the plan out')
  .option('--check', 'exit with 1 when anything would change')
  .option('--profile <name>', 'how to read it; found by its headings and values by default')
  .option('--new-profile <name>', 'draft a profile by looking at the file; with --write into profiles/')
  .option('--encoding <name>', 'the encoding of a text that is not UTF-8, such as windows-1251')
  .option(
    '--without <field>',
    'go on although no column gives this field any more, such as team; may be given again',
    collect,
  )
  .option('--max-absent <count>', 'refuse when more known defects than this are not in the export: 12, or 5%')
  .option('--max-changes <count>', 'refuse when more known defects than this would change: 12, or 5%')
  .option('--expect <digest>', 'carry out the plan whose digest the JSON report gave, or none')
  .option('--sheet <name>', 'read this sheet only, hidden or not')
  .option('--dates <form>', 'the form of its dates, such as "dd/MM/yyyy HH:mm"; may be given again', collect)
  .option(
    '--first-seen',
    'let the day of the export stand for that on which a defect was raised, where no column says it',
  )
  .option(
    '--exported <time>',
    'when it was exported, for the history, or "file" for the time of the file; the moment of looking by default',
  )
  .option(
    '--take-over <id>',
    'let the import have the tracker block of this defect, or of "all", although a person wrote it; may be given again',
    collect,
  )
  .option('--quarantine <path>', 'where rows go that are not taken; beside the export by default')
  .option('--json', 'print one JSON document')
  .action(run(async () => (await import('./commands/import.ts')).importExport));

program
  .command('build')
  .description('check the records and build the site; publishes nothing when there is an error')
  .addOption(content())
  .addOption(asOf())
  .option('--out <dir>', 'the folder of the site', undefined)
  .option('--manifest-before <file>', 'the manifest.json of the build before, which the new one names by its digest')
  .action(run(async () => (await import('./commands/build.ts')).build));

program
  .command('start')
  .description('check the records, build the site and serve it')
  .addOption(content())
  .addOption(asOf())
  .option('--out <dir>', 'the folder of the site', undefined)
  .addOption(port())
  .addOption(host())
  .action(run(async () => (await import('./commands/start.ts')).start));

program
  .command('dev')
  .description('serve the site while records are edited; shows the findings and goes on')
  .addOption(content())
  .addOption(asOf())
  .addOption(port())
  .addOption(host())
  .action(run(async () => (await import('./commands/dev.ts')).dev));

// Started as a program, and not read by a test that runs commands in its own process.
if (import.meta.main) {
  await import('./end-with-parent.ts');
  // A reader that closes early, such as `head`, is not a fault.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit(exitCode);
    });
  }
  process.exitCode = await runCommand(process.argv.slice(2));
}

/** Runs a command, `check --strict`, and returns its exit code; an error is told in a sentence. */
export async function runCommand(args: readonly string[]): Promise<number> {
  exitCode = 0;
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    exitCode = explain(error);
  }
  return exitCode;
}

function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof Refusal) {
    process.stderr.write(`${visibleLine(error.message)}\n`);
    return error.code;
  }
  const refused = refusedByDisk(error);
  if (refused !== undefined) {
    process.stderr.write(`${visibleLine(refused)}\n`);
    return 3;
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  process.stderr.write(`A fault of ours, not of your records: ${(message.split('\n')[0] as string).slice(0, 300)}\n`);
  process.stderr.write(process.env['CCMT_DEBUG'] ? `${stack}\n` : 'Run it again with CCMT_DEBUG=1 to see where.\n');
  return 70;
}
