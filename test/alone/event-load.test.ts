import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { createDeliveryRig } from '../db/delivery-rig.ts';
import type { DeliveryRig, TestEndpoint } from '../db/delivery-rig.ts';
import { isSignedBy } from '../support/event-receiver.ts';
import type { Received } from '../support/event-receiver.ts';

/** EVENTS=10000 is the full size, by hand. */
const EVENTS = Number(process.env['EVENTS'] ?? 500);
const EVENTS_A_PAYMENT = 5;
const WORKERS = 2;
const KILLS = 4;
/** Of twenty endpoints three are dead, two slow, and one answers 500 half the time. */
const DEAD = 3;
const SLOW = 2;
const FLAKY = 1;
const GOOD = 14;
const SLOW_MS = 300;

let rig: DeliveryRig;
const workers = new Set<ChildProcess>();
beforeAll(async () => (rig = await createDeliveryRig('event_load')));
afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL');
  await rig.close();
});

function startWorker(): ChildProcess {
  const env = { ...process.env, DATABASE_URL: rig.url, TASHLUM_ENCRYPTION_KEYS: rig.encryptionKeys };
  const worker = spawn(process.execPath, [join(import.meta.dirname, 'delivery-worker.ts')], {
    env,
    stdio: 'inherit',
  });
  workers.add(worker);
  return worker;
}

/** Kills one worker without a word, and starts another one. */
async function killOne(): Promise<void> {
  const [worker] = workers;
  if (worker === undefined) throw new Error('no worker runs');
  workers.delete(worker);
  worker.kill('SIGKILL');
  await once(worker, 'exit');
  startWorker();
}

const several = (count: number, wishes: object = {}): Promise<TestEndpoint[]> =>
  Promise.all(Array.from({ length: count }, () => rig.endpoint(wishes)));

async function waiting(endpoints: readonly TestEndpoint[]): Promise<number> {
  const { rows } = await rig.pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM event_deliveries WHERE status = 'waiting' AND endpoint_id = ANY ($1)`,
    [endpoints.map(({ id }) => id)],
  );
  return rows[0]?.count ?? 0;
}

/** Ends the waits before the next tries at these endpoints: by themselves they grow to hours. */
async function hurry(endpoints: readonly TestEndpoint[]): Promise<void> {
  await rig.pool.query(
    `UPDATE event_streams SET due_at = now(), tries = 1
     WHERE endpoint_id = ANY ($1) AND tries > 0 AND due_at > now() + interval '1 second'`,
    [endpoints.map(({ id }) => id)],
  );
}

/** Kills workers while the good endpoints are served, and waits until these have all. */
async function deliverAmidKills(good: readonly TestEndpoint[]): Promise<void> {
  const all = await waiting(good);
  for (let count = 0; count < WORKERS; count += 1) startWorker();
  for (let kills = 1; kills <= KILLS; kills += 1) {
    while ((await waiting(good)) > (all * (KILLS + 1 - kills)) / (KILLS + 2)) await delay(50);
    await killOne();
  }
  while ((await waiting(good)) > 0) await delay(200);
}

/** Payments one after the other in several lanes, as many as the pool has connections for. */
async function writeEvents(): Promise<void> {
  let left = EVENTS / EVENTS_A_PAYMENT;
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await rig.happen(await rig.payment(), EVENTS_A_PAYMENT);
    }
  };
  await Promise.all(Array.from({ length: 10 }, lane));
}

/** What it took is every event once or more, and none before it took the earlier ones of its payment. */
function judge(taken: readonly Received[]) {
  const latest = new Map<unknown, number>();
  let outOfOrder = 0;
  for (const { event } of taken) {
    const { paymentId } = event.data;
    const before = latest.get(paymentId) ?? 0;
    if (event.sequence > before + 1) outOfOrder += 1;
    latest.set(paymentId, Math.max(before, event.sequence));
  }
  return { seen: new Set(taken.map(({ id }) => id)).size, outOfOrder };
}

describe(`${EVENTS} events to twenty endpoints while workers are killed`, () => {
  it('come to each live endpoint once or more, in order per payment, signed', async () => {
    const dead = await several(DEAD, { url: 'http://127.0.0.1:9/' });
    const [slow, flaky, good] = [await several(SLOW), await several(FLAKY), await several(GOOD)];
    const unsigned: string[] = [];
    const watch = (endpoint: TestEndpoint, answer: Parameters<TestEndpoint['answer']>[0]): void =>
      endpoint.answer((received, response) => {
        // Verified on arrival, because a signature is accepted for five minutes only.
        if (!isSignedBy(endpoint.secret, received)) unsigned.push(received.id);
        answer(received, response);
      });
    for (const endpoint of good) watch(endpoint, (_received, response) => response.end());
    for (const endpoint of slow)
      watch(endpoint, (_received, response) => void setTimeout(() => response.end(), SLOW_MS));
    const taken: Received[] = [];
    let turn = 0;
    for (const endpoint of flaky) {
      watch(endpoint, (received, response) => {
        const isTaken = (turn += 1) % 2 === 0;
        if (isTaken) taken.push(received);
        response.writeHead(isTaken ? 200 : 500).end();
      });
    }
    const startedAt = Date.now();
    await writeEvents();
    const writtenAt = Date.now();
    const live = [...slow, ...flaky, ...good];
    await deliverAmidKills(good);
    while ((await waiting(live)) > 0) {
      await hurry(flaky);
      await delay(500);
    }

    const verdicts = live.map((one) => judge(flaky.includes(one) ? taken : one.received));
    expect(verdicts).toEqual(live.map(() => ({ seen: EVENTS, outOfOrder: 0 })));
    expect(unsigned).toEqual([]);
    expect(await waiting(dead)).toBe(DEAD * EVENTS);
    const sent = live.reduce((sum, { received }) => sum + received.length, 0);
    const seconds = (Date.now() - writtenAt) / 1_000;
    process.stdout.write(
      `${EVENTS} events, ${live.length} live endpoints: written in ${(writtenAt - startedAt) / 1_000} s, ` +
        `${sent} sends in ${seconds} s (${Math.round(sent / seconds)}/s), ${sent - live.length * EVENTS} of them again\n`,
    );
  });
});
