import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from '#jest';

const SIMULATOR = fileURLToPath(new URL('../simulator/main.ts', import.meta.url));

/** At PayPlus, with an invoice service, printed at issue: asked for, then paid. */
const SEED = '8';
const MOVES = [
  { seed: 6, move: 'the app asks for a payment' },
  { seed: 7, move: 'the payer pays' },
];

it('a payment that is paid by webhook, settled, printed and pushed waits at most 50 times for PostgreSQL', async () => {
  const moves = Buffer.from(JSON.stringify(MOVES)).toString('base64url');
  const options = ['--calm', '--seed', SEED, '--lives', '1', '--processes', '1', '--moves', moves, '--story'];
  const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', SIMULATOR, ...options]);
  expect(stdout).toContain('1 lives, 0 failed');
  const trips = Number(/(\d+) round trips to PostgreSQL/.exec(stdout)?.[1]);
  expect(trips).toBeGreaterThan(20);
  expect(trips).toBeLessThanOrEqual(50);
});
