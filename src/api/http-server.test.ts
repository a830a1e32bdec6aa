import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import type { ClientRequest, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { connect } from 'node:net';
import { createApiServer, drain } from './http-server.ts';

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

describe('a server that drains', () => {
  /** A server whose requests to `/slow` are answered when the test says so. */
  async function openServer() {
    const waiting: ServerResponse[] = [];
    const draining = createApiServer((request, response) => {
      if (request.url === '/slow') waiting.push(response);
      else response.end('ok');
    });
    draining.listen(0, '127.0.0.1');
    await once(draining, 'listening');
    const { port } = draining.address() as AddressInfo;
    const until = async (count: number) => {
      while (waiting.length < count) await delay(5);
    };
    return { draining, port, waiting, until };
  }

  /** A connection as a proxy keeps it. */
  async function keepConnection(port: number) {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    let text = '';
    socket.on('data', (bytes: Buffer) => (text += bytes.toString()));
    const ended = once(socket, 'close');
    return {
      ask: (path: string) => socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`),
      text: () => text,
      ended,
    };
  }

  it('answers what is in flight, and says that the connection ends', async () => {
    const { draining, port, waiting, until } = await openServer();
    const [one, other] = [await keepConnection(port), await keepConnection(port)];
    for (const { ask } of [one, other]) ask('/slow');
    await until(2);
    const done = drain(draining, 10_000);
    for (const response of waiting) response.end('done');
    await Promise.all([one.ended, other.ended, done]);
    for (const { text } of [one, other]) {
      expect(text()).toContain('done');
      expect(text()).toMatch(/^connection: close\r$/im);
      expect(text()).not.toMatch(/keep-alive/i);
    }
  });

  it('answers a head that was sent before the drain began in full, and takes nothing after it', async () => {
    const { draining, port, waiting, until } = await openServer();
    const kept = await keepConnection(port);
    kept.ask('/slow');
    await until(1);
    waiting[0]?.writeHead(200, { 'content-type': 'text/plain' }).write('first ');
    const done = drain(draining, 10_000);
    waiting[0]?.end('last');
    await Promise.all([kept.ended, done]);
    expect(kept.text()).toContain('last');
  });

  it('takes no request that was sent behind one in flight: the answer before it ends the connection', async () => {
    const { draining, port, waiting, until } = await openServer();
    const kept = await keepConnection(port);
    kept.ask('/slow');
    await until(1);
    const done = drain(draining, 10_000);
    kept.ask('/');
    await delay(50);
    waiting[0]?.end('done');
    await Promise.all([kept.ended, done]);
    // The first answer said that the connection ends, so its sender knows that the second was not taken.
    expect(kept.text()).toContain('done');
    expect(kept.text().match(/^HTTP\/1\.1/gm)).toHaveLength(1);
  });

  it('ends idle connections at once and takes no new one', async () => {
    const { draining, port } = await openServer();
    const idle = await keepConnection(port);
    idle.ask('/');
    while (!idle.text().includes('ok')) await delay(5);
    const done = drain(draining, 10_000);
    await Promise.all([idle.ended, done]);
    expect(draining.listening).toBe(false);
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  });

  it('ends a request that does not end by itself', async () => {
    const { draining, port, until } = await openServer();
    const stuck = await keepConnection(port);
    stuck.ask('/slow');
    await until(1);
    await drain(draining, 100);
    await stuck.ended;
    expect(stuck.text()).toBe('');
  });
});
