import type { CommandLine } from './command-line.ts';
import { readCommandLine, USAGE } from './command-line.ts';
import { runCommand } from './run-command.ts';
import { runReplay } from './replay-webhook.ts';
import { createStopRequest } from './stop-request.ts';

const main = async (): Promise<number> => {
  let asked: CommandLine;
  try {
    asked = readCommandLine(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return 2;
  }
  if (asked.command === 'help') {
    console.log(USAGE);
    return 0;
  }
  if (asked.command === 'replay-webhook') return runReplay(asked.file);
  return runCommand(asked, createStopRequest());
};

process.exitCode = await main();
process.exit();
