import { afterAll, afterEach, beforeAll, describe, expect, it } from '#jest';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener } from 'node:http';
import { createServer as createSocketServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { ProviderError } from './domain/provider-error.ts';
import { createHttp } from './http.ts';
import type { Http, HttpRequest, HttpResponse } from './http.ts';

// Jest's realm has its own Error class, and Node's errors (ECONNREFUSED, TimeoutError) are not instances of it. They
// are adapted here, or this file would test Jest's realm instead of http.ts.
beforeAll(() => {
  const value = function (this: unknown, thing: unknown): boolean {
    if (this === Error) return typeof thing === 'object' && thing !== null && 'stack' in thing;
    return Function.prototype[Symbol.hasInstance].call(this as () => void, thing);
  };
  Object.defineProperty(Error, Symbol.hasInstance, { value, configurable: true });
});
afterAll(() => {
  Reflect.deleteProperty(Error, Symbol.hasInstance);
});

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function listen(server: Server): Promise<string> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A vendor with given answers, which counts what it saw. */
async function vendor(answer: RequestListener): Promise<{ url: string; seen: string[] }> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method ?? ''} ${request.url ?? ''}`);
    answer(request, response);
  });
  const url = await listen(server);
  open.push(() => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  });
  return { url, seen };
}

/** A vendor on the TCP level: `talk` gets each connection with its first bytes. */
async function rawVendor(talk: (socket: Socket) => void): Promise<{ url: string; seen: string[] }> {
  const seen: string[] = [];
  const sockets = new Set<Socket>();
  const server = createSocketServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      seen.push(bytes.toString('latin1').split('\r\n')[0] ?? '');
      talk(socket);
    });
  });
  const url = await listen(server);
  open.push(() => {
    sockets.forEach((socket) => socket.destroy());
    return new Promise((done) => server.close(done));
  });
  return { url, seen };
}

function client(): Http {
  const http = createHttp();
  open.push(() => http.close());
  return http;
}

const post = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'POST',
  url,
  body: '{}',
  ...more,
});

/** The ProviderError of a call; fails if the call succeeded or threw anything else. */
async function failureOf(sent: Promise<HttpResponse>): Promise<ProviderError> {
  const outcome: unknown = await sent.catch((error: unknown) => error);
  if (!(outcome instanceof ProviderError)) throw new Error(`not a ProviderError: ${String(outcome)}`);
  return outcome;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const piece of request) body += String(piece);
  return body;
}

describe('an answered call', () => {
  it('sends method, headers and body as given and reads status, headers and text, Hebrew too', async () => {
    const { url } = await vendor((request, response) => {
      void bodyOf(request).then((body) => {
        response.writeHead(201, { 'X-Request-Id': 'r1', 'set-cookie': ['a=1', 'b=2'] });
        response.end(`${request.method ?? ''} ${String(request.headers['x-key'])} ${body} תשלום`);
      });
    });
    const answer = await client().send({
      method: 'PUT',
      url: `${url}/x`,
      headers: { 'X-Key': 'k' },
      body: 'ש',
    });
    expect(answer).toMatchObject({ status: 201, text: 'PUT k ש תשלום' });
    expect(answer.headers).toMatchObject({ 'x-request-id': 'r1', 'set-cookie': 'a=1,b=2' });
  });

  it.each([204, 400, 401, 429, 500, 503])(
    'is an answer also with status %p, not an error',
    async (status) => {
      const { url, seen } = await vendor((_request, response) =>
        response.writeHead(status, { 'retry-after': '7' }).end(),
      );
      const answer = await client().send(post(url));
      expect(answer).toMatchObject({ status, text: '', headers: { 'retry-after': '7' } });
      expect(seen).toHaveLength(1);
    },
  );

  it.each([301, 302, 303, 307, 308])('with status %p is not followed', async (status) => {
    const elsewhere = await vendor((_request, response) => response.end('elsewhere'));
    const { url, seen } = await vendor((_request, response) =>
      response.writeHead(status, { location: elsewhere.url }).end(),
    );
    const http = client();
    for (const method of ['GET', 'POST'] as const) {
      const answer = await http.send({ method, url });
      expect(answer).toMatchObject({ status, headers: { location: elsewhere.url } });
    }
    expect([seen.length, elsewhere.seen.length]).toEqual([2, 0]);
  });
});

it('keeps the beginning of an answer that goes on for ever, or breaks off: its status has come', async () => {
  const endless = await vendor((_request, response) => void response.write('x'.repeat(3_000)));
  const { text } = await client().send(post(endless.url, { keepBytes: 1_024 }));
  expect(text).toBe('x'.repeat(1_024));
  const broken = await vendor((_request, response) => {
    response.writeHead(202, { 'content-length': '100' }).write('begun', () => response.destroy());
  });
  const answer = await client().send(post(broken.url, { keepBytes: 1_024 }));
  expect(answer).toMatchObject({ status: 202, text: 'begun' });
});

it('carries bytes that are no text both ways, whole or up to a length', async () => {
  const echo = await vendor((request, response) => void request.pipe(response));
  const call = post(echo.url, { body: '\x30\x82\xff\0\xef\xbb\xbf', isBinary: true });
  expect((await client().send(call)).text).toBe(call.body);
  expect((await client().send({ ...call, keepBytes: 3 })).text).toBe('\x30\x82\xff');
});

it.each(['EHOSTUNREACH', 'ENETUNREACH'])(
  'a route that breaks under a connection in use (%s) is no proof that nothing arrived',
  async (code) => {
    const sockets: Socket[] = [];
    const note = (message: unknown) => sockets.push((message as { socket: Socket }).socket);
    subscribe('undici:client:connected', note);
    open.push(() => Promise.resolve(unsubscribe('undici:client:connected', note)));
    const { url, seen } = await vendor(() =>
      sockets.at(-1)?.destroy(Object.assign(new Error(`read ${code}`), { code, syscall: 'read' })),
    );
    const failure = await failureOf(client().send(post(url)));
    expect([sockets.length, seen.length]).toEqual([1, 1]);
    expect(failure).toMatchObject({ code: 'no_answer', retry: 'unknown' });
  },
);

describe('a call that reached nobody', () => {
  it('is unreachable where the connection is refused', async () => {
    const { url } = await vendor((_request, response) => response.end());
    await open.pop()?.();
    const failure = await failureOf(client().send(post(url)));
    expect(failure).toMatchObject({ code: 'unreachable', retry: 'safe' });
    expect(failure.message).toContain('ECONNREFUSED');
  });

  it('is unreachable where the name does not exist', async () => {
    const failure = await failureOf(client().send(post('http://nobody.invalid/')));
    expect(failure).toMatchObject({ code: 'unreachable', retry: 'safe' });
  });
});

describe('a call that was sent and not answered completely', () => {
  it.each(['GET', 'POST', 'PUT', 'DELETE'] as const)(
    '%s: a reset before the answer is no_answer, sent once',
    async (method) => {
      const { url, seen } = await rawVendor((socket) => socket.resetAndDestroy());
      expect(await failureOf(client().send({ method, url }))).toMatchObject({
        code: 'no_answer',
        retry: 'unknown',
      });
      expect(seen).toEqual([`${method} / HTTP/1.1`]);
    },
  );

  it('a connection closed without a word is no_answer, and the POST is not repeated', async () => {
    const { url, seen } = await rawVendor((socket) => socket.end());
    expect(await failureOf(client().send(post(url)))).toMatchObject({ code: 'no_answer' });
    expect(seen).toHaveLength(1);
  });

  it.each([
    ['a body shorter than its length, then the end', 'Content-Length: 100\r\n\r\n{"half":', 'end'],
    [
      'a body shorter than its length, then a reset',
      'Content-Length: 100\r\n\r\n{"half":',
      'resetAndDestroy',
    ],
    ['chunks without the last one', 'Transfer-Encoding: chunked\r\n\r\n8\r\n{"half":\r\n', 'end'],
    ['headers cut in the middle', 'Content-Le', 'end'],
  ] as const)('%s is no_answer, and the POST is not repeated', async (_what, rest, ending) => {
    const { url, seen } = await rawVendor((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\n${rest}`, () => setTimeout(() => socket[ending](), 20));
    });
    expect(await failureOf(client().send(post(url)))).toMatchObject({ code: 'no_answer', retry: 'unknown' });
    expect(seen).toHaveLength(1);
  });

  it('bytes that are no HTTP are no_answer', async () => {
    const { url } = await rawVendor((socket) => socket.end('* OK IMAP ready\r\n'));
    expect(await failureOf(client().send(post(url)))).toMatchObject({ code: 'no_answer' });
  });

  it.each([
    ['before its headers', ''],
    ['in the middle of its body', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"half":'],
  ])('silence %s is no_answer after the time allowed for the whole call', async (_where, bytes) => {
    const { url, seen } = await rawVendor((socket) => socket.write(bytes));
    const began = performance.now();
    const failure = await failureOf(client().send(post(url, { timeoutMs: 200 })));
    expect(failure).toMatchObject({ code: 'no_answer', retry: 'unknown' });
    expect(failure.message).toContain('TIMEOUT');
    expect(performance.now() - began).toBeGreaterThan(150);
    expect(performance.now() - began).toBeLessThan(3_000);
    expect(seen).toHaveLength(1);
  });

  it('a trickle that never ends is cut off too: the time is for the whole call', async () => {
    const { url } = await rawVendor((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n');
      const drip = setInterval(() => socket.write('.'), 20);
      socket.on('close', () => clearInterval(drip));
    });
    expect(await failureOf(client().send(post(url, { timeoutMs: 300 })))).toMatchObject({
      code: 'no_answer',
    });
  });

  it('an answer beyond 8 MiB is no_answer, not a full memory', async () => {
    const { url } = await vendor((_request, response) =>
      response.end(Buffer.alloc(8 * 1024 * 1024 + 1, 'x')),
    );
    expect(await failureOf(client().send(post(url)))).toMatchObject({ code: 'no_answer', retry: 'unknown' });
  });
});

describe('the connection kept from an earlier call', () => {
  it('when the vendor has closed it, is replaced and the next POST arrives exactly once', async () => {
    const { url, seen } = await rawVendor((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok', () =>
        setTimeout(() => socket.end(), 20),
      );
    });
    const http = client();
    expect((await http.send(post(`${url}/1`))).text).toBe('ok');
    await new Promise((done) => setTimeout(done, 100));
    expect((await http.send(post(`${url}/2`))).text).toBe('ok');
    expect(seen).toEqual(['POST /1 HTTP/1.1', 'POST /2 HTTP/1.1']);
  });

  it('when it dies under the second POST, that one is no_answer and not sent again over a new one', async () => {
    const { url, seen } = await rawVendor((socket) => {
      if (seen.length === 1) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
      else socket.resetAndDestroy();
    });
    const http = client();
    await http.send(post(`${url}/1`));
    expect(await failureOf(http.send(post(`${url}/2`)))).toMatchObject({ code: 'no_answer' });
    expect(seen).toEqual(['POST /1 HTTP/1.1', 'POST /2 HTTP/1.1']);
  });
});

it('a failure names the host, and neither path, query, header nor body', async () => {
  const { url } = await rawVendor((socket) => socket.resetAndDestroy());
  const call = post(`${url}/path-secret?q=query-secret`, {
    headers: { key: 'header-secret' },
    body: 'body-secret',
  });
  const failure = await failureOf(client().send(call));
  expect(failure.message).toContain(new URL(url).host);
  expect(
    JSON.stringify([failure.message, failure.cause, failure.vendorCode, String(failure.stack)]),
  ).not.toContain('-secret');
});
