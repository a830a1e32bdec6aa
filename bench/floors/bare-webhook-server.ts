import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import express from 'express';
import pg from 'pg';
import { readSettings } from './child-process.ts';
import type { BareWebhookSettings, BareWebhookMessage } from './bare-webhook.ts';

/** The least that may acknowledge a webhook: Express, the HMAC of the raw body, one INSERT. */
const { databaseUrl, table, secret } = readSettings<BareWebhookSettings>();
const pool = new pg.Pool({ connectionString: databaseUrl, max: 20 });
const insert = `INSERT INTO ${table} (id, event_id, body) VALUES ($1, $2, $3) ON CONFLICT (event_id) DO NOTHING`;

const app = express();
app.post('/', express.raw({ type: () => true }), async (request, response) => {
  const body = request.body as Buffer;
  const expected = createHmac('sha256', secret).update(body).digest();
  const claimed = Buffer.from(request.get('hash') ?? '', 'base64');
  if (claimed.length !== expected.length || !timingSafeEqual(claimed, expected)) {
    response.status(401).end();
    return;
  }
  const { transaction } = JSON.parse(body.toString()) as { transaction: { uid: string } };
  await pool.query(insert, [randomUUID(), transaction.uid, body]);
  response.json({ received: true });
});
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const message: BareWebhookMessage = { port: typeof address === 'object' ? (address?.port ?? 0) : 0 };
  process.send?.(message);
});
process.once('disconnect', () => process.exit(0));
