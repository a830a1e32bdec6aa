import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import type { Bench } from '../bench.ts';
import { openBenchClinic } from '../load/clinic.ts';
import type { BenchClinic } from '../load/clinic.ts';
import { difference, readCpu } from '../load/cpu.ts';
import { closedLoop, openLoop } from '../load/loops.ts';
import { median, percentile } from '../load/percentile.ts';
import { toFigure } from '../report/figure.ts';
import type { Findings } from '../report/figure.ts';

const LANES = 20;
/** "Low load" for the way from commit to endpoint. */
const QUIET_SAMPLES = 40;
const QUIET_PER_SECOND = 2;
const PATIENCE_MS = 120_000;

interface Endpoint {
  readonly id: string;
  readonly secret: string;
}

/** How soon an event leaves, and how fast a worker delivers what has gathered. */
export async function measureEvents(bench: Bench): Promise<Findings> {
  const clinic = await openBenchClinic(bench.info, bench.caller, 'on_demand');
  const app = await startApp();
  try {
    const endpoint = await bench.caller.call<Endpoint>('POST', `${bench.info.apiUrl}/v1/webhook-endpoints`, {
      key: clinic.key,
      json: { url: app.url },
    });
    const left = await bench.progress.step('An event leaves', () => measureLeaving(bench, clinic, app));
    const rate = await bench.progress.step('Delivery', () => measureDelivery(bench, clinic, app, endpoint));
    const floor = await bench.progress.step('Bare posts', () => postBare(bench, app, endpoint, rate.events));
    return {
      figures: [
        toFigure('event_leaves_p50_ms', median(left), 'ms', null),
        toFigure('events_per_second', rate.events / rate.seconds, '/s', rate.events / floor),
      ],
      notes: [
        `Events: from the start of the transaction that wrote it to its arrival, at ${QUIET_PER_SECOND}/s: p50 ${median(left).toFixed(0)} ms, ` +
          `p95 ${percentile(left, 0.95).toFixed(0)} ms of ${left.length}. Delivery: ${rate.events} events of ${bench.payments} payments that gathered ` +
          `while the endpoint was paused, by one worker to one endpoint; the floor posts as many signed bodies with ${LANES} at once. An event took ${(rate.cpuMs / rate.events).toFixed(2)} ms of CPU of worker and PostgreSQL, ${(rate.cpuMs / bench.payments).toFixed(1)} ms a payment.`,
      ],
    };
  } finally {
    await app.close();
  }
}

/** Milliseconds between writing and arrival, of the events of creates at low load. */
async function measureLeaving(bench: Bench, clinic: BenchClinic, app: App): Promise<number[]> {
  const first = app.arrived.length;
  await openLoop(Array.from({ length: QUIET_SAMPLES }), QUIET_PER_SECOND, () => clinic.create());
  await until('the events of the creates', () => app.arrived.length - first >= QUIET_SAMPLES);
  const arrived = app.arrived.slice(first);
  const { rows } = await bench.pool.query<{ id: string; created_at: Date }>(
    'SELECT id, created_at FROM events WHERE id = ANY ($1)',
    [arrived.map(({ id }) => id)],
  );
  const written = new Map(rows.map(({ id, created_at }) => [id, created_at.getTime()]));
  return arrived.flatMap(({ id, at }) => {
    const since = written.get(id);
    return since === undefined ? [] : [at - since];
  });
}

async function measureDelivery(
  { caller, completions, info, payments }: Bench,
  clinic: BenchClinic,
  app: App,
  { id }: Endpoint,
): Promise<{ events: number; seconds: number; cpuMs: number }> {
  const { worker, postgres } = info.pids;
  if (worker === null || postgres === null) throw new Error('the bench needs an environment of its own');
  const set = (status: 'paused' | 'enabled'): Promise<unknown> =>
    caller.call('PATCH', `${info.apiUrl}/v1/webhook-endpoints/${id}`, { key: clinic.key, json: { status } });
  await set('paused');
  await closedLoop(Array.from({ length: payments }), LANES, async () => {
    const payment = await clinic.create();
    const done = completions.until('pushed', payment.id);
    await Promise.all([done, clinic.pay(payment.id, 'once')]);
  });
  const first = app.arrived.length;
  const before = await readCpu({ worker, postgres });
  const begunAt = Date.now();
  await set('enabled');
  await untilStill(app, begunAt);
  const events = app.arrived.length - first;
  const last = app.arrived.at(-1)?.at ?? begunAt;
  const cpu = difference(await readCpu({ worker, postgres }), before);
  return { events, seconds: (last - begunAt) / 1_000, cpuMs: cpu.worker + cpu.postgres };
}

/** Seconds for as many signed posts of the same body by a loop. */
async function postBare({ caller }: Bench, app: App, { secret }: Endpoint, count: number): Promise<number> {
  const raw = app.body();
  const webhook = new Webhook(secret);
  const ms = await closedLoop(
    Array.from({ length: count }, (_, index) => index),
    LANES,
    async (index) => {
      const [id, now] = [`evt_bench_${index}`, new Date()];
      const headers = {
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
        'webhook-signature': webhook.sign(id, now, raw),
      };
      await caller.call('POST', app.url, { raw, headers });
    },
  );
  return ms / 1_000;
}

interface App {
  readonly url: string;
  readonly arrived: readonly { readonly id: string; readonly at: number }[];
  /** The body that came last. */
  body(): string;
  close(): Promise<void>;
}

/** An app's endpoint that answers at once. */
async function startApp(): Promise<App> {
  const arrived: { id: string; at: number }[] = [];
  let last = '{}';
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      arrived.push({ id: String(request.headers['webhook-id']), at: Date.now() });
      last = Buffer.concat(chunks).toString();
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`,
    arrived,
    body: () => last,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Until events came, and then none for two seconds. */
async function untilStill(app: App, since: number): Promise<void> {
  await until('the first event', () => (app.arrived.at(-1)?.at ?? 0) >= since);
  await until('the last event', () => Date.now() - (app.arrived.at(-1)?.at ?? 0) > 2_000);
}

async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const begunAt = Date.now();
  while (!(await isSo())) {
    if (Date.now() - begunAt > PATIENCE_MS)
      throw new Error(`${what} did not come within ${PATIENCE_MS / 1_000} s`);
    await delay(50);
  }
}
