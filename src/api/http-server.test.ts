import { afterAll, beforeAll, expect, it } from '#jest';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import type { ClientRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
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
});

it('a kept connection is idle for longer than the limit of a request, and takes the next one', async () => {
  const { port } = server.address() as AddressInfo;
  const { requestTimeout, headersTimeout } = server;
  server.requestTimeout = server.headersTimeout = 100;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = async (): Promise<ClientRequest> => {
    const request = get({ port, host: '127.0.0.1', agent });
    const [answer] = (await once(request, 'response')) as [NodeJS.ReadableStream];
    await once(answer.resume(), 'end');
    return request;
  };
  await ask();
  // The server looks for slow senders every two seconds.
  await delay(4_500);
  expect((await ask()).reusedSocket).toBe(true);
  agent.destroy();
  Object.assign(server, { requestTimeout, headersTimeout });
});
