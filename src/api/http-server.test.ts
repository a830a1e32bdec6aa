import { afterAll, beforeAll, expect, it } from '#jest';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createApiServer } from './http-server.ts';

const server = createApiServer((_request, response) => response.end('ok'));
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => void server.close());

it('an idle connection outlives that of a usual proxy, and the answer says so', async () => {
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/`);
  expect(answer.headers.get('keep-alive')).toBe('timeout=65');
  expect(server.headersTimeout).toBeGreaterThan(server.keepAliveTimeout);
});
