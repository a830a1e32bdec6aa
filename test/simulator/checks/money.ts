import type { Evidence, LedgerTransaction, Rule } from './evidence.ts';

/** Money: what moved at the vendor, what our books say of it, and what the documents say. */

interface Booked {
  readonly id: string;
  readonly kind: 'charge' | 'refund';
  readonly amount: number;
  readonly currency: string;
}

/** Every transaction at the vendor is in the books once, and nothing else is: by its id, sum and currency. */
export const everyTransactionIsBookedOnce: Rule = async ({ query, workspaceId, ledger }) => {
  const booked = await query<Booked>(
    `SELECT provider_transaction_id AS id, kind, amount::float8 AS amount, currency FROM provider_transactions
     WHERE workspace_id = $1 AND account_id IS NOT NULL AND status = 'succeeded'`,
    [workspaceId],
  );
  const moved = transactions(ledger.transactions);
  const missing = moved.flatMap((one) => {
    const found = booked.filter((row) => row.kind === one.kind && isOne(row, one));
    if (found.length === 1) return [];
    return [
      `${one.kind} ${one.id} of ${one.amount} ${one.currency} at the vendor is ${found.length} times in our books`,
    ];
  });
  const spare = booked.filter((row) => !ledger.transactions.some((one) => isOne(row, one)));
  return [
    ...missing,
    ...spare.map((row) => `our books hold what the vendor does not: ${JSON.stringify(row)}`),
  ];
};

const isOne = (row: Booked, one: LedgerTransaction): boolean =>
  (row.id === one.id || isVoidOf(row, one)) &&
  (row.amount === one.amount || row.amount === one.orWhole) &&
  row.currency === one.currency;

/** What took back a charge as if it had not been, the vendor may show without an id of its own: ours is made of the charge's. */
const isVoidOf = (row: Booked, one: LedgerTransaction): boolean =>
  row.kind === 'refund' && one.kind === 'refund' && one.reverses !== null && row.id.includes(one.reverses);

/** Those that moved money and still count. */
export function transactions(all: readonly LedgerTransaction[]): readonly LedgerTransaction[] {
  // Stripe's test means whose money never comes, and whose refunds are taken back.
  const failing = new Set(all.filter((one) => isMeans(one, 'card-refund-fails')).map(({ id }) => id));
  return all.filter(
    (one) =>
      one.approved &&
      one.reference !== null &&
      (one.kind === 'charge' ? !isMeans(one, 'us-bank-account-fails') : !failing.has(one.reverses ?? '')),
  );
}

export const isMeans = ({ method }: LedgerTransaction, name: string): boolean => method === name;

interface PaymentSums {
  readonly id: string;
  readonly captured: number;
  readonly returned: number;
  readonly documented: number;
  readonly credited: number;
  readonly review: string | null;
  readonly isHeld: boolean;
}

/** The money of cheques is what their receipt and its credits say; their tax invoice and its credits say the same once more. */
const OF_A_DUE_INVOICE = `(d.type = 'tax_invoice' OR EXISTS (SELECT 1 FROM tax_documents o WHERE o.id = d.original_document_id AND o.type = 'tax_invoice'))`;

/**
 * What came less what went back is what the documents say less their credits. Left out is money that a person holds, or has
 * said may stay as it is.
 */
const documentsSayWhatIsThere: Rule = async ({ query, workspaceId }) => {
  const rows = await query<PaymentSums>(
    `SELECT p.id, p.review,
       coalesce((SELECT sum(amount) FROM provider_transactions t WHERE t.payment_id = p.id AND t.kind = 'charge' AND t.status = 'succeeded'), 0)::float8 AS captured,
       coalesce((SELECT sum(amount) FROM refunds r WHERE r.payment_id = p.id AND r.status = 'completed'), 0)::float8 AS returned,
       coalesce((SELECT sum(total) FROM tax_documents d WHERE d.payment_id = p.id AND refund_id IS NULL AND NOT ${OF_A_DUE_INVOICE}), 0)::float8 AS documented,
       coalesce((SELECT sum(total) FROM tax_documents d WHERE d.payment_id = p.id AND refund_id IS NOT NULL AND reverses_document_id IS NULL
         AND NOT ${OF_A_DUE_INVOICE}), 0)::float8 AS credited,
       EXISTS (SELECT 1 FROM review_resolutions x WHERE x.payment_id = p.id AND (x.review IN ('reconciliation', 'amount_mismatch')
         OR (x.review = 'refund_reversed' AND x.action = 'dismiss'))) AS "isHeld"
     FROM payments p WHERE p.workspace_id = $1`,
    [workspaceId],
  );
  return rows
    .filter(({ review, isHeld }) => review === null && !isHeld)
    .filter(({ captured, returned, documented, credited }) => captured - returned !== documented - credited)
    .map(
      (row) =>
        `${row.id}: came ${row.captured}, went back ${row.returned}; documents say ${row.documented}, credits ${row.credited}`,
    );
};

/** The payment's own sums are those of its rows. */
const sumsOfThePayment: Rule = async ({ query, workspaceId }) => {
  const rows = await query<{ id: string; shown: number; booked: number; back: number; returned: number }>(
    `SELECT p.id, p.captured_amount::float8 AS shown, p.refunded_amount::float8 AS back,
       coalesce((SELECT sum(amount) FROM provider_transactions t WHERE t.payment_id = p.id AND t.kind = 'charge' AND t.status = 'succeeded' AND t.currency = p.currency), 0)::float8 AS booked,
       coalesce((SELECT sum(amount) FROM refunds r WHERE r.payment_id = p.id AND r.status = 'completed' AND r.currency = p.currency), 0)::float8 AS returned
     FROM payments p WHERE p.workspace_id = $1`,
    [workspaceId],
  );
  return rows
    .filter(({ shown, booked, back, returned }) => shown !== booked || back !== returned)
    .map(
      (row) =>
        `${row.id} shows captured ${row.shown}, refunded ${row.back}; its rows come to ${row.booked} and ${row.returned}`,
    );
};

/** No more went back than came, at the vendor itself. */
const nothingGoesBackTwice: Rule = ({ ledger }) => {
  const charges = ledger.transactions.filter(({ kind, approved }) => kind === 'charge' && approved);
  return Promise.resolve(
    charges.flatMap(({ id, amount }) => {
      const back = ledger.transactions.filter(
        (one) => one.kind === 'refund' && one.approved && one.reverses === id,
      );
      const sum = back.reduce((total, one) => total + one.amount, 0);
      return sum > amount ? [`of charge ${id} of ${amount} went back ${sum}`] : [];
    }),
  );
};

/** One order of ours leaves once: the vendor has one transaction a refund. */
const oneTransactionARefund: Rule = ({ ledger }) => {
  const named = ledger.transactions.filter(
    ({ refundReference }) => refundReference !== undefined && refundReference !== '',
  );
  const twice = named.filter(
    ({ refundReference }, at) => named.findIndex((one) => one.refundReference === refundReference) !== at,
  );
  return Promise.resolve(
    twice.map(({ refundReference }) => `refund ${String(refundReference)} was made twice at the vendor`),
  );
};

export const MONEY_RULES: readonly Rule[] = [
  everyTransactionIsBookedOnce,
  documentsSayWhatIsThere,
  sumsOfThePayment,
  nothingGoesBackTwice,
  oneTransactionARefund,
];
export type { Evidence };
