import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterEach, describe, expect, it } from '#jest';
import type { ApiContext } from '../context.ts';
import { createErrorHandler } from '../http/problem-json.ts';
import { createRateLimit } from '../http/rate-limit.ts';
import { fakePool } from '../testing/fake-pool.ts';
import { createWebhookRoutes } from './webhook-routes.ts';

/** Any token is the address of an account with that name. */
const context = {
  pool: fakePool((text, [hash]) => {
    if (text.includes('FROM provider_accounts'))
      return [{ id: String(hash), workspaceId: 'ws_1', provider: 'grow', family: 'payment' }];
    return text.includes('FROM workspaces') ? [{ id: 'ws_1', mode: 'test' }] : [];
  }),
  adapters: {
    payment: () => ({ readWebhook: () => ({ verdict: 'quarantined', reason: 'a test', eventId: 'e1' }) }),
  },
  secrets: { seal: () => Buffer.alloc(0) },
  metrics: { webhooks: { inc: () => undefined } },
} as unknown as ApiContext;

describe('webhooks of one account within a second', () => {
  let server: ReturnType<typeof createServer>;
  /** Serves with this limit, or with the usual one. */
  async function serve(limit?: ReturnType<typeof createRateLimit>) {
    const app = express();
    app.use('/webhooks', createWebhookRoutes(context, limit));
    app.use(createErrorHandler({ logger: console as never, isDatabaseDown: () => false }));
    server = createServer(app);
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    return (token: string) =>
      fetch(`http://127.0.0.1:${port}/webhooks/grow/${token}`, { method: 'POST', body: '{}' });
  }
  afterEach(() => {
    server.close();
  });

  it('beyond the limit are a 429 that says when to come back; another account is not meant', async () => {
    const post = await serve(createRateLimit(0.001, { capacity: 3 }));
    const answers = [];
    for (let n = 0; n < 5; n += 1) answers.push(await post('one'));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429]);
    expect(answers[4]?.headers.get('retry-after')).toBe('1000');
    expect(await answers[4]?.json()).toMatchObject({ code: 'rate_limited' });
    expect((await post('another')).status).toBe(200);
  });

  it('may be 1,000 on average and 2,000 at once', async () => {
    const post = await serve();
    const { status, headers } = await post('one');
    expect([status, headers.get('ratelimit-limit')]).toEqual([200, '2000']);
  });
});
