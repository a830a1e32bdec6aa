import { afterAll, beforeAll, beforeEach, describe, expect, it } from '#jest';
import { redeliver, redeliverFailed } from '../../src/db/events.ts';
import { inWorkspace } from '../../src/db/transaction.ts';
import type { Sql } from '../../src/db/pool.ts';
import { deleteEndpoint } from '../../src/db/webhook-endpoints.ts';
import { eventually } from '../api/rig.ts';
import { createDeliveryRig } from './delivery-rig.ts';
import type { DeliveryRig, TestEndpoint } from './delivery-rig.ts';

let rig: DeliveryRig;
let endpoint: TestEndpoint;
let eventId: string;
beforeAll(async () => {
  rig = await createDeliveryRig('endpoint_locks');
});
afterAll(() => rig.close());
beforeEach(async () => {
  endpoint = await rig.endpoint();
  await rig.happen(await rig.payment());
  const { rows } = await rig.pool.query<{ id: string }>(
    'SELECT event_id AS id FROM event_deliveries WHERE endpoint_id = $1',
    [endpoint.id],
  );
  eventId = rows[0]?.id ?? '';
  // Its first try failed.
  await rig.pool.query('UPDATE event_streams SET tries = 1 WHERE endpoint_id = $1', [endpoint.id]);
});

const isWaiting = async () => {
  const { rows } = await rig.pool.query(
    `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return rows.length > 0 ? true : null;
};

/**
 * Lets `act` come while the outcome of a try is being recorded: the stream first, then the delivery and the endpoint, as
 * `endDelivery` and `retryDelivery` take them.
 */
async function whileRecording(act: (tx: Sql) => Promise<unknown>): Promise<void> {
  const { acting } = await inWorkspace(rig.pool, rig.workspaceId, async (tx) => {
    await tx.query('UPDATE event_streams SET tries = tries + 1 WHERE endpoint_id = $1', [endpoint.id]);
    const started = inWorkspace(rig.pool, rig.workspaceId, act);
    started.catch(() => undefined);
    await eventually('the wait for the stream', isWaiting);
    await tx.query('UPDATE event_deliveries SET status = status WHERE endpoint_id = $1', [endpoint.id]);
    await tx.query('UPDATE webhook_endpoints SET failing_since = now() WHERE id = $1', [endpoint.id]);
    return { acting: started };
  });
  await acting;
}

describe('while the outcome of a try is recorded', () => {
  it.each([
    ['deleted', (tx: Sql) => deleteEndpoint(tx, endpoint.id)],
    ['sent one event again', (tx: Sql) => redeliver(tx, endpoint.id, eventId)],
    ['sent all that failed again', (tx: Sql) => redeliverFailed(tx, endpoint.id, null)],
  ])('an endpoint can be %s: nobody waits for one who waits', async (_what, act) => {
    await expect(whileRecording(act)).resolves.toBeUndefined();
  });
});
