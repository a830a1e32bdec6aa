import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
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

/** The server of the API. */
export function createApiServer(listener: RequestListener): Server {
  const server = createServer(RECEIVING, listener);
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.maxConnections = MOST_CONNECTIONS;
  return server;
}

/** Answers `GET /metrics` and nothing else. */
export function createMetricsServer({ registry }: Pick<Metrics, 'registry'>): Server {
  const server = createServer(RECEIVING, (request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  server.maxConnections = MOST_CONNECTIONS;
  return server;
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
