import type { Evidence, LedgerDocument, Rule } from './evidence.ts';

/** Documents as the law wants them. */

const sentences = async (
  { query, workspaceId }: Evidence,
  text: string,
  say: (row: Record<string, unknown>) => string,
): Promise<readonly string[]> => (await query<Record<string, unknown>>(text, [workspaceId])).map(say);

/** Numbers of a series are 1, 2, 3 … */
const numbersHaveNoGap: Rule = (evidence) =>
  sentences(
    evidence,
    `SELECT series, count(*)::int AS count, min(number)::int AS least, max(number)::int AS most
     FROM tax_documents WHERE workspace_id = $1 GROUP BY series
     HAVING min(number) <> 1 OR max(number) <> count(*)`,
    ({ series, count, least, most }) =>
      `series ${String(series)} has ${String(count)} documents numbered ${String(least)} to ${String(most)}`,
  );

/** A payment has one document of each type, not counting credits and what takes them back; two are the receipt and the invoice of cheques. */
const oneDocumentAPayment: Rule = (evidence) =>
  sentences(
    evidence,
    `SELECT payment_id, count(*)::int AS count FROM tax_documents
     WHERE workspace_id = $1 AND refund_id IS NULL AND reverses_document_id IS NULL GROUP BY payment_id
     HAVING count(*) > 1 AND (count(*) > 2 OR min(type) <> 'receipt' OR max(type) <> 'tax_invoice')`,
    ({ payment_id, count }) => `payment ${String(payment_id)} has ${String(count)} documents`,
  );

const oneCreditARefund: Rule = (evidence) =>
  sentences(
    evidence,
    `SELECT refund_id, count(*)::int AS count FROM tax_documents
     WHERE workspace_id = $1 AND refund_id IS NOT NULL AND reverses_document_id IS NULL GROUP BY refund_id
     HAVING count(*) > 1 AND (count(*) > 2 OR min(type) <> 'credit_invoice' OR max(type) <> 'credit_receipt')`,
    ({ refund_id, count }) => `refund ${String(refund_id)} has ${String(count)} credit documents`,
  );

/**
 * What was credited of a document, less what was taken back of that, is never above it: neither in net nor in VAT. Beside a
 * confirmation the legal credits are the invoice service's, which takes VAT from each by itself: there the total counts.
 */
const creditsFitTheirOriginal: Rule = (evidence) =>
  sentences(
    evidence,
    `SELECT o.id, o.net, o.vat, sum(c.net) AS credited_net, sum(c.vat) AS credited_vat
     FROM tax_documents o JOIN tax_documents c ON c.original_document_id = o.id AND c.refund_id IS NOT NULL AND c.reverses_document_id IS NULL
       AND NOT EXISTS (SELECT 1 FROM tax_documents r WHERE r.reverses_document_id = c.id)
     WHERE o.workspace_id = $1 GROUP BY o.id HAVING sum(c.total) > o.total
       OR (o.type <> 'payment_confirmation' AND (sum(c.net) > o.net OR sum(c.vat) > o.vat))`,
    (row) => `more was credited than document ${String(row['id'])} says: ${JSON.stringify(row)}`,
  );

/** A credit document is what its refund gave back, or less where less was left. */
const creditsAreWhatWentBack: Rule = (evidence) =>
  sentences(
    evidence,
    `SELECT d.id, d.total, r.amount, r.status FROM tax_documents d JOIN refunds r ON r.id = d.refund_id
     WHERE d.workspace_id = $1 AND d.reverses_document_id IS NULL AND (d.total > r.amount OR r.status = 'pending')`,
    (row) => `a credit document does not fit its refund: ${JSON.stringify(row)}`,
  );

const sumsAreWhole: Rule = (evidence) =>
  sentences(
    evidence,
    `SELECT id, net, vat, total FROM tax_documents WHERE workspace_id = $1 AND (net + vat <> total OR total <= 0 OR vat < 0)`,
    (row) => `a document does not add up: ${JSON.stringify(row)}`,
  );

/** No document that was drawn up after the books were closed is dated into them. */
const noDayInClosedBooks: Rule = (evidence) =>
  sentences(
    evidence,
    `SELECT d.id, d.document_date::text AS day, a.at, a.detail ->> 'booksClosedThrough' AS closed FROM tax_documents d
     JOIN audit_log a ON a.workspace_id = d.workspace_id AND a.action = 'workspace.changed' AND a.at < d.created_at
     WHERE d.workspace_id = $1 AND a.detail ->> 'booksClosedThrough' >= d.document_date::text`,
    (row) => `a document is dated into closed books: ${JSON.stringify(row)}`,
  );

interface Pushed {
  readonly document_id: string;
  readonly service: string;
  readonly external_id: string | null;
  readonly status: string;
  readonly total: number;
  /** What an address of the customer's own knows it by. */
  readonly reference: string;
}

/** The invoice service holds one document for each of ours that was pushed, of the same sum, and no other. */
const oneDocumentAtTheService: Rule = async ({ query, workspaceId, ledger }) => {
  const pushes = await query<Pushed>(
    `SELECT d.id AS document_id, p.service, p.external_id, p.status, d.total::float8 AS total,
       CASE WHEN d.reverses_document_id IS NOT NULL THEN d.id ELSE coalesce(d.refund_id, d.payment_id) END AS reference
     FROM invoice_pushes p JOIN tax_documents d ON d.id = p.document_id WHERE p.workspace_id = $1`,
    [workspaceId],
  );
  const isIt = (push: Pushed, { id, reference }: LedgerDocument): boolean =>
    // Such an address need not answer with an id of its own.
    push.service === 'custom' ? reference === push.reference : id === push.external_id;
  const wrong = pushes.flatMap((push) => {
    const [found, ...more] = ledger.documents.filter((document) => isIt(push, document));
    const name = `${push.document_id} (${push.status})`;
    if (more.length > 0) return [`the service holds ${name} ${more.length + 1} times`];
    if (push.status !== 'pushed') return [];
    if (found === undefined) return [`the service does not hold ${name}`];
    return Math.abs(found.total) === push.total
      ? []
      : [`the service says ${found.total} of ${name}, and we say ${push.total}`];
  });
  const spare = ledger.documents.filter((document) => !pushes.some((push) => isIt(push, document)));
  const unanswered = pushes.filter(({ status }) => status !== 'pushed').length;
  const unknown =
    spare.length > unanswered
      ? [`the service holds documents that nobody knows of: ${JSON.stringify(spare)}`]
      : [];
  return [...wrong, ...unknown];
};

export const DOCUMENT_RULES: readonly Rule[] = [
  numbersHaveNoGap,
  oneDocumentAPayment,
  oneCreditARefund,
  creditsFitTheirOriginal,
  creditsAreWhatWentBack,
  sumsAreWhole,
  noDayInClosedBooks,
  oneDocumentAtTheService,
];
