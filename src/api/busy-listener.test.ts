import { expect, it } from '#jest';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

/** A server that listens as the API does, in a thread that then does nothing else until it is told. */
const BUSY = `
  const { parentPort, workerData } = require('node:worker_threads');
  import(workerData.module).then(async ({ createApiServer, listen }) => {
    const server = await listen(createApiServer((_request, response) => response.end()), 0, '127.0.0.1');
    parentPort.postMessage(server.address().port);
    Atomics.wait(new Int32Array(workerData.told), 0, 0);
    process.exit();
  });
`;

/** More than Node keeps unless it is told otherwise: 511. */
const AT_ONCE = 1_500;

/** What the system allows; null where it is no Linux. */
function mostOfSystem(): number | null {
  try {
    return Number(readFileSync('/proc/sys/net/core/somaxconn', 'utf8'));
  } catch {
    return null;
  }
}

it('a burst of connections waits while the API is busy: none is dropped', async () => {
  const told = new SharedArrayBuffer(4);
  const module = new URL('./http-server.ts', import.meta.url).href;
  const thread = new Worker(BUSY, { eval: true, workerData: { module, told } });
  const [port] = (await once(thread, 'message')) as [number];
  const wanted = Math.min(AT_ONCE, mostOfSystem() ?? 100);
  let connected = 0;
  const sockets: Socket[] = Array.from({ length: wanted }, () =>
    connect(port, '127.0.0.1', () => (connected += 1)).on('error', () => undefined),
  );
  for (let waited = 0; connected < wanted && waited < 10_000; waited += 50) await delay(50);
  sockets.forEach((socket) => socket.destroy());
  Atomics.store(new Int32Array(told), 0, 1);
  Atomics.notify(new Int32Array(told), 0);
  await thread.terminate();
  expect(connected).toBe(wanted);
});
