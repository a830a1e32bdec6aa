import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { SANDBOX_ACCOUNTS } from '../../dev/clinic.ts';
import type { Caller } from '../load/caller.ts';
import { signCallback, toCallback } from '../load/clinic.ts';
import { startChild } from './child-process.ts';

export interface BareWebhookSettings {
  readonly databaseUrl: string;
  readonly table: string;
  readonly secret: string;
}

export interface BareWebhookMessage {
  readonly port: number;
}

/** A webhook receiver that does nothing but verify and store. */
export interface BareWebhook {
  /** The callback that the engine would get; ends with its acknowledgement. */
  readonly callBack: (paymentId: string) => Promise<void>;
  /** Ends the process and drops its table. */
  stop(): Promise<void>;
}

const SCHEMA = 'bench';
const TABLE = `${SCHEMA}.webhooks`;

export async function startBareWebhook(
  pool: Pool,
  caller: Caller,
  databaseUrl: string,
): Promise<BareWebhook> {
  await pool.query(`CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`);
  await pool.query(
    `CREATE TABLE ${TABLE} (id text PRIMARY KEY, event_id text NOT NULL UNIQUE, body bytea NOT NULL,
       received_at timestamptz NOT NULL DEFAULT now())`,
  );
  let port = 0;
  const secret = SANDBOX_ACCOUNTS.payplus.secretKey;
  const settings: BareWebhookSettings = { databaseUrl, table: TABLE, secret };
  const child = await startChild<BareWebhookMessage>('bare-webhook-server.ts', settings, (message) => {
    port = message.port;
    return true;
  });
  return {
    callBack: async (paymentId) => {
      const raw = toCallback(paymentId, randomUUID());
      await caller.call('POST', `http://127.0.0.1:${port}/`, { raw, headers: { hash: signCallback(raw) } });
    },
    async stop() {
      await child.stop();
      await pool.query(`DROP SCHEMA ${SCHEMA} CASCADE`);
    },
  };
}
