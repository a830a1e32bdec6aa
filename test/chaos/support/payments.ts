import { openPayment } from '../../e2e/support/clinic.ts';
import type { TestWorkspace } from '../../e2e/support/clinic.ts';
import { callsAbout } from '../../e2e/support/vendors.ts';
import { inBooks } from './right-books.ts';
import { moment } from './recovered.ts';

/** How long a vendor keeps an answer to itself: shorter than the quick try's patience, longer than any kill takes. */
export const SLOW = { fault: 'slow', delayMs: 3_000 } as const;

/** Payments with their links; their ids. */
export async function openPayments(clinic: TestWorkspace, count: number): Promise<string[]> {
  const made = await Promise.all(Array.from({ length: count }, () => openPayment(clinic)));
  return made.map(({ id }) => id);
}

/** Every payment that the clinic has in the books, oldest first. */
export const paymentsOf = (clinic: TestWorkspace): Promise<string[]> =>
  inBooks(async ({ query }) => {
    const sql = 'SELECT id FROM payments WHERE workspace_id = $1 ORDER BY created_at';
    return (await query<{ id: string }>(sql, [clinic.id])).map(({ id }) => id);
  });

/** The id of the clinic's first payment, as soon as it is written: its creation is still being answered. */
export async function firstPaymentOf(clinic: TestWorkspace): Promise<string> {
  let id: string | undefined;
  await moment('the payment', async () => (id = (await paymentsOf(clinic))[0]) !== undefined);
  return id ?? '';
}

/** Resolves as soon as the vendor has been asked, also when it has not answered yet. */
export const vendorIsAsked = (paymentId: string, operation: string): Promise<void> =>
  moment(`${operation} of ${paymentId}`, async () =>
    (await callsAbout(paymentId)).some((call) => call.operation === operation),
  );
