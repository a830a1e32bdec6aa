import { insertManualPayment } from '../../db/manual-payments.ts';
import { findPayment } from '../../db/payments.ts';
import { listTaxProfiles } from '../../db/tax-profiles.ts';
import { findWorkspace } from '../../db/workspaces.ts';
import type { NewPayment } from '../../db/new-payment.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { Problem } from '../../domain/problems.ts';
import { effectiveIssuer } from '../../domain/workspace.ts';
import { tell } from '../../history/tell.ts';
import type { InvoiceServiceFace } from '../../providers/invoices/invoice-service.ts';
import type { ApiContext } from '../context.ts';
import { findInvoiceFace } from '../workspaces/workspace-view.ts';
import { insertUnlessTaken } from './insert-payment.ts';
import type { ManualCharge, ManualSurroundings } from './manual-rules.ts';
import type { ManualPaymentBody } from './manual-schema.ts';

/** The workspace and everything that a manual payment is checked against. It needs no provider account. */
export async function lookAround(
  context: ApiContext,
  tx: Sql,
  workspaceId: string,
): Promise<ManualSurroundings & { readonly invoiceService: InvoiceServiceFace | null }> {
  const workspace = await findWorkspace(tx, workspaceId);
  if (workspace === null) throw new Problem('not_found', 'there is no such workspace');
  const invoiceService = await findInvoiceFace(context, tx, workspaceId);
  return {
    workspace,
    profiles: await listTaxProfiles(tx, workspaceId),
    invoiceService,
    isPushed: invoiceService !== null,
    issuer: effectiveIssuer(workspace.documentIssuer, invoiceService?.issuesLegalDocuments ?? false),
    now: new Date(),
  };
}

type Accepted = ManualCharge & { readonly id: string; readonly around: ManualSurroundings };

/** Inserts the payment and how it was paid. The workflow writes the charge. @throws Problem reference_taken */
export async function insertManual(
  tx: Sql,
  body: ManualPaymentBody,
  accepted: Accepted,
): Promise<PaymentRow> {
  const { id, paidAt } = accepted;
  const draft = toNewPayment(body, accepted);
  await insertUnlessTaken(tx, draft);
  const owner = { workspaceId: draft.workspaceId, paymentId: id };
  const { paidOn } = body;
  const { method, means } = accepted;
  const details = {
    check: body.check ?? null,
    notes: body.notes ?? null,
    lateReason: body.lateReason ?? null,
    invoiceDueOn: accepted.invoiceDueOn,
  };
  await insertManualPayment(tx, { ...owner, method, paidOn, paidAt, means, ...details });
  const ways = [...new Set(means?.map((one) => one.method) ?? [method])].join(', ');
  await tell(tx, owner, {
    kind: 'created',
    summary: `The app recorded a payment by ${ways} of ${paidOn}`,
    to: 'creating',
  });
  const payment = await findPayment(tx, id);
  if (payment === null) throw new Error(`payment ${id} was not inserted`);
  return payment;
}

/** No account, page or link: nobody is asked for this money. */
function toNewPayment(body: ManualPaymentBody, accepted: Accepted): NewPayment {
  const { id, around, chargeAmount, customer, patient } = accepted;
  return {
    id,
    workspaceId: around.workspace.id,
    accountId: null,
    provider: 'manual',
    status: 'creating',
    reference: body.reference,
    subject: body.subject ?? null,
    description: body.description,
    amount: body.amount,
    chargeAmount,
    currency: around.workspace.currency,
    vatIncluded: body.vatIncluded,
    vatTreatment: body.vatTreatment ?? 'standard',
    vatReason: body.vatReason ?? null,
    serviceDate: body.serviceDate ?? null,
    items: body.items ?? null,
    discount: body.discount ?? 0,
    customer: customer ?? null,
    patient: patient ?? null,
    sessionDates: body.sessionDates,
    printPatient: body.printPatient,
    metadata: body.metadata,
    methods: null,
    maxInstallments: null,
    successUrl: null,
    cancelUrl: null,
    linkTokenHash: null,
    linkTokenSealed: null,
    createdAt: around.now,
    expiresAt: null,
  };
}
