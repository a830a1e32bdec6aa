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

/** At Grow, which sends no webhook about a card that was declined. */
const AT_GROW = '187021091';

/** How often the payment of this life waits for PostgreSQL. */
async function countTrips(seed: string, moves: readonly object[]): Promise<number> {
  const given = Buffer.from(JSON.stringify(moves)).toString('base64url');
  const options = ['--calm', '--seed', seed, '--lives', '1', '--processes', '1', '--moves', given];
  const run = promisify(execFile)(process.execPath, [
    '--no-warnings',
    SIMULATOR,
    ...options,
    '--story',
    '--first',
  ]);
  // A life that needs too many has failed, and says how many it needs.
  const { stdout } = await run.catch((error: unknown) => error as { stdout: string });
  const trips = Number(/(\d+) round trips to PostgreSQL/.exec(stdout)?.[1]);
  expect(trips).toBeGreaterThan(20);
  return trips;
}

it('a payment that is paid by webhook, settled, printed and pushed waits at most 50 times for PostgreSQL', async () => {
  expect(await countTrips(SEED, MOVES)).toBeLessThanOrEqual(50);
});

it('a card that was declined before costs none', async () => {
  const declined = [1, 2, 3].map((seed) => ({ seed, move: 'the payer’s card is declined' }));
  const trips = await countTrips(AT_GROW, MOVES);
  // One: the breakers are read anew when what is known of them is old, and the declines take time.
  expect(await countTrips(AT_GROW, [...MOVES, ...declined])).toBeLessThanOrEqual(trips + 1);
});
