import type { Evidence, Rule } from './evidence.ts';

/**
 * Post-dated cheques of a dealer of VAT: a receipt at once, and on their day the tax invoice of what is left. Read from what
 * the app recorded, the tax profiles and the rates of the law.
 */

interface Cheques {
  readonly id: string;
  readonly total: number;
  readonly due_on: string;
  readonly is_asked: boolean;
}

/** Payments by cheques that were later than the day on which they were given, to who charged VAT on that day. */
const GIVEN = `
  WITH given AS (
    SELECT m.payment_id, m.workspace_id, m.paid_on, coalesce(
      (SELECT max((part -> 'check' ->> 'dueDate')::date) FROM jsonb_array_elements(m.means) AS part),
      (m.check_details ->> 'dueDate')::date) AS due_on
    FROM manual_payments m WHERE m.workspace_id = $1)
  SELECT p.id, p.charge_amount::float8 AS total, g.due_on::text AS due_on,
    EXISTS (SELECT 1 FROM review_questions q WHERE q.payment_id = p.id AND q.reason = 'reconciliation') AS is_asked
  FROM given g JOIN payments p ON p.id = g.payment_id
  WHERE g.due_on > g.paid_on AND (SELECT t.vat_registered FROM tax_profiles t
    WHERE t.workspace_id = g.workspace_id AND t.valid_from <= g.paid_on ORDER BY t.valid_from DESC LIMIT 1)
  ORDER BY p.id`;

interface Paper {
  readonly id: string;
  readonly type: string;
  readonly total: number;
  readonly vat: number;
  readonly day: string;
  readonly made_at: Date;
  readonly refund_id: string | null;
  readonly credits: string | null;
}

const papersOf = ({ query }: Evidence, paymentId: string): Promise<readonly Paper[]> =>
  query<Paper>(
    `SELECT id, type, total::float8 AS total, vat::float8 AS vat, document_date::text AS day, created_at AS made_at, refund_id,
       original_document_id AS credits
     FROM tax_documents WHERE payment_id = $1 ORDER BY created_at, id`,
    [paymentId],
  );

const sum = (list: readonly { readonly total: number }[]): number =>
  list.reduce((all, { total }) => all + total, 0);

/** VAT inside a sum, by the law's rate of that day. */
function vatIn(total: number, day: string): number {
  const percent = day < '2025-01-01' ? 17 : 18;
  return Math.round((total * percent) / (100 + percent));
}

/** The receipt is there since the payment was recorded, of all of it, and bears no VAT. */
function faultOfReceipt({ id, total }: Cheques, receipts: readonly Paper[]): string[] {
  const [receipt, ...others] = receipts;
  if (receipt !== undefined && others.length === 0 && receipt.total === total && receipt.vat === 0) return [];
  return [`${id}, of cheques that fall due later, has these receipts: ${JSON.stringify(receipts)}`];
}

/** One invoice from the day on, of what had not gone back by then; none where nothing was left. */
function faultOfInvoice(
  { id, total, due_on, is_asked }: Cheques,
  invoices: readonly Paper[],
  creditsOfReceipt: readonly Paper[],
): string[] {
  const [invoice, ...others] = invoices;
  if (others.length > 0) return [`${id} has ${invoices.length} tax invoices`];
  if (invoice === undefined) {
    const isGone = sum(creditsOfReceipt) === total;
    return isGone || is_asked ? [] : [`${id}: its cheques fell due on ${due_on}, and it has no tax invoice`];
  }
  const before = creditsOfReceipt.filter(({ made_at }) => made_at < invoice.made_at);
  const left = total - sum(before);
  const isRight =
    invoice.day >= due_on && invoice.total === left && left > 0 && invoice.vat === vatIn(left, due_on);
  return isRight
    ? []
    : [`${id}, due ${due_on}, with ${left} of ${total} left: a wrong invoice ${JSON.stringify(invoice)}`];
}

/** What goes back after the invoice is credited on both, the same sum; what went back before, on the receipt alone. */
function faultOfCredits(
  { id }: Cheques,
  invoice: Paper | undefined,
  onReceipt: readonly Paper[],
  onInvoice: readonly Paper[],
): string[] {
  const wrong = onReceipt.filter((credit) => {
    const other = onInvoice.find(({ refund_id }) => refund_id === credit.refund_id);
    const isLater = invoice !== undefined && credit.made_at >= invoice.made_at;
    return credit.vat !== 0 || (isLater ? other?.total !== credit.total : other !== undefined);
  });
  const alone = onInvoice.filter(
    ({ refund_id }) => !onReceipt.some((credit) => credit.refund_id === refund_id),
  );
  return [...wrong, ...alone].map(
    (credit) => `${id} has a credit without its other: ${JSON.stringify(credit)}`,
  );
}

export const receiptAtOnceInvoiceOnItsDay: Rule = async (evidence) => {
  const given = await evidence.query<Cheques>(GIVEN, [evidence.workspaceId]);
  const broken: string[] = [];
  for (const one of given) {
    const papers = await papersOf(evidence, one.id);
    const receipts = papers.filter(({ type }) => type === 'receipt');
    const invoices = papers.filter(({ type }) => type === 'tax_invoice');
    const creditsOf = (paper: Paper | undefined) =>
      papers.filter(({ credits, refund_id }) => refund_id !== null && credits === (paper?.id ?? ''));
    const onReceipt = creditsOf(receipts[0]);
    broken.push(
      ...faultOfReceipt(one, receipts),
      ...faultOfInvoice(one, invoices, onReceipt),
      ...faultOfCredits(one, invoices[0], onReceipt, creditsOf(invoices[0])),
    );
  }
  return broken;
};
