import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '#jest';
import type { Server } from 'node:http';
import { createMetrics } from '../metrics.ts';
import { createApiServer, createMetricsServer } from './http-server.ts';

const SERVERS = {
  api: () =>
    createApiServer((request, response) => {
      request.resume().on('end', () => response.end('read'));
    }),
  metrics: () => createMetricsServer(createMetrics()),
};

describe.each(Object.entries(SERVERS))('the server of the %s', (_, create) => {
  let server: Server;
  beforeEach(async () => {
    server = create();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const open = async (): Promise<Socket> => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    // A connection that is closed during use may be reset.
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  };
  /** The answer until the connection was closed. */
  const untilClosed = async (socket: Socket): Promise<string> => {
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    if (!socket.closed) await once(socket, 'close');
    return text;
  };

  it('gives a whole request 30 s', () => {
    // Node allows a whole request the longer of the two, and its head the shorter one.
    expect(Math.max(server.requestTimeout, server.headersTimeout)).toBe(30_000);
  });

  it.each([
    ['nothing but a connection', ''],
    ['a head', 'POST /metrics HTTP/1.1\r\nHost: x\r\nX-Slow: '],
    ['a body', 'POST /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"a":'],
  ])('ends a connection that never finishes %s', async (_what, begun) => {
    // A hundredth of what it gives.
    server.requestTimeout /= 100;
    server.headersTimeout /= 100;
    const socket = await open();
    if (begun !== '') socket.write(begun);
    expect(await untilClosed(socket)).not.toContain('read');
  });

  it('closes what is more than the connections that it takes', async () => {
    expect(server.maxConnections).toBe(5_000);
    server.maxConnections = 2;
    const taken = [await open(), await open()];
    expect(await untilClosed(await open())).toBe('');
    expect(taken.map(({ closed }) => closed)).toEqual([false, false]);
    taken.forEach((socket) => socket.destroy());
  });
});
