import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WebhookDelivery } from '../../src/providers/payments/payment-provider.ts';

/** Takes every webhook; `next` gives those not yet taken, in the order of arrival. */
export async function openReceiver() {
  const waiting: WebhookDelivery[] = [];
  const server = createServer((request, response) => {
    void readDelivery(request).then((delivery) => {
      waiting.push(delivery);
      response.end();
      server.emit('delivery');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`,
    async next(): Promise<WebhookDelivery> {
      if (waiting.length === 0) await once(server, 'delivery', { signal: AbortSignal.timeout(60_000) });
      const delivery = waiting.shift();
      if (delivery === undefined) throw new Error('no webhook came');
      return delivery;
    },
    forget: () => waiting.splice(0),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function readDelivery(request: IncomingMessage): Promise<WebhookDelivery> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
  const query = new URL(request.url ?? '/', 'http://receiver').searchParams;
  return {
    body: Buffer.concat(chunks),
    headers: Object.fromEntries(headers) as Record<string, string>,
    query: Object.fromEntries(query),
    receivedAt: new Date(),
  };
}
