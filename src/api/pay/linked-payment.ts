import { findPaymentByLinkToken } from '../../db/payments.ts';
import { listPages } from '../../db/provider-pages.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { findWorkspace } from '../../db/workspaces.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { PageRow } from '../../db/provider-pages.ts';
import { isPaid } from '../../domain/payment.ts';
import type { WorkspaceRow } from '../../db/workspaces.ts';
import type { ApiContext } from '../context.ts';
import type { PaymentFace } from './page-html.ts';
import { payerViewOf } from './payer-view.ts';
import type { PayerView } from './payer-view.ts';

/** The payment behind a link in its present state. `pages`: the pages of the vendor, newest first. */
export interface LinkedPayment {
  readonly payment: PaymentRow;
  readonly workspace: WorkspaceRow;
  readonly pages: readonly PageRow[];
  readonly view: PayerView;
}

/** The payment that this link belongs to; null for an unknown link. */
export async function readLinkedPayment(
  { pool }: Pick<ApiContext, 'pool'>,
  tokenHash: Buffer,
): Promise<LinkedPayment | null> {
  const payment = await findPaymentByLinkToken(pool, tokenHash);
  if (payment === null) return null;
  return inWorkspace(pool, payment.workspaceId, async (tx) => {
    const workspace = await findWorkspace(tx, payment.workspaceId);
    if (workspace === null) return null;
    const pages = await listPages(tx, payment.id);
    return { payment, workspace, pages, view: payerViewOf(payment, new Date()) };
  });
}

/** What a payer page shows about it. */
export function faceOf({ payment, workspace }: LinkedPayment): PaymentFace {
  const locale = payment.customer?.locale ?? workspace.locale;
  return {
    business: workspace.legalName[locale],
    hasLogo: workspace.logoSha256 !== null,
    sum: {
      amount: isPaid(payment.status) ? payment.capturedAmount : payment.chargeAmount,
      currency: payment.currency,
    },
    locale,
    isTest: workspace.mode === 'test',
  };
}
