import { Pool } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '#jest';
import {
  admitTrial,
  closeBreaker,
  listTroubledBreakers,
  openBreaker,
  recordCall,
} from '../../src/db/breakers.ts';
import { readEnvironment } from '../support/environment.ts';

/** One connection a caller: as many processes that know nothing of each other. */
const CALLERS = 20;
const HOST = 'nobody:test';
const ACCOUNT = `${HOST}:acc_1`;

let pool: Pool;
beforeAll(() => {
  pool = new Pool({ connectionString: readEnvironment().databaseUrl, max: CALLERS });
});
const forget = () => pool.query(`DELETE FROM circuit_breakers WHERE name LIKE 'nobody:%'`);
afterEach(forget);
afterAll(() => pool.end());

const many = <T>(count: number, one: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, one));
const fail = (name: string = HOST, trial: string | null = null) => recordCall(pool, name, 'failure', trial);
const stateOf = async (name: string): Promise<string> =>
  (await listTroubledBreakers(pool)).find((breaker) => breaker.name === name)?.state ?? 'closed';
/** As if the time had passed until the trial, or the trial had been given up. */
const timePasses = () =>
  pool.query(`UPDATE circuit_breakers SET opens_until = now() WHERE name = $1`, [HOST]);

async function openByFailures(): Promise<void> {
  await many(10, () => fail());
  await timePasses();
}
async function takeTrial(): Promise<string> {
  const trials = (await many(5 * CALLERS, () => admitTrial(pool, HOST))).filter((trial) => trial !== null);
  expect(trials).toHaveLength(1);
  return trials[0] ?? '';
}

describe('a breaker', () => {
  it('opens with the tenth failure in a row, once, whoever counts at the same time', async () => {
    await many(9, () => fail());
    expect(await stateOf(HOST)).toBe('closed');
    const changes = await many(CALLERS, () => fail());
    const openings = changes.filter((breaker) => breaker?.was === 'closed' && breaker.state === 'open');
    expect(openings).toHaveLength(1);
    expect(openings[0]).toMatchObject({ failures: 10 });
    expect(Math.abs(Number(openings[0]?.opensInMs) - 300_000)).toBeLessThan(5_000);
    expect(changes.filter((breaker) => breaker !== null)).toHaveLength(1);
  });

  it('counts anew after a success', async () => {
    await many(9, () => fail());
    expect(await recordCall(pool, HOST, 'success', null)).toMatchObject({ state: 'closed', failures: 0 });
    await many(9, () => fail());
    expect(await stateOf(HOST)).toBe('closed');
  });

  it('gives no trial before its time, nor while it is closed', async () => {
    await fail();
    expect(await admitTrial(pool, HOST)).toBeNull();
    await openBreaker(pool, HOST);
    expect(await admitTrial(pool, HOST)).toBeNull();
  });

  it('gives one trial when its time is up, and another only when that one was given up', async () => {
    await openByFailures();
    const first = await takeTrial();
    expect(await stateOf(HOST)).toBe('half_open');
    expect(await many(CALLERS, () => admitTrial(pool, HOST))).toEqual(Array(CALLERS).fill(null));
    await timePasses();
    const second = await takeTrial();
    expect(second).not.toBe(first);
    expect(await recordCall(pool, HOST, 'success', first)).toBeNull();
    expect(await recordCall(pool, HOST, 'success', second)).toMatchObject({
      was: 'half_open',
      state: 'closed',
      failures: 0,
      opensUntil: null,
    });
  });

  it('is open as long again after a trial that failed', async () => {
    await openByFailures();
    const again = await fail(HOST, await takeTrial());
    expect(again).toMatchObject({ was: 'half_open', state: 'open' });
    expect(Number(again?.opensInMs)).toBeGreaterThan(290_000);
  });

  it('gives the trial to the next where the first said nothing', async () => {
    await openByFailures();
    await recordCall(pool, HOST, 'nothing', await takeTrial());
    await takeTrial();
  });

  it('hears nobody but the trial: calls that began earlier neither close it nor prolong it', async () => {
    await many(10, () => fail());
    expect(await recordCall(pool, HOST, 'success', null)).toBeNull();
    expect(await fail()).toBeNull();
    await timePasses();
    await takeTrial();
    expect(await recordCall(pool, HOST, 'success', null)).toBeNull();
    expect(await fail()).toBeNull();
    expect(await stateOf(HOST)).toBe('half_open');
  });

  it('closed by hand is closed with those below it, and a trial under way closes or opens nothing', async () => {
    await openByFailures();
    await openBreaker(pool, ACCOUNT);
    await openBreaker(pool, `${HOST}ing`);
    const trial = await takeTrial();
    const names = (await closeBreaker(pool, HOST)).map(({ name }) => name);
    expect(names.sort()).toEqual([HOST, ACCOUNT]);
    await fail(HOST, trial);
    expect(await stateOf(HOST)).toBe('closed');
    expect(await stateOf(`${HOST}ing`)).toBe('open');
  });
});
