import type { Request } from 'express';
import { insertPaymentRequest } from '../../db/payment-requests.ts';
import { findPayment } from '../../db/payments.ts';
import { findActiveAccount } from '../../db/provider-accounts.ts';
import { listTaxProfiles } from '../../db/tax-profiles.ts';
import { findWorkspace } from '../../db/workspaces.ts';
import type { IdempotencyUse } from '../../db/idempotency-keys.ts';
import type { NewPayment } from '../../db/new-payment.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import type { RequestWishes } from '../../db/payment-requests.ts';
import type { AccountRow } from '../../db/provider-accounts.ts';
import type { WorkspaceRow } from '../../db/workspaces.ts';
import { Problem } from '../../domain/problems.ts';
import { newId, newToken } from '../../domain/ids.ts';
import { defaultExpiry } from '../../domain/request-times.ts';
import { effectiveIssuer } from '../../domain/workspace.ts';
import { tell } from '../../history/tell.ts';
import type { InvoiceServiceFace } from '../../providers/invoices/invoice-service.ts';
import { hashSecret } from '../../secrets.ts';
import type { ApiContext } from '../context.ts';
import { actorOf, isNamed } from '../http/authenticate.ts';
import type { AnswerStore } from '../http/idempotency.ts';
import { makeOnce } from '../http/once.ts';
import type { Answered } from '../http/once.ts';
import { readBody } from '../http/read-input.ts';
import { findInvoiceFace } from '../workspaces/workspace-view.ts';
import { insertUnlessTaken } from './insert-payment.ts';
import { chargeAmountOf, checkPayment } from './payment-rules.ts';
import type { Surroundings } from './payment-rules.ts';
import { createPaymentBody } from './payment-schema.ts';
import type { CreatePaymentBody } from './payment-schema.ts';
import { pathOf, shownTo, viewPayment } from './payment-view.ts';
import { checkAtInvoiceService, checkAtVendor } from './vendor-rules.ts';
import { planRequest } from './request-plan.ts';
import { pursueRequest } from './pursue-request.ts';
import { placeIn } from '../../sealed-places.ts';

/** A stored payment that may be started. */
interface Startable {
  readonly payment: PaymentRow;
  /** Whether its payer gets a payment request. */
  readonly isAsking: boolean;
}

/** What a payment is checked against, and its accounts. */
interface Around extends Surroundings {
  readonly workspace: WorkspaceRow;
  readonly account: AccountRow;
  readonly invoiceService: InvoiceServiceFace | null;
}

/** Creates a payment and starts its workflow. If the request dies, the sweeper starts it. */
export function createPayment(
  context: ApiContext,
  answers: AnswerStore,
  request: Request,
  use: IdempotencyUse,
): Promise<Answered> {
  const id = newId('payment');
  return makeOnce<Startable>(context, answers, use, {
    noun: 'payment',
    id,
    recover: (tx, earlierId) => findStarted(tx, earlierId),
    make: (tx) => make(context, tx, request, use.workspaceId, id),
    async start({ payment, isAsking }) {
      if (payment.status !== 'creating') return true;
      const outcome = await context.temporal.startPayment(payment);
      // Nobody waits for this. If it fails, the sweeper does it.
      if (isAsking) void pursueRequest(context, { workspaceId: use.workspaceId, paymentId: payment.id });
      return outcome.state !== 'unavailable';
    },
    async show(tx, { payment }) {
      const json = shownTo(request, await viewPayment(context, tx, payment.id));
      return { id: payment.id, path: pathOf(payment.id), json, isUnderWay: json.status === 'creating' };
    },
  });
}

async function make(
  context: ApiContext,
  tx: Sql,
  request: Request,
  workspaceId: string,
  id: string,
): Promise<Startable> {
  const around = await look(context, tx, workspaceId);
  const body = checkPayment(readBody(request, createPaymentBody), around);
  const asking = planRequest(body, around);
  const payment = draft(context, body, { id, asking, ...around });
  const charge = { amount: payment.chargeAmount, currency: payment.currency };
  checkAtVendor(context.adapters.paymentFace(payment.provider), around.account.options, body, charge);
  checkAtInvoiceService(around.invoiceService, body, payment.chargeAmount, around);
  await store(tx, payment, asking);
  const [stored] = await Promise.all([getPayment(tx, id), note(context, tx, request, payment)]);
  return { payment: stored, isAsking: asking !== null && asking.dueAt !== null };
}

/** Inserts the payment, its first timeline line, and its payment request. @throws Problem reference_taken */
async function store(tx: Sql, payment: NewPayment, asking: RequestWishes | null): Promise<void> {
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  await insertUnlessTaken(tx, payment);
  const told = tell(tx, owner, {
    kind: 'created',
    summary: `The app asked for a payment at ${payment.provider}`,
    to: 'creating',
  });
  await Promise.all([told, asking === null ? null : insertPaymentRequest(tx, owner, asking)]);
}

/** What an earlier request with this key wrote before it died: its payment is started, never inserted again. */
async function findStarted(tx: Sql, id: string): Promise<Startable | null> {
  const payment = await findPayment(tx, id);
  if (payment === null || payment.accountId === null) return null;
  return { payment, isAsking: false };
}

/** The audit log names the person if the app does. Everything else is in the timeline of the payment. */
async function note(context: ApiContext, tx: Sql, request: Request, payment: NewPayment): Promise<void> {
  if (!isNamed(request)) return;
  const { workspaceId, id } = payment;
  const { amount, currency, provider } = payment;
  const detail = { amount, currency, provider };
  const entry = { workspaceId, action: 'payment.created', subjectId: id, detail };
  await context.audit(tx, { ...actorOf(request), ...entry });
}

async function getPayment(tx: Sql, id: string): Promise<PaymentRow> {
  const payment = await findPayment(tx, id);
  if (payment === null) throw new Error(`payment ${id} is missing although its idempotency key is stored`);
  return payment;
}

/** The workspace, its active account, and everything that a payment is checked against. */
async function look(context: ApiContext, tx: Sql, workspaceId: string): Promise<Around> {
  const { adapters } = context;
  const [workspace, account, invoiceService, profiles] = await Promise.all([
    findWorkspace(tx, workspaceId),
    findActiveAccount(tx, workspaceId, 'payment'),
    findInvoiceFace(context, tx, workspaceId),
    listTaxProfiles(tx, workspaceId),
  ]);
  if (workspace === null) throw new Problem('not_found', 'there is no such workspace');
  if (account === null) {
    throw new Problem(
      'no_payment_provider',
      'this workspace has no payment provider; PUT /v1/workspaces/{id}/payment-provider first',
    );
  }
  return {
    workspace,
    account,
    profiles,
    invoiceService,
    issuer: effectiveIssuer(workspace.documentIssuer, invoiceService?.issuesLegalDocuments ?? false),
    providerCurrencies: adapters.paymentFace(account.provider)?.currencies ?? [],
    providerName: account.provider,
    now: new Date(),
  };
}

function draft(
  context: ApiContext,
  body: CreatePaymentBody,
  made: Surroundings & { id: string; account: AccountRow; asking: RequestWishes | null },
): NewPayment {
  const token = newToken();
  const place = placeIn('payments.link_token', made.id);
  return {
    id: made.id,
    workspaceId: made.workspace.id,
    accountId: made.account.id,
    provider: made.account.provider,
    status: 'creating',
    reference: body.reference,
    description: body.description,
    amount: body.amount,
    chargeAmount: chargeAmountOf(body, made),
    currency: body.currency ?? made.workspace.currency,
    vatIncluded: body.vatIncluded,
    vatTreatment: body.vatTreatment ?? 'standard',
    metadata: body.metadata,
    sessionDates: body.sessionDates,
    printPatient: body.printPatient,
    linkTokenHash: hashSecret(token),
    linkTokenSealed: context.secrets.seal(place, token),
    createdAt: made.now,
    expiresAt: body.expiresAt ?? defaultExpiry(made.now, made.asking?.dueAt ?? null),
    ...wishesOf(body),
  };
}

/** Defaults for what the app may leave out. */
function wishesOf(body: CreatePaymentBody) {
  return {
    subject: orNull(body.subject),
    vatReason: orNull(body.vatReason),
    serviceDate: orNull(body.serviceDate),
    items: orNull(body.items),
    discount: body.discount ?? 0,
    customer: orNull(body.customer),
    patient: orNull(body.patient),
    methods: orNull(body.methods),
    maxInstallments: orNull(body.maxInstallments),
    successUrl: orNull(body.successUrl),
    cancelUrl: orNull(body.cancelUrl),
  };
}

function orNull<T>(value: T | undefined): T | null {
  return value ?? null;
}
