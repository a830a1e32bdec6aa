import type { Check, Life } from '../life.ts';
import { contradiction, expect } from '../model.ts';
import type { Facts } from '../model.ts';
import { gather } from './index.ts';
import type { Evidence, LedgerTransaction } from './evidence.ts';
import { isMeans, transactions } from './money.ts';

interface Shown {
  readonly id: string;
  readonly asked: number;
  readonly currency: string;
  readonly status: string;
  readonly review: string | null;
  readonly outcome: string;
  readonly captured: number;
  readonly taken_from: string | null;
  readonly document_total: number | null;
  readonly document_charge: string | null;
  readonly by_hand: number;
  readonly taken_by_bank: number;
  /** The same of charges without a document, by the vendor's id. */
  readonly taken_of_others: Readonly<Record<string, number>>;
  readonly taken_back: number;
  readonly was_given_up: boolean;
  readonly failed_pushes: number;
  readonly was_unreadable: boolean;
  /** Charges about whose dispute a person has decided, by the vendor's id. */
  readonly decided_disputes: readonly string[];
}

const SHOWN = `
  SELECT p.id, p.charge_amount::float8 AS asked, p.currency, p.status, p.review, p.outcome, p.captured_amount::float8 AS captured, p.taken_from,
    d.total::float8 AS document_total, t.provider_transaction_id AS document_charge,
    coalesce((SELECT sum(amount) FROM refunds r WHERE r.payment_id = p.id AND r.status = 'completed' AND r.is_documented
      AND (r.method <> 'original' OR EXISTS (SELECT 1 FROM provider_transactions m WHERE m.id = r.transaction_id AND m.account_id IS NULL
        AND r.origin <> 'dispute' AND r.recognised_id IS NULL))), 0)::float8 AS by_hand,
    coalesce((SELECT sum(amount) FROM refunds r WHERE r.payment_id = p.id AND r.status = 'completed' AND r.origin = 'dispute'
      AND r.charge_id = d.transaction_id), 0)::float8 AS taken_by_bank,
    (SELECT coalesce(jsonb_object_agg(id, amount), '{}') FROM (SELECT m.provider_transaction_id AS id, sum(r.amount)::float8 AS amount FROM refunds r
      JOIN provider_transactions m ON m.id = r.charge_id WHERE r.payment_id = p.id AND r.status = 'completed' AND r.origin = 'dispute'
      AND r.charge_id IS DISTINCT FROM d.transaction_id GROUP BY 1) AS others) AS taken_of_others,
    0::float8 AS taken_back,
    EXISTS (SELECT 1 FROM events e WHERE e.payment_id = p.id AND e.type IN ('payment.expired', 'payment.cancelled', 'payment.failed')) AS was_given_up,
    (SELECT count(*)::int FROM invoice_pushes i JOIN tax_documents x ON x.id = i.document_id WHERE x.payment_id = p.id AND i.status = 'failed') AS failed_pushes,
    EXISTS (SELECT 1 FROM payment_log l WHERE l.payment_id = p.id AND l.kind IN ('read_back_failing', 'unreadable_row')) AS was_unreadable,
    ARRAY(SELECT q.provider_transaction_id FROM disputes q WHERE q.payment_id = p.id AND q.resolution IS NOT NULL) AS decided_disputes
  FROM payments p
  LEFT JOIN tax_documents d ON d.payment_id = p.id AND d.refund_id IS NULL AND d.reverses_document_id IS NULL
  LEFT JOIN provider_transactions t ON t.id = d.transaction_id
  WHERE p.workspace_id = $1 AND p.provider <> 'manual' ORDER BY p.id`;

/** Every payment shows what the model says. */
export const theModelAgrees: Check = async (life) => {
  const evidence = await gather(life);
  const shown = await evidence.query<Shown>(SHOWN, [evidence.workspaceId]);
  const all = transactions(evidence.ledger.transactions);
  const broken: string[] = [];
  for (const one of shown) {
    const said = contradiction(expect(await factsOf(life, evidence, all, shown, one)), one);
    if (said !== null) broken.push(`${one.id}: ${said}`);
  }
  return broken;
};

async function factsOf(
  life: Life,
  { query, ledger }: Evidence,
  all: readonly LedgerTransaction[],
  shown: readonly Shown[],
  one: Shown,
): Promise<Facts> {
  const decisions = await query<{ review: string; action: string }>(
    'SELECT review, action FROM review_resolutions WHERE payment_id = $1 AND applied_at IS NOT NULL',
    [one.id],
  );
  const voided = await query<{ detail: unknown }>(
    "SELECT detail FROM payment_log WHERE payment_id = $1 AND kind = 'resolution_void'",
    [one.id],
  );
  // A charge that a person made a payment of its own belongs to that one.
  const handedOn = shown
    .filter((other) => other.taken_from === (one.taken_from ?? one.id))
    .map((other) => other.document_charge);
  const askedId = one.taken_from ?? one.id;
  const isOwn = ({ id }: { readonly id: string }): boolean =>
    one.taken_from === null ? !handedOn.includes(id) : id === one.document_charge;
  const charges = all.filter((row) => row.kind === 'charge' && row.reference === askedId && isOwn(row));
  const returns = all.filter((row) => row.kind === 'refund' && charges.some(({ id }) => id === row.reverses));
  const ofFamily = (kind: string) =>
    all.filter((row) => row.kind === kind && row.reference === askedId).length;
  const family = { charges: ofFamily('charge'), returns: ofFamily('refund') };
  const isTakenBack = ledger.transactions.some(
    (row) => row.kind === 'charge' && isMeans(row, 'card-refund-fails') && row.reference === askedId,
  );
  const disputes = new Map(
    [...life.disputes].map(([id, status]): [string, string] => [
      id,
      one.decided_disputes.includes(id) ? 'decided' : status,
    ]),
  );
  return {
    asked: {
      amount: one.taken_from === null ? one.asked : (one.document_total ?? one.asked),
      currency: one.currency,
    },
    charges,
    returns,
    document:
      one.document_total === null ? null : { total: one.document_total, chargeId: one.document_charge ?? '' },
    byHand: one.by_hand,
    takenByBank: one.taken_by_bank,
    takenOfOthers: new Map(Object.entries(one.taken_of_others)),
    takenBack: one.taken_back,
    disputes,
    decisions: voided.length > 0 ? [] : decisions,
    wasGivenUp: one.was_given_up,
    hasFailedPush: one.failed_pushes > 0,
    wasMisread: one.was_unreadable || life.world.network.hasMisledComparison,
    hasOtherVat: await hasOtherVat({ query, ledger }, one.id),
    mayBeReversed: isTakenBack,
    isAmbiguous: life.plan.provider === 'payplus' && family.charges > 1 && family.returns > 0,
  };
}

async function hasOtherVat(
  { query, ledger }: Pick<Evidence, 'query' | 'ledger'>,
  paymentId: string,
): Promise<boolean> {
  const ours = await query<{ reference: string; vat: number }>(
    `SELECT CASE WHEN reverses_document_id IS NOT NULL THEN id ELSE coalesce(refund_id, payment_id) END AS reference, vat::float8 AS vat
     FROM tax_documents WHERE payment_id = $1`,
    [paymentId],
  );
  return ours.some(({ reference, vat }) =>
    ledger.documents.some((theirs) => theirs.reference === reference && Math.abs(theirs.vat) !== vat),
  );
}
