import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { afterAll, beforeAll, expect, it } from '#jest';
import { createMetrics } from '../metrics.ts';
import { createMetricsServer, listen } from './http-server.ts';

let server: Server;
beforeAll(async () => {
  server = await listen(createMetricsServer(createMetrics()), 0, '127.0.0.2');
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const ask = (method: string, path: string, host = '127.0.0.2') =>
  fetch(`http://${host}:${(server.address() as AddressInfo).port}${path}`, { method });

it('the metrics of the API are answered to GET /metrics at METRICS_HOST, and nowhere else', async () => {
  const answer = await ask('GET', '/metrics');
  expect([answer.status, (await answer.text()).includes('tashlum_payments_total')]).toEqual([200, true]);
  await expect(ask('GET', '/metrics', '127.0.0.1')).rejects.toThrow('fetch failed');
});

it.each([
  ['POST', '/metrics'],
  ['DELETE', '/metrics'],
  ['GET', '/'],
  ['GET', '/metrics/'],
  ['GET', '/metrics?x=1'],
  ['GET', '/health/ready'],
  ['GET', '/v1/payments'],
])('%s %s tells nothing there', async (method, path) => {
  const answer = await ask(method, path);
  expect([answer.status, await answer.text()]).toEqual([404, '']);
});
