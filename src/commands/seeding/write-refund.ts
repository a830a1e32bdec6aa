import { draftCredit } from '../../domain/credit-document.ts';
import { plainMeans } from '../../domain/means.ts';
import type { Means } from '../../domain/means.ts';
import { statusAfterRefunds } from '../../domain/refund.ts';
import { displayNumber } from '../../domain/tax-document.ts';
import { idOf, inShekels, later, tellLife } from './life.ts';
import type { Life, Writing } from './life.ts';
import { writeDocument, writePush } from './write-document.ts';
import type { Written } from './write-document.ts';

const REASON = 'התור בוטל';
/** Two of three customers confirm a credit of VAT, a day later. */
const CONFIRMED_OF = 3;
const DAY = 86_400_000;

/** A refund on its way to its rows. */
interface Refund {
  readonly id: string;
  readonly transactionId: string;
  /** Minor units. */
  readonly amount: number;
  readonly means: Means;
  readonly at: Date;
  readonly doneAt: Date;
  /** The account that it went through; null for money that the business gave back by hand. */
  readonly accountId: string | null;
}

/** Writes one refund of a paid payment, with its transaction and its credit document. */
export function writeRefund(writing: Writing, life: Life, amount: number, at: Date): void {
  const refund = toRefund(writing, life, amount, at);
  const { id: refundId, doneAt } = refund;
  const facts = { refundId, amount, currency: writing.clinic.workspace.currency };
  const asked = {
    kind: 'refund_created',
    summary: 'The app asked for a refund',
    detail: { refundId },
  } as const;
  tellLife(writing, life, at, asked, [{ type: 'refund.created', facts: { ...facts, origin: 'api' } }]);
  writeTransaction(writing, life, refund);
  const written = writeCredit(writing, life, refund);
  life.refunded += amount;
  const status = statusAfterRefunds(life.drawn.amount, life.refunded);
  const line = {
    kind: 'refunded',
    summary: `${inShekels(writing, amount)} was refunded to the payer: ${written.name} was issued`,
    to: status,
    detail: { refundId, documentId: written.id },
  } as const;
  tellLife(writing, life, doneAt, line, [
    { type: 'refund.completed', facts: { ...facts, documentId: written.id } },
    { type: 'payment.refunded', facts: { ...facts, status, refundedAmount: life.refunded } },
    ...written.events,
  ]);
  writePush(writing, life, written, doneAt);
}

function toRefund(writing: Writing, life: Life, amount: number, at: Date): Refund {
  const { drawn } = life;
  const part = life.documents.length;
  const isManual = drawn.fate === 'manual';
  return {
    id: idOf(writing, drawn, 'refund', at, part),
    transactionId: idOf(writing, drawn, 'transaction', at, part),
    amount,
    means: isManual ? plainMeans(drawn.method, amount) : { ...drawn.means, amount },
    at,
    doneAt: later(at, 3_000),
    accountId: isManual ? null : (writing.clinic.provider?.id ?? null),
  };
}

function writeTransaction({ clinic, rows }: Writing, life: Life, refund: Refund): void {
  const { at, doneAt, accountId, transactionId, amount } = refund;
  const owner = { workspace_id: clinic.workspace.id, payment_id: life.id };
  const sum = { amount, currency: clinic.workspace.currency };
  const byHand = accountId === null;
  rows.provider_transactions.push({
    id: transactionId,
    ...owner,
    account_id: accountId,
    provider_transaction_id: byHand ? refund.id : `seeded-${transactionId}`,
    kind: 'refund',
    status: 'succeeded',
    ...sum,
    paid_at: at,
    paid_at_raw: at.toISOString(),
    means: [refund.means],
    refund_of: byHand ? life.id : `seeded-${life.chargeId}`,
    raw_code: byHand ? refund.means.method : '000',
    created_at: doneAt,
  });
  rows.refunds.push({
    id: refund.id,
    ...owner,
    charge_id: life.chargeId,
    transaction_id: transactionId,
    ...sum,
    method: 'original',
    origin: 'api',
    is_documented: true,
    status: 'completed',
    reason: REASON,
    created_at: at,
    sent_at: byHand ? null : later(at, 100),
    answered_at: byHand ? null : later(at, 2_000),
    completed_at: doneAt,
  });
}

function writeCredit(writing: Writing, life: Life, refund: Refund): Written {
  const { workspace } = writing.clinic;
  const [original, ...earlier] = life.documents;
  if (original === undefined) throw new Error(`payment ${life.id} has no document to credit`);
  const draft = draftCredit({
    original: { ...original.draft, displayNumber: displayNumber(original.draft.type, original.number) },
    earlier: earlier.map(({ draft }) => draft),
    amount: refund.amount,
    items: null,
    means: [refund.means],
    reason: REASON,
    refundedAt: refund.at,
    issuedAt: refund.at,
    timeZone: workspace.timeZone,
    booksClosedThrough: workspace.booksClosedThrough,
  });
  const isConfirmed = draft.split.vat > 0 && life.drawn.place % CONFIRMED_OF !== 0;
  const about = {
    refundId: refund.id,
    transactionId: refund.transactionId,
    originalDocumentId: original.id,
    acknowledgedAt: isConfirmed ? later(refund.doneAt, DAY) : null,
  };
  return writeDocument(writing, life, draft, about, refund.doneAt);
}
