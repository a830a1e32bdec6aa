import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';

/**
 * How long an idle connection is kept. Usual proxies keep theirs for 60 s: if ours ended first, a request could meet a
 * connection that is just being closed, and its caller would be told 502.
 */
const KEEP_ALIVE_MS = 65_000;
/** Must be longer, or Node ends a connection that was kept and has begun its next request. */
const HEADERS_MS = KEEP_ALIVE_MS + 5_000;

/** A request that is not complete after 30 s is given up: a sender who goes byte by byte holds a connection no longer. */
export const RECEIVING = {
  requestTimeout: 30_000,
  headersTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
};

/** Connections at once; more are closed at once. */
export const MOST_CONNECTIONS = 5_000;

/** The server of the API. */
export function createApiServer(listener: RequestListener): Server {
  const server = createServer(RECEIVING, listener);
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.headersTimeout = HEADERS_MS;
  return server;
}
