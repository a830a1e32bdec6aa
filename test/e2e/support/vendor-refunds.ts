import { control, eventually } from '../../api/rig.ts';
import { readEnvironment } from '../../support/environment.ts';
import type { Clinic } from './clinic.ts';
import type { Provider } from './providers.ts';
import { checkoutsOf, list } from './vendors.ts';
import type { VendorCall } from './vendors.ts';

/** One movement as the vendor holds it. */
export interface VendorTransaction {
  readonly id: string;
  readonly kind: 'charge' | 'refund';
  readonly approved: boolean;
  readonly amount: number;
  readonly reference: string | null;
  readonly reverses: string | null;
}

/** What moved at the vendor on a payment's pages: the independent ledger. */
export async function movementsOf(paymentId: string): Promise<VendorTransaction[]> {
  const found: VendorTransaction[] = [];
  for (const { id } of await checkoutsOf(paymentId))
    found.push(...(await list<VendorTransaction>(`transactions?checkoutId=${id}`)));
  return found.filter(({ approved }) => approved);
}

/** Minor units that the vendor gave back. */
export async function givenBack(paymentId: string): Promise<number> {
  const movements = await movementsOf(paymentId);
  return movements.filter(({ kind }) => kind === 'refund').reduce((sum, { amount }) => sum + amount, 0);
}

/** Refund orders about a payment that reached the vendor. */
export async function refundOrdersOf(paymentId: string): Promise<readonly VendorCall[]> {
  const calls = await list<VendorCall & { provider: string }>('calls?operation=refund');
  const charges = new Set((await movementsOf(paymentId)).map(({ id }) => id));
  return calls.filter(({ body, reference }) => reference === paymentId || namesOneOf(body, charges));
}

const namesOneOf = (body: unknown, ids: ReadonlySet<string>): boolean =>
  Object.values(body ?? {}).some((value) => typeof value === 'string' && ids.has(value));

/** Somebody gives money back in the vendor's own dashboard: the engine did not ask for it. Amount in minor units. */
export async function refundAtVendor(
  clinic: Clinic,
  paymentId: string,
  amount: number,
  chargeId?: string,
): Promise<void> {
  const charge = (await movementsOf(paymentId)).find(
    ({ kind, id }) => kind === 'charge' && (chargeId === undefined || chargeId === id),
  );
  if (charge === undefined) throw new Error(`nothing was charged for ${paymentId}`);
  const { path, ...call } = await REQUESTS[clinic.provider](clinic, charge.id, amount);
  const url = `${readEnvironment().sandboxUrl}/${clinic.provider}/${path}`;
  const answer = await fetch(url, { method: 'POST', ...call });
  const text = await answer.text();
  if (answer.status >= 300 || /"status":\s*"?0"?/.test(text)) throw new Error(`refund at vendor: ${text}`);
}

interface Request {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const toMajor = (amount: number): string => (amount / 100).toFixed(2);

const REQUESTS: Readonly<
  Record<Provider, (clinic: Clinic, chargeId: string, amount: number) => Promise<Request>>
> = {
  payplus: ({ credentials }, chargeId, amount) =>
    Promise.resolve({
      path: 'Transactions/RefundByTransactionUID',
      headers: {
        'content-type': 'application/json',
        'api-key': credentials['apiKey'] ?? '',
        'secret-key': credentials['secretKey'] ?? '',
      },
      body: JSON.stringify({ transaction_uid: chargeId, amount: Number(toMajor(amount)) }),
    }),
  stripe: ({ credentials }, chargeId, amount) =>
    Promise.resolve({
      path: 'v1/refunds',
      headers: { ...FORM, authorization: `Bearer ${credentials['secretKey'] ?? ''}` },
      body: new URLSearchParams({ charge: chargeId, amount: String(amount) }).toString(),
    }),
  grow: async ({ credentials }, chargeId, amount) => ({
    path: 'refundTransaction',
    headers: FORM,
    body: new URLSearchParams({
      ...credentials,
      transactionId: chargeId,
      transactionToken: await growTokenOf(chargeId),
      refundSum: toMajor(amount),
    }).toString(),
  }),
};

/** Only whoever was told of a charge can speak of it: the engine said the token when it acknowledged. */
function growTokenOf(chargeId: string): Promise<string> {
  return eventually(`the acknowledgement of ${chargeId}`, async () => {
    const { json } = await control<{ body: Record<string, string> }[]>('GET', 'calls?operation=acknowledge');
    return json.find(({ body }) => body['transactionId'] === chargeId)?.body['transactionToken'] ?? null;
  });
}
