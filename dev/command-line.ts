import { parseArgs } from 'node:util';
import type { ProviderName } from './clinic.ts';
import { SANDBOX_ACCOUNTS } from './clinic.ts';

/** Starts everything. */
export interface StartCommand {
  command: 'demo' | 'dev';
  isOnce: boolean;
  isFresh: boolean;
  provider: ProviderName;
}

/** Replays a stored webhook at the environment that runs. */
export interface ReplayCommand {
  command: 'replay-webhook';
  file: string;
}

/** The options of the command line. */
export type CommandLine = StartCommand | ReplayCommand | { command: 'help' };

const NAMES = Object.keys(SANDBOX_ACCOUNTS);

export const USAGE = `Usage: npm run demo [-- --once] [--fresh] [--provider ${NAMES.join('|')}]
       npm run dev [-- --fresh] [--provider ${NAMES.join('|')}]
       npm run replay-webhook -- FILE

  demo            starts everything, takes one payment and shows what became of it
  dev             starts everything and restarts API and worker when their source changes
  replay-webhook  FILE is what GET /v1/admin/inbox/{id} answered: the sandbox sends this webhook about a payment of its own
                  to the environment that runs, and you see what the engine makes of it
  --once          ends after the payment: exit code 0 only when all of it happened
  --fresh         forgets what the last start left
  --provider      the demo clinic's payment provider (payplus)
  --help          shows this`;

export const isProvider = (name: string): name is ProviderName => Object.hasOwn(SANDBOX_ACCOUNTS, name);

/** Reads the arguments after the name of the script. Fails with a sentence that names the wrong one. */
export const readCommandLine = (args: readonly string[]): CommandLine => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      once: { type: 'boolean', default: false },
      fresh: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
      provider: { type: 'string', default: 'payplus' },
    },
  });
  if (values.help) return { command: 'help' };
  const [command, ...rest] = positionals;
  if (command === 'replay-webhook') return readReplay(rest);
  if ((command !== 'demo' && command !== 'dev') || rest.length > 0) {
    throw new Error(`The command is demo, dev or replay-webhook, not "${positionals.join(' ')}"`);
  }
  if (!isProvider(values.provider)) {
    throw new Error(`--provider is one of ${NAMES.join(', ')}, not "${values.provider}"`);
  }
  if (command === 'dev' && values.once) throw new Error('--once belongs to demo');
  return { command, isOnce: values.once, isFresh: values.fresh, provider: values.provider };
};

const readReplay = ([file, ...more]: readonly string[]): ReplayCommand => {
  if (file === undefined || more.length > 0)
    throw new Error('replay-webhook takes one FILE: npm run replay-webhook -- FILE');
  return { command: 'replay-webhook', file };
};
