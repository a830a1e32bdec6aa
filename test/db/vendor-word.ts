import type { ActivityContext } from '../../src/activities/context.ts';
import { judgeFinding } from '../../src/activities/books/judge-finding.ts';
import { loadPayment } from '../../src/activities/books/load-payment.ts';
import { createPool } from '../../src/db/pool.ts';
import type {
  PaymentFinding,
  ProviderDispute,
  ProviderTransaction,
} from '../../src/providers/payments/payment-provider.ts';
import type { Books } from '../e2e/support/books.ts';
import { openClinic, openPayment, untilStatus } from '../e2e/support/clinic.ts';
import type { Clinic, PaymentBody } from '../e2e/support/clinic.ts';
import { payAtVendor } from '../e2e/support/vendors.ts';
import { readEnvironment, readSecrets } from '../support/environment.ts';

/** A clinic of whose payments a test tells what their vendor says, with no vendor between. Close it in `afterAll`. */
export async function openVendorWord() {
  const pool = createPool({
    connectionString: readEnvironment().databaseUrl,
    onError: (error) => {
      throw error;
    },
  });
  const clinic = await openClinic();
  const adapters = { payment: () => ({}), invoiceFace: () => null };
  const metrics = { payments: { inc: () => undefined } };
  const logger = { error: () => undefined };
  const secrets = readSecrets();
  const context = { pool, adapters, metrics, logger, secrets } as unknown as ActivityContext;
  return {
    pool,
    clinic,
    context,
    /** The vendor tells this of the payment: what it comes to. */
    tell: async (paymentId: string, finding: Partial<PaymentFinding>) => {
      const loaded = await loadPayment(pool, { workspaceId: clinic.id, paymentId });
      return judgeFinding(context, loaded, { transactions: [], disputes: [], unreadable: [], ...finding });
    },
    close: () => pool.end(),
  };
}

export type VendorWord = Awaited<ReturnType<typeof openVendorWord>>;

/** A charge of 350 shekels that succeeded, or what is said instead. */
export const transaction = (
  paymentId: string,
  change: Partial<ProviderTransaction> = {},
): ProviderTransaction => ({
  transactionId: `charge-of-${paymentId}`,
  kind: 'charge',
  status: 'succeeded',
  amount: 35_000,
  currency: 'ILS',
  paidAt: new Date(),
  paidAtRaw: '',
  means: [],
  payerName: null,
  reference: paymentId,
  pageId: null,
  refundOf: null,
  refundReference: null,
  secret: null,
  rawCode: '000',
  foreignDocument: null,
  refundable: null,
  ...change,
});

/** A dispute about a charge of 350 shekels. */
export const disputeOf = (transactionId: string, status: ProviderDispute['status']): ProviderDispute => ({
  disputeId: `dispute-of-${transactionId}`,
  transactionId,
  status,
  amount: 35_000,
  currency: 'ILS',
});

/** A paid payment, with the vendor's id of its charge. */
export async function paidCharge(
  clinic: Clinic,
  books: Books,
): Promise<{ payment: PaymentBody; chargeId: string }> {
  const { id } = await openPayment(clinic);
  await payAtVendor(id);
  const payment = await untilStatus(clinic, id, 'completed');
  const [charge] = await books.query<{ id: string }>(
    `SELECT provider_transaction_id AS id FROM provider_transactions WHERE payment_id = $1`,
    [id],
  );
  return { payment, chargeId: charge?.id ?? '' };
}
