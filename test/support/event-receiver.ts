import { createServer } from 'node:http';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** An event as it came in. */
export interface Received {
  readonly id: string;
  readonly body: string;
  readonly event: {
    readonly id: string;
    readonly type: string;
    readonly apiVersion: string;
    readonly sequence: number;
    readonly createdAt: string;
    readonly data: Readonly<Record<string, unknown>>;
  };
  readonly headers: IncomingHttpHeaders;
  readonly path: string;
}

/** An app's endpoint: a real HTTP server that keeps what came in, answered or not. */
export interface EventReceiver {
  readonly url: string;
  readonly received: readonly Received[];
  /** What it does with the next events; 200 at first. */
  answer(next: (received: Received, response: ServerResponse) => void): void;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<EventReceiver> {
  const received: Received[] = [];
  let answer = (_received: Received, response: ServerResponse): void => {
    response.end('thanks');
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const one: Received = {
        id: String(request.headers['webhook-id']),
        body,
        event: JSON.parse(body) as Received['event'],
        headers: request.headers,
        path: request.url ?? '',
      };
      received.push(one);
      answer(one, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/events`,
    received,
    answer: (next) => (answer = next),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Whether the official library accepts it with this secret. */
export function isSignedBy(secret: string, { body, headers }: Received): boolean {
  try {
    new Webhook(secret).verify(body, headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}
