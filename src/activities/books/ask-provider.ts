import type { PaymentFinding } from '../../providers/payments/payment-provider.ts';
import type { ActivityContext } from '../context.ts';
import { toPageHandle, toTransactionHandle } from './vendor-handles.ts';
import type { LoadedPayment } from './load-payment.ts';
import { noteFailedReadBack } from './unreadable-rows.ts';

/**
 * Asks the provider by everything that we know about the payment: every page, dead ones too. Transactions without a
 * provider (paid by hand, lost in a dispute) have an id of ours, which no provider knows.
 */
export async function askProvider(context: ActivityContext, loaded: LoadedPayment): Promise<PaymentFinding> {
  const { payment, account, workspace, pages, transactions } = loaded;
  const known = transactions.filter(({ accountId }) => accountId === account.id);
  const query = {
    paymentId: payment.takenFrom ?? payment.id,
    pages: pages.map((page) => toPageHandle(context.secrets, page)),
    transactions: known.map((transaction) => toTransactionHandle(context.secrets, transaction)),
  };
  try {
    return await context.adapters.payment(account, workspace.mode).findPayment(query);
  } catch (error) {
    await noteFailedReadBack(context, payment, error);
    throw error;
  }
}
