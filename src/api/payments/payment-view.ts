import type { Request } from 'express';
import { listInvoiceDays } from '../../db/manual-payments.ts';
import { findPayment } from '../../db/payments.ts';
import { listLivePages } from '../../db/provider-pages.ts';
import { listChargedMeans } from '../../db/provider-transactions.ts';
import { listDocumentIds } from '../../db/tax-documents.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { Problem } from '../../domain/problems.ts';
import { isId } from '../../domain/ids.ts';
import type { Scope } from '../../domain/scopes.ts';
import type { ApiContext } from '../context.ts';
import { seesAll, workspaceHolding } from '../http/authenticate.ts';
import type { PaymentJson } from './payment-answer.ts';
import { toLinkView, toPaymentJson } from './payment-json.ts';
import { placeIn } from '../../sealed-places.ts';

/** Where a payment is read. */
export function pathOf(id: string): string {
  return `/v1/payments/${id}`;
}

/** The payment as the API shows it. @throws Problem not_found */
export async function viewPayment(context: ApiContext, tx: Sql, id: string): Promise<PaymentJson> {
  const payment = isId('payment', id) ? await findPayment(tx, id) : null;
  const [view] = payment === null ? [] : await viewPayments(context, tx, [payment]);
  if (view === undefined) throw noSuchPayment(id);
  return view;
}

/** The answer to an id that is not a payment's, or not of this workspace. The app's own reference is a common mistake. */
export function noSuchPayment(id: string): Problem {
  const detail = 'there is no such payment in this workspace';
  if (isId('payment', id)) return new Problem('not_found', detail);
  return new Problem(
    'not_found',
    `${detail}: the id of a payment begins with pay_. To find one by your own reference, use GET /v1/payments?reference=`,
  );
}

/**
 * The caller's workspace for a call about one payment. Not found is said before missing scope.
 * @throws Problem not_found, insufficient_scope
 */
export function workspaceOfPayment(
  context: ApiContext,
  request: Request,
  scope: Scope,
  id: string,
): Promise<string> {
  return workspaceHolding(
    context,
    request,
    scope,
    async (tx) => isId('payment', id) && (await findPayment(tx, id)) !== null,
  );
}

/** The payment as this caller may see it. */
export function shownTo(request: Request, payment: PaymentJson): PaymentJson {
  return seesAll(request) ? payment : toLinkView(payment);
}

/** Several payments, with the same number of statements as for one. */
export async function viewPayments(
  context: ApiContext,
  tx: Sql,
  rows: readonly PaymentRow[],
): Promise<PaymentJson[]> {
  const ids = rows.map((row) => row.id);
  const [pages, means, documents, invoices] = await Promise.all([
    listLivePages(tx, ids),
    listChargedMeans(tx, ids),
    listDocumentIds(tx, ids),
    listInvoiceDays(tx, ids),
  ]);
  return rows.map((row) =>
    toPaymentJson(row, {
      url: linkUrl(context, row),
      livePage: pages.find((page) => page.paymentId === row.id) ?? null,
      means: means.filter((charge) => charge.paymentId === row.id).flatMap((charge) => charge.means),
      documents: documents.filter((document) => document.paymentId === row.id),
      invoiceDueOn: invoices.find(({ paymentId }) => paymentId === row.id)?.dueOn ?? null,
    }),
  );
}

/** The address for the payer: ours, whatever page is behind it. */
function linkUrl(context: ApiContext, row: PaymentRow): string | null {
  if (row.linkTokenSealed === null) return null;
  const place = placeIn('payments.link_token', row.id);
  return `${context.publicUrl}/pay/${context.secrets.open(place, row.linkTokenSealed).toString()}`;
}
