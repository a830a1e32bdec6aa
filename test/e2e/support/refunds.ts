import { randomUUID } from 'node:crypto';
import { call, eventually } from '../../api/rig.ts';
import type { PageBody, Reply, TestWorkspace } from '../../api/rig.ts';
import type { Books } from './books.ts';
import { openTemporal } from './temporal.ts';

export interface RefundBody {
  readonly id: string;
  readonly amount: number;
  readonly status: string;
  readonly outcome: string;
  readonly documentId: string | null;
  readonly code?: string;
}

/** POST /v1/payments/{id}/refunds with a key of its own, unless one is given. */
export function refund(
  clinic: TestWorkspace,
  paymentId: string,
  body: object = {},
  key: string = randomUUID(),
): Promise<Reply<RefundBody>> {
  return call<RefundBody>('POST', `/v1/payments/${paymentId}/refunds`, {
    key: clinic.key,
    body: { reason: 'visit cancelled', ...body },
    headers: { 'idempotency-key': key },
  });
}

export async function listRefunds(clinic: TestWorkspace, paymentId: string): Promise<readonly RefundBody[]> {
  const path = `/v1/payments/${paymentId}/refunds`;
  return (await call<PageBody<RefundBody>>('GET', path, { key: clinic.key })).json.data;
}

/** Waits until this refund stands so. */
export function untilRefund(
  clinic: TestWorkspace,
  paymentId: string,
  refundId: string,
  wanted: Partial<RefundBody>,
): Promise<RefundBody> {
  const isWanted = (one: RefundBody) =>
    Object.entries(wanted).every(([name, value]) => one[name as keyof RefundBody] === value);
  return eventually(`refund ${refundId} ${JSON.stringify(wanted)}`, async () => {
    const found = (await listRefunds(clinic, paymentId)).find(({ id }) => id === refundId);
    return found !== undefined && isWanted(found) ? found : null;
  });
}

/** Waits until the payment has so many refunds that are completed. */
export function untilRefunds(
  clinic: TestWorkspace,
  paymentId: string,
  count: number,
): Promise<readonly RefundBody[]> {
  return eventually(`${count} refunds of ${paymentId}`, async () => {
    const found = await listRefunds(clinic, paymentId);
    return found.length === count && found.every(({ status }) => status === 'completed') ? found : null;
  });
}

/**
 * Ends the workflows of refunds that are still unknown: they would go on asking their provider for ever, and meet the
 * faults of other tests. For `afterAll`.
 */
export async function stopAsking(books: Books, ...clinics: readonly TestWorkspace[]): Promise<void> {
  const pending = await books.query<{ workflowId: string }>(
    `SELECT 'refund/' || workspace_id || '/' || id AS "workflowId" FROM refunds
     WHERE status = 'pending' AND workspace_id = ANY($1)`,
    [clinics.map(({ id }) => id)],
  );
  const temporal = await openTemporal();
  const end = ({ workflowId }: { workflowId: string }) =>
    temporal.client.workflow.getHandle(workflowId).terminate('its test is over');
  await Promise.allSettled(pending.map(end));
  await temporal.close();
}
