import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { Metrics } from '../metrics.ts';

/** `/metrics`, `/health/live` and `/health/ready` of a process that has no other HTTP face. */
export function startHealthServer(options: {
  host: string;
  port: number;
  metrics: Metrics;
  isReady: () => Promise<boolean>;
}): Promise<Server> {
  const server = createServer((request, response) => {
    const answer = (status: number, type: string, body: string): void => {
      response.writeHead(status, { 'content-type': type }).end(body);
    };
    const failed = (): void => answer(503, 'text/plain', 'unavailable');
    // No other method is supported here.
    switch (request.method === 'GET' ? (request.url ?? '') : '') {
      case '/metrics':
        options.metrics.registry
          .metrics()
          .then((text) => answer(200, options.metrics.registry.contentType, text), failed);
        return;
      case '/health/live':
        answer(200, 'text/plain', 'live');
        return;
      case '/health/ready':
        options
          .isReady()
          .then((isReady) => (isReady ? answer(200, 'text/plain', 'ready') : failed()), failed);
        return;
      default:
        answer(404, 'text/plain', 'not found');
    }
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, () => resolve(server));
  });
}
