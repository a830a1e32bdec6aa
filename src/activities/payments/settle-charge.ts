import { findExchangeRate } from '../../db/exchange-rates.ts';
import { markSettled, setWarnings } from '../../db/payments.ts';
import type { Sql, SqlTransaction } from '../../db/pool.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import { markDocumented } from '../../db/refunds.ts';
import type { DocumentRow } from '../../db/tax-documents.ts';
import { dayInZone } from '../../domain/calendar.ts';
import { dayOfMoney } from '../../domain/document-day.ts';
import { methodOf } from '../../domain/means.ts';
import { warningsOf } from '../../domain/payment-warnings.ts';
import { displayNumber } from '../../domain/tax-document.ts';
import { endPayment } from '../../history/end-payment.ts';
import type { tell } from '../../history/tell.ts';
import { tellWarnings } from '../../history/warnings.ts';
import { readStanding, writeStanding } from '../books/update-standing.ts';
import type { Kept } from '../books/update-standing.ts';
import { documentEvents, issueDocument } from '../documents/issue-document.ts';
import type { ActivityContext } from '../context.ts';
import type { Settling } from './read-settling.ts';

/**
 * Marks a payment as paid by one charge: numbers its document, writes the events and requests the push. The transaction
 * is the caller's, which has locked the payment. The only way to `completed`. It writes two batches, because the
 * timeline names the number of the document.
 */
export async function settleCharge(
  context: Pick<ActivityContext, 'adapters' | 'metrics'>,
  tx: SqlTransaction,
  settling: Settling,
  charge: TransactionRow,
): Promise<{ readonly document: DocumentRow; readonly kept: Kept }> {
  const { payment, workspace } = settling;
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  const rate = await findExchangeRate(tx, payment.currency, {
    taxPoint: dayOfMoney(charge.paidAt, new Date(), workspace.timeZone),
    today: dayInZone(new Date(), workspace.timeZone),
  });
  const writing = [
    markDocumented(tx, charge.id),
    markSettled(tx, { id: payment.id, method: methodOf(charge.means), paidAt: charge.paidAt }),
  ];
  const issued = issueDocument(context, tx, settling, charge, rate);
  // Sent last, so that it counts what stands above.
  const [document, kept] = await Promise.all([issued, readStanding(tx, payment.id), ...writing]);
  const { id, total, currency } = document;
  const name = `${document.type} ${displayNumber(document.type, document.number)}`;
  const told = endPayment(context, tx, payment, {
    status: 'completed',
    now: kept.now,
    document: { id, name, total, currency },
    documentEvents: documentEvents(document),
  });
  await Promise.all([told, warn(tx, owner, document), writeStanding(tx, kept)]);
  return { document, kept };
}

/** Money that came is never refused: what the accountant should know of it is recorded and told. */
async function warn(tx: Sql, owner: Parameters<typeof tell>[1], document: DocumentRow): Promise<void> {
  const warnings = warningsOf(document);
  if (warnings.length === 0) return;
  await Promise.all([setWarnings(tx, owner.paymentId, warnings), tellWarnings(tx, owner, warnings)]);
}
