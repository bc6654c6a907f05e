import { Command, CommanderError, Option } from 'commander';
import { Refusal } from './terminal.ts';

/** The command table, and the only place that sets the exit code. */
const program = new Command('ccmt')
  .description('A release management plan that runs: checks the records of a programme against its plan and publishes them as a site.')
  .version('0.1.0', '--version', 'print the version')
  .helpOption('--help', 'print this help')
  .helpCommand(false)
  .showHelpAfterError('Run the command with --help to see how it is used.')
  .exitOverride();

const content = () => new Option('--content <dir>', 'the content folder').default(undefined, 'CCMT_CONTENT, else content/');
const asOf = () => new Option('--as-of <time>', 'look at this moment, such as 2020-10-07T12:00').default(undefined, 'CCMT_AS_OF, else the programme\'s, else now');

let exitCode = 0;
const run = (load: () => Promise<(...args: never[]) => Promise<number>>) => async (...given: unknown[]) => {
  const command = await load();
  exitCode = await command(...(given.slice(0, -1) as never[]));
};

program
  .command('check')
  .description('report every problem of every record, with its place and clause')
  .addOption(content())
  .addOption(asOf())
  .option('--strict', 'fail on what is overdue, too')
  .addOption(new Option('--format <format>', 'how to report').choices(['pretty', 'json']).default('pretty'))
  .action(run(async () => (await import('./commands/check.ts')).check));

try {
  for (const command of program.commands) command.exitOverride();
  await program.parseAsync();
} catch (error) {
  exitCode = explain(error);
}
process.exitCode = exitCode;

function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof Refusal) {
    process.stderr.write(`${error.message}\n`);
    return error.code;
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  process.stderr.write(`A fault of ours, not of your records: ${(message.split('\n')[0] as string).slice(0, 300)}\n`);
  process.stderr.write(process.env['CCMT_DEBUG'] ? `${stack}\n` : 'Run it again with CCMT_DEBUG=1 to see where.\n');
  return 70;
}
