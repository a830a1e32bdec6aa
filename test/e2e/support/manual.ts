import { randomUUID } from 'node:crypto';
import { call, order, untilStatus } from '../../api/rig.ts';
import type { PaymentBody, TestWorkspace } from '../../api/rig.ts';

/** Money that the business took itself: 350 ₪ in cash on 2 March 2025, but for what the test changes. */
export async function record(
  workspace: Pick<TestWorkspace, 'key'>,
  change: object = {},
  idempotencyKey: string = randomUUID(),
): Promise<PaymentBody> {
  const made = await call<PaymentBody>('POST', '/v1/payments/manual', {
    key: workspace.key,
    body: order({ method: 'cash', paidOn: '2025-03-02', lateReason: 'found in the diary', ...change }),
    headers: { 'idempotency-key': idempotencyKey },
  });
  if (made.status !== 201 && made.status !== 202)
    throw new Error(`POST manual: ${made.status} ${made.bytes.toString()}`);
  // 202: the workflow is still at it.
  return made.status === 201 ? made.json : untilStatus(workspace, made.json.id, 'completed');
}
