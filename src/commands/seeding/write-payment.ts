import { createHash } from 'node:crypto';
import { dayInZone } from '../../domain/calendar.ts';
import { draftDocument } from '../../domain/document-content.ts';
import { idOf, inShekels, later, tellLife } from './life.ts';
import type { Life, Writing } from './life.ts';
import { writeDocument, writePush } from './write-document.ts';

const DAY = 86_400_000;

/** Writes a payment from its creation to its end: paid with its document, held, or unpaid. Refunds come apart. */
export function writeEnd(writing: Writing, life: Life): void {
  writeBeginning(writing, life);
  const { fate } = life.drawn;
  if (fate === 'paid' || fate === 'manual') writePaid(writing, life);
  else if (fate === 'held') writeHeld(writing, life);
  else if (fate !== 'open') writeUnpaid(writing, life, fate);
}

function writeBeginning(writing: Writing, life: Life): void {
  const { drawn } = life;
  const { createdAt, method, at } = drawn;
  const { workspace, provider } = writing.clinic;
  const owner = { workspace_id: workspace.id, payment_id: life.id };
  if (drawn.fate === 'manual' || provider === null) {
    const day = dayInZone(at, workspace.timeZone);
    const check = drawn.means.check ?? null;
    writing.rows.manual_payments.push({ ...owner, method, paid_on: day, paid_at: at, check_details: check });
    const summary = `The app recorded a payment by ${method} of ${day}`;
    tellLife(writing, life, createdAt, { kind: 'created', summary, to: 'creating' });
    return;
  }
  const summary = `The app asked for a payment at ${provider.provider}`;
  tellLife(writing, life, createdAt, { kind: 'created', summary, to: 'creating' });
  const pageId = idOf(writing, drawn, 'page', createdAt);
  const until = expiryOf(life);
  // An open payment has no page, so that nobody asks a vendor about one that it never made.
  if (drawn.fate !== 'open')
    writing.rows.provider_pages.push({
      id: pageId,
      ...owner,
      account_id: provider.id,
      provider_page_id: `seeded-${pageId}`,
      url: `https://pages.example/${pageId}`,
      state: 'dead',
      expires_at: until,
      created_at: createdAt,
    });
  const made = `${provider.provider} made a payment page, open until ${until.toISOString()}`;
  tellLife(writing, life, later(createdAt, 400), { kind: 'link_ready', summary: made, to: 'pending' }, [
    { type: 'payment.link_ready', facts: { status: 'pending', provider: provider.provider } },
  ]);
}

/** What the vendor, or for a manual payment the business, says that came. */
function writeCharge(writing: Writing, life: Life): void {
  const { at, captured, means, method, fate } = life.drawn;
  const { workspace, provider } = writing.clinic;
  const account = fate === 'manual' ? null : provider;
  const raw = account === null ? dayInZone(at, workspace.timeZone) : at.toISOString();
  const vendorId = account === null ? life.id : `seeded-${life.chargeId}`;
  const owner = { workspace_id: workspace.id, payment_id: life.id, account_id: account?.id ?? null };
  writing.rows.provider_transactions.push({
    id: life.chargeId,
    ...owner,
    provider_transaction_id: vendorId,
    kind: 'charge',
    status: 'succeeded',
    amount: captured,
    currency: workspace.currency,
    paid_at: at,
    paid_at_raw: raw,
    means: [means],
    refund_of: null,
    raw_code: account === null ? method : '000',
    created_at: later(at, 1_500),
  });
  if (account === null) return;
  const inboxId = idOf(writing, life.drawn, 'providerEvent', at);
  writing.rows.provider_events.push({
    id: inboxId,
    ...owner,
    provider: account.provider,
    event_id: `seeded-${inboxId}`,
    kind: 'charge',
    verdict: 'accepted',
    body_sha256: createHash('sha256').update(inboxId).digest(),
    received_at: later(at, 1_000),
    signalled_at: later(at, 1_010),
    handled_at: later(at, 1_600),
    handled_as: 'settled',
  });
  tellLife(writing, life, later(at, 1_500), {
    kind: 'charge_succeeded',
    summary: `${account.provider} says: charge of ${inShekels(writing, captured)} succeeded (code 000)`,
    detail: { transactionId: vendorId, paidAt: raw },
  });
}

function writePaid(writing: Writing, life: Life): void {
  writeCharge(writing, life);
  const { clinic } = writing;
  const { workspace, profiles, issuer } = clinic;
  const { amount, description, customer, means, at } = life.drawn;
  const payment = {
    reference: referenceOf(life),
    description,
    currency: workspace.currency,
    items: null,
    vatIncluded: true,
    vatTreatment: 'standard',
    vatReason: null,
    serviceDate: null,
    customer,
  } as const;
  const paid = { workspace, profiles, issuer, payment, amount, means: [means], paidAt: at };
  const draft = draftDocument({ ...paid, issuedAt: at, payerName: null, logoSha256: workspace.logoSha256 });
  const settledAt = completionOf(life);
  const about = {
    refundId: null,
    transactionId: life.chargeId,
    originalDocumentId: null,
    acknowledgedAt: null,
  };
  const written = writeDocument(writing, life, draft, about, settledAt);
  const facts = { status: 'completed', review: null, amount, currency: workspace.currency } as const;
  const summary = `Paid: ${written.name} was issued`;
  const line = { kind: 'completed', summary, to: 'completed', detail: { documentId: written.id } } as const;
  tellLife(writing, life, settledAt, line, [{ type: 'payment.completed', facts }, ...written.events]);
  writePush(writing, life, written, settledAt);
}

/** The payer was charged another sum: no document, and a person has to decide. */
function writeHeld(writing: Writing, life: Life): void {
  writeCharge(writing, life);
  const facts = {
    status: 'pending',
    review: 'amount_mismatch',
    capturedAmount: life.drawn.captured,
  } as const;
  const summary = 'The amount or currency that was paid differs from the request. A person must decide';
  tellLife(writing, life, completionOf(life), { kind: 'review_opened', summary }, [
    { type: 'payment.review_opened', facts: { ...facts, refundId: null } },
  ]);
}

function writeUnpaid(writing: Writing, life: Life, fate: 'expired' | 'cancelled' | 'failed'): void {
  const { at } = life.drawn;
  if (fate === 'failed') {
    const failure = FAILURE;
    const line = { kind: fate, to: fate, summary: `The payment failed: ${failure.message}` } as const;
    tellLife(writing, life, at, line, [
      { type: 'payment.failed', facts: { status: 'failed', reason: 'page_refused', failure } },
    ]);
    return;
  }
  const [summary, reason] =
    fate === 'expired'
      ? (['The link has expired, and nothing was paid', 'nobody_paid'] as const)
      : (['Cancelled: nothing was paid', 'app'] as const);
  tellLife(writing, life, at, { kind: fate, to: fate, summary }, [
    fate === 'expired'
      ? { type: 'payment.expired', facts: { status: 'expired', reason } }
      : { type: 'payment.cancelled', facts: { status: 'cancelled', reason } },
  ]);
}

/** Why every failed payment of a seed failed. */
export const FAILURE = {
  code: 'invalid_request',
  message: 'the provider refused to make a page',
  vendorCode: '422',
} as const;

/** The app's own name of a seeded payment. It is unique, because the id is. */
export const referenceOf = ({ id }: Life): string => `seeded-${id.slice('pay_'.length)}`;

/** Links end after 30 days; those that are open, after the year that is allowed. */
export const expiryOf = ({ drawn }: Life): Date =>
  later(drawn.createdAt, (drawn.fate === 'open' ? 365 : 30) * DAY);

/** When Tashlum knew, two seconds after the money moved. */
export const completionOf = ({ drawn }: Life): Date => later(drawn.at, 2_000);
