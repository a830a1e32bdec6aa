import { parseArgs } from 'node:util';

/** The parts of the bench, in the order in which they run. */
export const PARTS = ['throughput', 'create', 'webhook', 'events', 'books', 'receipts'] as const;
export type Part = (typeof PARTS)[number];

/** What was asked for on the command line. */
export interface CommandLine {
  /** Where the figures go as JSON, or null. */
  readonly jsonFile: string | null;
  /** Payments of the throughput figures; each is measured with as many. */
  readonly payments: number;
  /** Payments in the books of lists, reports and exports. */
  readonly bookPayments: number;
  readonly parts: readonly Part[];
}

export const USAGE = `Usage: npm run bench [-- --payments N] [--book-payments N] [--json FILE] [--only ${PARTS.join(',')}]`;

const FEWEST = 40;

/** Reads the arguments after the script's name. @throws Error with a sentence naming the one that is wrong */
export function readCommandLine(args: readonly string[]): CommandLine {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'string' },
      payments: { type: 'string', default: '300' },
      'book-payments': { type: 'string', default: '100000' },
      only: { type: 'string', default: PARTS.join(',') },
    },
  });
  return {
    jsonFile: values.json ?? null,
    payments: readCount('--payments', values.payments),
    bookPayments: readCount('--book-payments', values['book-payments']),
    parts: values.only.split(',').map(readPart),
  };
}

function readCount(name: string, text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= FEWEST) return count;
  throw new Error(`${name} is a whole number of at least ${FEWEST}, not "${text}"`);
}

function readPart(name: string): Part {
  const part = PARTS.find((known) => known === name);
  if (part === undefined) throw new Error(`--only takes ${PARTS.join(', ')}, not "${name}"`);
  return part;
}
