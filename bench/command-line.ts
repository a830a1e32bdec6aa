import { parseArgs } from 'node:util';

/** The parts of the bench, in the order in which they run. */
export const PARTS = ['throughput', 'create', 'webhook', 'receipts'] as const;
export type Part = (typeof PARTS)[number];

/** What was asked for on the command line. */
export interface CommandLine {
  /** Where the figures go as JSON, or null. */
  readonly jsonFile: string | null;
  /** Payments of the throughput figures; each is measured with as many. */
  readonly payments: number;
  readonly parts: readonly Part[];
}

export const USAGE = `Usage: npm run bench [-- --payments N] [--json FILE] [--only ${PARTS.join(',')}]`;

const FEWEST = 40;

/** Reads the arguments after the script's name. @throws Error with a sentence naming the one that is wrong */
export function readCommandLine(args: readonly string[]): CommandLine {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'string' },
      payments: { type: 'string', default: '300' },
      only: { type: 'string', default: PARTS.join(',') },
    },
  });
  const payments = Number(values.payments);
  if (!Number.isInteger(payments) || payments < FEWEST)
    throw new Error(`--payments is a whole number of at least ${FEWEST}, not "${values.payments}"`);
  return { jsonFile: values.json ?? null, payments, parts: values.only.split(',').map(readPart) };
}

function readPart(name: string): Part {
  const part = PARTS.find((known) => known === name);
  if (part === undefined) throw new Error(`--only takes ${PARTS.join(', ')}, not "${name}"`);
  return part;
}
