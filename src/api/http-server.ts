import { createServer } from 'node:http';
import type { RequestListener, Server, ServerResponse } from 'node:http';
import type { Metrics } from '../metrics.ts';

/**
 * How long an idle connection is kept. Usual proxies keep theirs for 60 s. If ours ended first, a request could meet
 * a closing connection, and its caller would get 502.
 */
const KEEP_ALIVE_MS = 65_000;

/**
 * A request that is not complete after 30 s is dropped, so that a slow sender holds no connection longer. Node gives
 * the longer of the two limits to a whole request and the shorter one to its head, whatever their names say. Neither
 * counts the time in which a kept connection is idle.
 */
const RECEIVING = {
  requestTimeout: 30_000,
  headersTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
};

/** Maximum number of connections; further ones are closed at once. */
const MOST_CONNECTIONS = 5_000;

/** The answers that are under way at each server. */
const underWay = new WeakMap<Server, Set<ServerResponse>>();

/** A server that can be drained. */
function createDrainable(listener: RequestListener): Server {
  const running = new Set<ServerResponse>();
  const server = createServer(RECEIVING, (request, response) => {
    running.add(response);
    response.once('close', () => {
      running.delete(response);
      // Its head may have promised to keep the connection before the drain began.
      if (!server.listening) server.closeIdleConnections();
    });
    if (!server.listening) promiseNoMore(response);
    listener(request, response);
  });
  underWay.set(server, running);
  server.maxConnections = MOST_CONNECTIONS;
  return server;
}

/** A sender that was promised a kept connection would send the next request into one that ends. */
function promiseNoMore(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close');
}

/** The server of the API. */
export function createApiServer(listener: RequestListener): Server {
  const server = createDrainable(listener);
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  return server;
}

/** Answers `GET /metrics` and nothing else. */
export function createMetricsServer({ registry }: Pick<Metrics, 'registry'>): Server {
  return createDrainable((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
}

/**
 * Listens at this address of the machine alone. While the process is busy, up to `MOST_CONNECTIONS` connections wait for it,
 * or as many as the system allows (Linux: `net.core.somaxconn`). Node's own limit is 511; beyond it a webhook would be
 * dropped, and some vendors send each only once.
 */
export function listen(server: Server, port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, backlog: MOST_CONNECTIONS }, () => resolve(server));
  });
}

/**
 * Ends a server: it takes no new connection and closes idle ones. It answers what is under way, and says in each answer
 * that the connection ends.
 * @param mostMs after which connections are cut
 */
export function drain(server: Server, mostMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), mostMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    underWay.get(server)?.forEach(promiseNoMore);
    server.closeIdleConnections();
  });
}
