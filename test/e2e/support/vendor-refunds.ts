import { control } from '../../api/rig.ts';
import { checkoutsOf, list } from './vendors.ts';
import type { VendorCall } from './vendors.ts';

/** One transaction as the vendor holds it. */
export interface VendorTransaction {
  readonly id: string;
  readonly checkoutId: string;
  readonly kind: 'charge' | 'refund';
  readonly approved: boolean;
  readonly amount: number;
  readonly reference: string | null;
  readonly reverses: string | null;
}

/** What moved at the vendor on a payment's pages: the independent ledger. */
export async function transactionsOf(paymentId: string): Promise<VendorTransaction[]> {
  const found: VendorTransaction[] = [];
  for (const { id } of await checkoutsOf(paymentId))
    found.push(...(await list<VendorTransaction>(`transactions?checkoutId=${id}`)));
  return found.filter(({ approved }) => approved);
}

/** Minor units that the vendor gave back. */
export async function givenBack(paymentId: string): Promise<number> {
  const transactions = await transactionsOf(paymentId);
  return transactions.filter(({ kind }) => kind === 'refund').reduce((sum, { amount }) => sum + amount, 0);
}

/** Refund orders about a payment that reached the vendor. */
export async function refundOrdersOf(paymentId: string): Promise<readonly VendorCall[]> {
  const calls = await list<VendorCall & { provider: string }>('calls?operation=refund');
  const charges = new Set((await transactionsOf(paymentId)).map(({ id }) => id));
  return calls.filter(({ body, reference }) => reference === paymentId || namesOneOf(body, charges));
}

const namesOneOf = (body: unknown, ids: ReadonlySet<string>): boolean =>
  Object.values(body ?? {}).some((value) => typeof value === 'string' && ids.has(value));

/** Somebody gives money back in the vendor's own dashboard: the engine did not ask for it. Amount in minor units. */
export async function refundAtVendor(paymentId: string, amount: number, chargeId?: string): Promise<void> {
  const charge = (await transactionsOf(paymentId)).find(
    ({ kind, id }) => kind === 'charge' && (chargeId === undefined || chargeId === id),
  );
  if (charge === undefined) throw new Error(`nothing was charged for ${paymentId}`);
  const { checkoutId, id: transactionId } = charge;
  const { status, bytes } = await control('POST', `checkouts/${checkoutId}/refund`, {
    amount,
    transactionId,
  });
  if (status !== 200) throw new Error(`refund at vendor: ${bytes.toString()}`);
}
