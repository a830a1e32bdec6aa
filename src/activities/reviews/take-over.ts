import { moveDisputes } from '../../db/disputes.ts';
import { insertPayment } from '../../db/new-payment.ts';
import { setTakenFrom } from '../../db/payments.ts';
import { moveTransaction } from '../../db/provider-transactions.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import { moveRefunds } from '../../db/refunds.ts';
import { newId } from '../../domain/ids.ts';
import { cutText } from '../../domain/text.ts';
import { tell } from '../../history/tell.ts';
import { impossible } from '../failure.ts';
import { readSettling } from '../payments/read-settling.ts';
import { settleCharge } from '../payments/settle-charge.ts';
import type { Decision } from './decisions.ts';

/**
 * A second charge becomes a separate payment, with its refunds and its own document. Its `reference` is that of the
 * first payment plus the id of the new one, because references are unique. Returns the id of the document.
 */
export async function takeOver({ context, tx, payment }: Decision, charge: TransactionRow): Promise<string> {
  const id = newId('payment');
  const isWhole = charge.amount === payment.chargeAmount;
  const isTaken = await insertPayment(tx, {
    ...payment,
    id,
    status: 'pending',
    reference: `${cutText(payment.reference, 160)} / ${id}`,
    amount: isWhole ? payment.amount : charge.amount,
    chargeAmount: charge.amount,
    vatIncluded: isWhole ? payment.vatIncluded : true,
    items: isWhole ? payment.items : null,
    discount: isWhole ? payment.discount : 0,
    linkTokenHash: null,
    linkTokenSealed: null,
    createdAt: new Date(),
    expiresAt: null,
  });
  if (!isTaken) throw impossible('no_such_payment', `the payment for ${charge.id} could not be made`);
  await setTakenFrom(tx, id, payment.takenFrom ?? payment.id);
  await moveTransaction(tx, charge.id, id);
  await moveDisputes(tx, charge.id, id);
  await moveRefunds(tx, charge.id, id);
  const owner = { workspaceId: payment.workspaceId };
  await tell(
    tx,
    { ...owner, paymentId: payment.id },
    {
      kind: 'charge_moved',
      summary: 'The second charge is now a separate payment',
      detail: { paymentId: id },
    },
  );
  await tell(
    tx,
    { ...owner, paymentId: id },
    {
      kind: 'created',
      summary: `Created from a second charge on ${payment.id}`,
      to: 'pending',
    },
  );
  const settling = await readSettling(tx, { ...owner, paymentId: id });
  return (await settleCharge(context, tx, settling, charge)).document.id;
}
