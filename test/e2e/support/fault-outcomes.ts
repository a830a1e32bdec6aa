import { openWorkspace } from '../../api/rig.ts';
import {
  admin,
  call,
  createPayment,
  eventually,
  openPayment,
  readPayment,
  readTimeline,
  theDocumentOf,
  untilStatus,
} from './clinic.ts';
import type { Clinic, PaymentBody } from './clinic.ts';
import type { FaultRow, Vendor } from './fault-table.ts';
import { INVOICE_SERVICES, newCredentials, newServiceSlot, PAYER, toAccount } from './providers.ts';
import type { InvoiceService } from './providers.ts';
import { listRefunds, refund } from './refunds.ts';
import { givenBack, refundOrdersOf } from './vendor-refunds.ts';
import { callsAbout, checkoutsOf, payAtVendor, vendorDocumentsOf } from './vendors.ts';
import { paid } from './paid-payments.ts';
import { arm, untilTaken } from '../../support/faults.ts';
import type { VendorAccount } from '../../support/faults.ts';

/** What a vendor's slowness costs in these tests; all real deadlines are longer. */
const SLOW_MS = 300;

/** Does something while exactly one call of the account suffers the fault. */
async function under<T>(
  { operation, fault }: FaultRow,
  account: VendorAccount,
  act: () => Promise<T>,
): Promise<T> {
  await arm(account, { operation, fault, delayMs: SLOW_MS });
  const acting = act();
  acting.catch(() => undefined);
  await untilTaken(account);
  return acting;
}

type Observe = (row: FaultRow, clinic: Clinic) => Promise<string>;

const order = (clinic: Clinic) => openPayment(clinic, { customer: PAYER });

const COUNTS = ['no page', 'one page', 'two pages', 'three pages'];

/** How many pages were made, where the payment can then be paid and is documented once; or `failed`, without a page. */
const seePage: Observe = async (row, clinic) => {
  const made = await under(row, clinic.account, () => createPayment(clinic, { customer: PAYER }));
  const { id } = made.json;
  const payment = await eventually(`the link of ${id}`, async () => {
    const now = await readPayment(clinic, id);
    return now.link !== null || now.status === 'failed' ? now : null;
  });
  const pages = COUNTS[(await checkoutsOf(id)).length] ?? 'many pages';
  if (payment.status === 'failed') return pages === 'no page' ? 'failed' : `failed with ${pages}`;
  await payAtVendor(id);
  const { review } = await untilStatus(clinic, id, 'completed');
  return review === null ? pages : `${pages}, in review: ${review}`;
};

/** `found`: money that came in silence is found by asking, and documented once. */
const seeFinding: Observe = async (row, clinic) => {
  const { id } = await order(clinic);
  await payAtVendor(id, { webhook: 'never' });
  const { json } = await under(row, clinic.account, () =>
    call<PaymentBody>('POST', `/v1/payments/${id}/check`, { key: clinic.key }),
  );
  const isFound = json.status === 'completed' && json.review === null && json.documentIds.length === 1;
  return isFound ? 'found' : `${json.status}, ${json.review}`;
};

/** `cancelled`: and nobody can pay on the page any more. */
const seeCancel: Observe = async (row, clinic) => {
  const { id } = await order(clinic);
  await under(row, clinic.account, () => call('POST', `/v1/payments/${id}/cancel`, { key: clinic.key }));
  await untilStatus(clinic, id, 'cancelled');
  const [page] = await checkoutsOf(id);
  return page?.status === 'cancelled' ? 'cancelled' : `cancelled, page ${page?.status}`;
};

/** `no answer`: 503, `refused`: 422; nothing is stored by either. */
const seeCredentials: Observe = async (row) => {
  const { id } = await openWorkspace({ provider: false });
  const path = `/v1/workspaces/${id}/${isService(row.vendor) ? 'invoice-service' : 'payment-provider'}`;
  const slot = slotOf(row.vendor);
  const account = toAccount(row.vendor, slot.credentials);
  const answer = await under(row, account, () =>
    admin<{ code?: string }>('PUT', path, slot, {}, { once: true }),
  );
  const { json: stored } = await admin<{ hasCredentials: boolean }>('GET', path);
  const word = SLOT_WORDS[`${answer.status} ${answer.json.code ?? ''}`.trim()] ?? `answered ${answer.status}`;
  return stored.hasCredentials === (word === 'stored')
    ? word
    : `${word}, and stored: ${stored.hasCredentials}`;
};

const SLOT_WORDS: Readonly<Record<string, string>> = {
  '200': 'stored',
  '503 unavailable': 'no answer',
  '422 provider_credentials_invalid': 'refused',
};

const slotOf = (vendor: Vendor) =>
  isService(vendor) ? newServiceSlot(vendor) : { provider: vendor, credentials: newCredentials(vendor) };

export const isService = (vendor: Vendor): vendor is InvoiceService =>
  (INVOICE_SERVICES as readonly Vendor[]).includes(vendor);

/** `pushed`: the service holds the document once and the engine knows its number. */
const seePush: Observe = async (row, clinic) => {
  const { id } = await order(clinic);
  await under(row, clinic.serviceAccount, () => payAtVendor(id));
  const payment = await untilStatus(clinic, id, 'completed');
  const ended = await eventually(`the push of ${id}`, async () => {
    const { json } = await call<{ external: object | null }>(
      'GET',
      `/v1/documents/${theDocumentOf(payment)}`,
      { key: clinic.key },
    );
    const { review } = await readPayment(clinic, id);
    return json.external !== null || review !== null ? { review } : null;
  });
  const held = (await vendorDocumentsOf(id)).length;
  if (ended.review !== null) return `review ${ended.review}, ${held} documents`;
  return held === 1 ? 'pushed' : `pushed, ${held} documents`;
};

/**
 * `given back` at once, `later` after a second order, for the first did not arrive; `found` after nobody knew; `unknown`:
 * still, and nothing was given back; `failed`: and nothing was given back.
 */
const seeRefund: Observe = async (row, clinic) => {
  const payment = await paid(clinic);
  const asked = await questionsAbout(payment.id);
  await under(row, clinic.account, () => {
    // Answered when the refund has ended, which an unknown one may never do: nobody waits for it.
    refund(clinic, payment.id).catch(() => undefined);
    return Promise.resolve();
  });
  return wordForRefund(clinic, payment, await refundStatus(clinic, payment.id, asked));
};

const questionsAbout = async (paymentId: string): Promise<number> =>
  (await callsAbout(paymentId)).filter(({ operation }) => operation === 'find_payment').length;

/** The end of the refund, or `pending` once the vendor was asked what became of it and did not show it. */
async function refundStatus(clinic: Clinic, paymentId: string, asked: number): Promise<string> {
  return eventually(`the end of the refund of ${paymentId}`, async () => {
    const [one] = await listRefunds(clinic, paymentId);
    if (one === undefined) return null;
    if (one.status !== 'pending') return one.status;
    if (one.outcome !== 'unknown' || (await questionsAbout(paymentId)) === asked) return null;
    // What the vendor has given back is found in the end; what it has not stays unknown.
    return (await givenBack(paymentId)) > 0 ? null : one.status;
  });
}

async function wordForRefund(clinic: Clinic, payment: PaymentBody, status: string): Promise<string> {
  const [back, orders] = [await givenBack(payment.id), (await refundOrdersOf(payment.id)).length];
  const wasUnknown = (await readTimeline(clinic, payment.id)).some(({ kind }) => kind === 'refund_unknown');
  const facts = [status, back === payment.amount ? 'all back' : `${back} back`, orders];
  const word = REFUND_WORDS[[...facts, wasUnknown ? 'unknown' : 'known'].join(', ')];
  return word ?? `${facts.join(', ')} orders${wasUnknown ? ', was unknown' : ''}`;
}

/** Status, money that the vendor gave back, orders that reached it, and whether it was ever unknown. */
const REFUND_WORDS: Readonly<Record<string, string>> = {
  'completed, all back, 1, known': 'given back',
  'completed, all back, 2, known': 'given back later',
  'completed, all back, 1, unknown': 'found',
  'pending, 0 back, 1, unknown': 'unknown',
  'failed, 0 back, 1, known': 'failed',
};

/** How to bring a call about and see what became of it, in a word of the table. */
export const OBSERVE: Readonly<Record<string, Observe>> = {
  create_link: seePage,
  find_payment: seeFinding,
  cancel_link: seeCancel,
  credentials: seeCredentials,
  create_document: seePush,
  find_document: seePush,
  refund: seeRefund,
};
