import { parseArgs } from 'node:util';
import type { ProviderName } from './clinic.ts';
import { SANDBOX_ACCOUNTS } from './clinic.ts';

/** The options of the command line. */
export type CommandLine = {
  command: 'demo' | 'dev';
  isOnce: boolean;
  isFresh: boolean;
  provider: ProviderName;
};

export const USAGE = `Usage: npm run demo [-- --once] [--fresh] [--provider payplus|grow|stripe]
       npm run dev [-- --fresh] [--provider payplus|grow|stripe]

  demo        starts everything, takes one payment and shows what became of it
  dev         starts everything and restarts API and worker when their source changes
  --once      ends after the payment: exit code 0 only when all of it happened
  --fresh     forgets what the last start left
  --provider  the demo clinic's payment provider (payplus)`;

const isProvider = (name: string): name is ProviderName => Object.hasOwn(SANDBOX_ACCOUNTS, name);

/** Reads the arguments after the name of the script. Fails with a sentence that names the wrong one. */
export const readCommandLine = (args: readonly string[]): CommandLine => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      once: { type: 'boolean', default: false },
      fresh: { type: 'boolean', default: false },
      provider: { type: 'string', default: 'payplus' },
    },
  });
  const [command, ...rest] = positionals;
  if ((command !== 'demo' && command !== 'dev') || rest.length > 0) {
    throw new Error(`The command is demo or dev, not "${positionals.join(' ')}"`);
  }
  if (!isProvider(values.provider)) {
    throw new Error(
      `--provider is one of ${Object.keys(SANDBOX_ACCOUNTS).join(', ')}, not "${values.provider}"`,
    );
  }
  if (command === 'dev' && values.once) throw new Error('--once belongs to demo');
  return { command, isOnce: values.once, isFresh: values.fresh, provider: values.provider };
};
