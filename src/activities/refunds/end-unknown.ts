import { insertPaymentEvents } from '../../db/events.ts';
import { insertLog } from '../../db/payment-log.ts';
import { findPayment, setOutcome, setReview } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import type { LoadedRefund } from './load-refund.ts';

/** It is known what became of a refund: the payment says so, and nobody is asked about it any more. */
export async function endUnknown(tx: Sql, { refund, payment }: LoadedRefund): Promise<void> {
  if (refund.outcome === 'unknown') await setOutcome(tx, payment.id, 'known', null);
  if ((await findPayment(tx, payment.id))?.review !== 'unknown_outcome') return;
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  await setReview(tx, payment.id, null);
  await insertLog(tx, {
    ...owner,
    kind: 'review_closed',
    summary: 'It is known now what became of the refund',
    detail: { refundId: refund.id },
  });
  const facts = { review: 'unknown_outcome', refundId: refund.id };
  await insertPaymentEvents(tx, owner, [{ type: 'payment.review_closed', facts }]);
}
