import { control, eventually, payAtVendor } from '../../api/rig.ts';
import type { VendorAccount } from '../../support/faults.ts';

export { payAtVendor } from '../../api/rig.ts';

/** What the vendors' side of the sandbox knows: it is the independent ledger. */
export interface Checkout {
  readonly id: string;
  readonly status: string;
  readonly url: string;
  readonly amount: number;
  readonly currency: string;
}

export interface VendorCall {
  readonly at: string;
  readonly operation: string;
  readonly reference: string | null;
  readonly status: number;
  readonly body: unknown;
}

export interface Delivery {
  readonly checkoutId: string;
  readonly mode: string;
  readonly status: number | null;
}

export interface VendorDocument {
  readonly id: string;
  readonly number: string;
  readonly reference: string | null;
  readonly description: string;
  readonly total: number;
  readonly vat: number;
}

export const list = async <Row>(path: string): Promise<readonly Row[]> =>
  (await control<Row[]>('GET', path)).json;

/** The pages made for a payment, oldest first. */
export const checkoutsOf = (paymentId: string) => list<Checkout>(`checkouts?reference=${paymentId}`);

/** What the engine really sent about a payment (or about anything). */
export const callsAbout = (paymentId: string) => list<VendorCall>(`calls?reference=${paymentId}`);
export const allCalls = () => list<VendorCall>('calls');

/** The documents of the invoice service that name the payment. */
export async function vendorDocumentsOf(paymentId: string): Promise<VendorDocument[]> {
  const documents = await list<VendorDocument>('documents');
  return documents.filter((one) => one.reference === paymentId || one.description.includes(paymentId));
}

/** The webhooks of a payment's pages once all of them were answered. */
export function answeredDeliveries(paymentId: string, count: number): Promise<Delivery[]> {
  return eventually(`${count} answered webhooks of ${paymentId}`, async () => {
    const found: Delivery[] = [];
    for (const { id } of await checkoutsOf(paymentId)) {
      found.push(...(await list<Delivery>(`deliveries?checkoutId=${id}`)));
    }
    return found.length >= count && found.every(({ status }) => status !== null) ? found : null;
  });
}

/** The payer pays on the page with this place in the order of making, not on the newest. */
export async function payOnPage(paymentId: string, place: number, how: object = {}): Promise<void> {
  const page = (await checkoutsOf(paymentId)).at(place);
  if (page === undefined) throw new Error(`${paymentId} has no page ${place}`);
  const paid = await control('POST', `checkouts/${page.id}/pay`, how);
  if (paid.status !== 200) throw new Error(`pay: ${paid.bytes.toString()}`);
}

/** The issuer of the payer's card refuses. */
export async function declineAtVendor(paymentId: string): Promise<void> {
  const page = (await checkoutsOf(paymentId)).at(-1);
  if (page === undefined) throw new Error(`${paymentId} has no page`);
  const declined = await control('POST', `checkouts/${page.id}/decline`);
  if (declined.status !== 200) throw new Error(`decline: ${declined.bytes.toString()}`);
}

/** The payer's bank asks about the last charge, takes it back (`open`) or decides. Stripe alone tells of it. */
export async function disputeAtVendor(
  paymentId: string,
  status: 'inquiry' | 'open' | 'won' | 'lost' = 'open',
): Promise<void> {
  const page = (await checkoutsOf(paymentId)).at(-1);
  if (page === undefined) throw new Error(`${paymentId} has no page`);
  const answer = await control('POST', `checkouts/${page.id}/dispute`, { status });
  if (answer.status !== 200) throw new Error(`dispute: ${answer.bytes.toString()}`);
}

/** Nothing takes its time at the vendor any more: Grow has transmitted what is paid from now on. */
export const withoutLags = (account: VendorAccount): Promise<void> => scaleLags(account, 0);

/** The vendor takes so many times longer for what it does later. Before the account's first payment. */
export async function scaleLags({ vendor, account }: VendorAccount, scale: number): Promise<void> {
  const set = await control('POST', 'time-scale', { provider: vendor, account, scale });
  if (set.status !== 200) throw new Error(`time-scale: ${set.bytes.toString()}`);
}

/** Pays everything in `paymentIds`, a few at a time. */
export async function payAll(paymentIds: readonly string[], how: object = {}): Promise<void> {
  await inParallel(paymentIds, 20, (id) => payAtVendor(id, how));
}

export async function inParallel<In, Out>(
  items: readonly In[],
  width: number,
  work: (item: In) => Promise<Out>,
): Promise<Out[]> {
  const results: Out[] = [];
  const queue = items.entries();
  const lane = async (): Promise<void> => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: width }, lane));
  return results;
}
