import { randomBytes } from 'node:crypto';
import type { Pool } from '../../src/db/pool.ts';
import { inWorkspace } from '../../src/db/transaction.ts';
import { insertEndpoint } from '../../src/db/webhook-endpoints.ts';
import { newId } from '../../src/domain/ids.ts';
import { API_VERSION } from '../../src/domain/webhook-endpoint.ts';
import { tell, tellWorkspaces } from '../../src/history/tell.ts';
import { createHttp } from '../../src/http.ts';
import type { Http } from '../../src/http.ts';
import { createLogger } from '../../src/logger.ts';
import { createMetrics } from '../../src/metrics.ts';
import { placeIn } from '../../src/sealed-places.ts';
import { createSecrets, readMasterKeys } from '../../src/secrets.ts';
import type { Secrets } from '../../src/secrets.ts';
import { startDelivering } from '../../src/worker/outbox/deliver-events.ts';
import { eventually } from '../api/rig.ts';
import { startReceiver } from '../support/event-receiver.ts';
import type { EventReceiver } from '../support/event-receiver.ts';
import { createOwnDatabase } from './own-database.ts';
import { insertPayment, insertWorkspace } from './rows.ts';

/** A workspace with endpoints in a database of its own, and workers in this process that deliver from it. */
export interface DeliveryRig {
  readonly url: string;
  readonly encryptionKeys: string;
  readonly pool: Pool;
  readonly workspaceId: string;
  readonly secrets: Secrets;
  /** An endpoint at a receiver of its own. */
  endpoint(wishes?: { eventTypes?: readonly string[] | null; url?: string }): Promise<TestEndpoint>;
  payment(): Promise<string>;
  /** Writes one event of a payment, as the engine does, `times` times. */
  happen(paymentId: string, times?: number): Promise<void>;
  /** Writes an event about no payment. */
  happenToWorkspace(): Promise<void>;
  startWorker(http?: Http): { stop(): Promise<void> };
  /** Ends every wait before the next try. */
  hurry(): Promise<void>;
  /** Waits until nothing is waiting for these endpoints. */
  untilSent(...endpoints: readonly TestEndpoint[]): Promise<void>;
  close(): Promise<void>;
}

export interface TestEndpoint extends EventReceiver {
  readonly id: string;
  readonly secret: string;
}

export async function createDeliveryRig(purpose: string): Promise<DeliveryRig> {
  const database = await createOwnDatabase(purpose);
  const { pool } = database;
  const encryptionKeys = `k1:${randomBytes(32).toString('base64')}`;
  const secrets = createSecrets(readMasterKeys(encryptionKeys));
  const workspaceId = await insertWorkspace(pool);
  const https: Http[] = [];
  const receivers: EventReceiver[] = [];
  const workers: { stop(): Promise<void> }[] = [];
  const metrics = createMetrics();
  const logger = createLogger({ name: 'worker', level: 'fatal' });

  return {
    url: database.url,
    encryptionKeys,
    pool,
    workspaceId,
    secrets,
    async endpoint({ eventTypes = null, url } = {}) {
      const receiver = await startReceiver();
      receivers.push(receiver);
      const id = newId('endpoint');
      const secret = `whsec_${randomBytes(32).toString('base64')}`;
      const secretSealed = secrets.seal(placeIn('webhook_endpoints.secret', id), secret);
      const row = {
        id,
        workspaceId,
        url: url ?? receiver.url,
        apiVersion: API_VERSION,
        eventTypes,
        secretSealed,
      };
      await inWorkspace(pool, workspaceId, (tx) => insertEndpoint(tx, row));
      return Object.assign(receiver, { id, secret });
    },
    payment: async () => (await insertPayment(pool, workspaceId)).paymentId,
    async happen(paymentId, times = 1) {
      for (let count = 0; count < times; count += 1)
        await inWorkspace(pool, workspaceId, (tx) => tellLink(tx, { workspaceId, paymentId }));
    },
    happenToWorkspace: () =>
      inWorkspace(pool, workspaceId, (tx) =>
        tellWorkspaces(tx, [workspaceId], {
          type: 'workspace.provider_changed',
          facts: { provider: 'payplus' },
        }),
      ),
    startWorker(given) {
      const customerHttp = given ?? createHttp({ guard: { allowLoopback: true } });
      https.push(customerHttp);
      const worker = startDelivering({ pool, secrets, customerHttp, metrics, logger });
      workers.push(worker);
      return worker;
    },
    hurry: async () => {
      await pool.query('UPDATE event_streams SET due_at = now() WHERE due_at IS NOT NULL');
    },
    untilSent: (...endpoints) =>
      eventually('the delivery', async () => {
        const { rows } = await pool.query<{ count: number }>(
          `SELECT count(*)::int AS count FROM event_deliveries WHERE status = 'waiting' AND endpoint_id = ANY($1)`,
          [endpoints.map(({ id }) => id)],
        );
        return rows[0]?.count === 0 ? undefined : null;
      }),
    async close() {
      // A send to a receiver that hangs ends with the receiver.
      await Promise.all(receivers.map((receiver) => receiver.close()));
      await Promise.all(workers.map((worker) => worker.stop()));
      await Promise.all(https.map((http) => http.close()));
      await database.drop();
    },
  };
}

/** The least event of a payment. */
export function tellLink(
  tx: Parameters<typeof tell>[0],
  owner: { readonly workspaceId: string; readonly paymentId: string },
): Promise<void> {
  return tell(tx, owner, {
    kind: 'link_ready',
    summary: 'the link is ready',
    events: [{ type: 'payment.link_ready', facts: { status: 'pending', provider: 'payplus' } }],
  });
}

/** The sequences of a payment's events, in the order in which an endpoint took them. */
export function sequencesOf({ received }: EventReceiver, paymentId: string): number[] {
  return received
    .filter(({ event }) => event.data['paymentId'] === paymentId)
    .map(({ event }) => event.sequence);
}
