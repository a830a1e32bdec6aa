import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { afterAll, beforeAll, expect, it } from '#jest';
import { createMetrics } from '../metrics.ts';
import { startHealthServer } from './health-server.ts';

let server: Server;
beforeAll(async () => {
  const metrics = createMetrics();
  server = await startHealthServer({
    host: '127.0.0.1',
    port: 0,
    metrics,
    isReady: () => Promise.resolve(true),
  });
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
});

const ask = (method: string, path: string) =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { method });

it('metrics are answered to GET /metrics', async () => {
  const answer = await ask('GET', '/metrics');
  expect([answer.status, (await answer.text()).includes('tashlum_payments_total')]).toEqual([200, true]);
});

it.each([
  ['POST', '/metrics'],
  ['PUT', '/metrics'],
  ['DELETE', '/metrics'],
  ['GET', '/'],
  ['GET', '/metrics/'],
  ['GET', '/metrics?x=1'],
  ['GET', '/METRICS'],
  ['GET', '/metrics/../metrics2'],
  ['GET', '/health'],
])('%s %s tells nothing', async (method, path) => {
  const answer = await ask(method, path);
  expect([answer.status, (await answer.text()).includes('tashlum_')]).toEqual([404, false]);
});
