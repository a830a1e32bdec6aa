import { findPayment } from '../../db/payments.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { listTransactions } from '../../db/provider-transactions.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import { findRefund } from '../../db/refunds.ts';
import type { RefundRow } from '../../db/refunds.ts';
import { impossible } from '../failure.ts';

/** Ids of a refund, as its workflow has them. */
export interface RefundIds {
  readonly workspaceId: string;
  readonly refundId: string;
}

/** A refund with its charge and payment. */
export interface LoadedRefund {
  readonly refund: RefundRow;
  readonly payment: PaymentRow;
  readonly charge: TransactionRow;
}

/** @throws ApplicationFailure (final) if there is no such refund */
export async function loadRefund(tx: Sql, ids: RefundIds): Promise<LoadedRefund> {
  const refund = await findRefund(tx, ids.refundId);
  const payment = refund === null ? null : await findPayment(tx, refund.paymentId);
  if (refund === null || payment === null) throw impossible('no_such_refund', `no refund ${ids.refundId}`);
  const charge = (await listTransactions(tx, payment.id)).find(({ id }) => id === refund.chargeId);
  if (charge === undefined) throw impossible('no_such_charge', `refund ${refund.id} has lost its charge`);
  return { refund, payment, charge };
}

/** Whether the money goes through the vendor, rather than by hand. */
export function isThroughVendor({ refund, payment }: LoadedRefund): boolean {
  return refund.method === 'original' && payment.accountId !== null && refund.origin !== 'dispute';
}
