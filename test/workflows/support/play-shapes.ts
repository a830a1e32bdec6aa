import { setTimeout as delay } from 'node:timers/promises';
import { call, createPayment } from '../../api/rig.ts';
import type { Books } from '../../e2e/support/books.ts';
import {
  admin,
  eventually,
  openClinic,
  openPayment,
  readPayment,
  theDocumentOf,
  untilPushed,
  untilReview,
  untilStatus,
} from '../../e2e/support/clinic.ts';
import type { Clinic, ClinicWishes, PaymentBody } from '../../e2e/support/clinic.ts';
import { record } from '../../e2e/support/manual.ts';
import { refund, untilRefund } from '../../e2e/support/refunds.ts';
import { disputeAtVendor, payAtVendor } from '../../e2e/support/vendors.ts';
import { openWorkspace } from '../../api/rig.ts';
import type { Shape } from './histories.ts';
import { arm, clearFaults } from '../../support/faults.ts';

/** Plays one shape in the running environment until its workflow is about to end; returns the workflow's id. */
export type Play = (books: Books) => Promise<string>;

const idOf = ({ workspaceId, id }: PaymentBody): string => `pay/${workspaceId}/${id}`;
const soon = (ms: number): string => new Date(Date.now() + ms).toISOString();

/** Cheques that fell due before they were recorded: the invoice comes at once. */
async function postDated(): Promise<PaymentBody> {
  const clinic = await openWorkspace({ provider: false });
  const check = { bank: '12', branch: '613', account: '448811', number: '71', dueDate: '2025-04-01' };
  return record(clinic, { method: 'check', check });
}

async function paid(clinic: Clinic, how: object = {}): Promise<PaymentBody> {
  const { id } = await openPayment(clinic);
  await payAtVendor(id, how);
  return untilStatus(clinic, id, 'completed');
}

async function printed(wishes: ClinicWishes, how: object): Promise<string> {
  const clinic = await openClinic({ pushes: true, print: 'at_issue', ...wishes });
  const payment = await paid(clinic, how);
  await untilPushed(clinic, theDocumentOf(payment));
  return idOf(payment);
}

const cancel = (clinic: Clinic, id: string) =>
  call<PaymentBody>('POST', `/v1/payments/${id}/cancel`, { key: clinic.key });

async function expired(clinic: Clinic): Promise<PaymentBody> {
  const { id } = await openPayment(clinic, { expiresAt: soon(1_500) });
  return untilStatus(clinic, id, 'expired');
}

async function held(): Promise<{ clinic: Clinic; payment: PaymentBody }> {
  const clinic = await openClinic();
  const { id } = await openPayment(clinic);
  await payAtVendor(id, { webhook: 'wrong_amount' });
  return { clinic, payment: await untilReview(clinic, id, 'amount_mismatch') };
}

/** A refund of the whole charge whose order meets this fault; null if there is none. */
async function refunded(status: 'completed' | 'failed', fault?: string): Promise<string> {
  const clinic = await openClinic({ pushes: true });
  const payment = await paid(clinic);
  if (fault !== undefined) await arm(clinic.account, { operation: 'refund', fault });
  const { json } = await refund(clinic, payment.id);
  const { documentId } = await untilRefund(clinic, payment.id, json.id, { status });
  if (documentId !== null) await untilPushed(clinic, documentId);
  return `refund/${clinic.id}/${json.id}`;
}

/** The workflow that took up the last inbox row of a payment whose own had ended. */
async function lateOf(books: Books, { workspaceId, id }: PaymentBody): Promise<string> {
  await eventually(`late news of ${id} acted on`, async () => {
    const inbox = await books.inboxOf(id);
    return inbox.length > 0 && inbox.every(({ handledAs }) => handledAs !== null) ? inbox : null;
  });
  // One row that is told of stands for those that came with it.
  const [told] = await books.query<{ id: string }>(
    'SELECT id FROM provider_events WHERE payment_id = $1 AND signalled_at IS NOT NULL ORDER BY signalled_at DESC LIMIT 1',
    [id],
  );
  return `late/${workspaceId}/${told?.id}`;
}

/** Every shape; one at a time, for some arm faults. */
export const PLAYS: Readonly<Record<Shape, Play>> = {
  paid: () => printed({}, {}),
  polled: () => printed({ options: { webhookGraceSeconds: 1 } }, { webhook: 'never' }),
  review: async () => idOf((await held()).payment),
  failed: async () => {
    const clinic = await openClinic();
    const { json } = await createPayment(clinic, { methods: ['paybox'] });
    return idOf(await untilStatus(clinic, json.id, 'failed'));
  },
  manual: async () => {
    const clinic = await openClinic({ pushes: true, print: 'at_issue' });
    const payment = await record(clinic);
    await untilPushed(clinic, theDocumentOf(payment));
    return idOf(payment);
  },
  'post-dated': async () => idOf(await postDated()),
  'cheques-due': async () => {
    const { workspaceId, id } = await postDated();
    return `invoice/${workspaceId}/${id}`;
  },
  expired: async () => idOf(await expired(await openClinic({ options: { webhookGraceSeconds: 1 } }))),
  cancelled: async () => {
    const clinic = await openClinic();
    const payment = await openPayment(clinic);
    await cancel(clinic, payment.id);
    return idOf(payment);
  },
  'cancelled-early': async () => {
    const clinic = await openClinic();
    await arm(clinic.account, { operation: 'create_link', fault: 'status_500', times: 50 });
    const { json } = await createPayment(clinic);
    await cancel(clinic, json.id);
    await clearFaults(clinic.account);
    return idOf(json);
  },
  refunded: () => refunded('completed'),
  'refund-looked-up': () => refunded('completed', 'empty'),
  'refund-failed': () => refunded('failed', 'error_in_200'),
  resolved: async (books) => {
    const { clinic, payment } = await held();
    const body = { action: 'accept', reason: 'the clinic gave a discount' };
    await call('POST', `/v1/payments/${payment.id}/resolve`, { key: clinic.key, body });
    const [row] = await books.query<{ id: string }>(
      'SELECT id FROM review_resolutions WHERE payment_id = $1',
      [payment.id],
    );
    return `resolve/${clinic.id}/${row?.id}`;
  },
  asked: async () => {
    const clinic = await openClinic();
    const payment = await openPayment(clinic, {
      customer: { name: 'Dana Levi', email: 'dana@example.com' },
      request: { channel: 'email', at: soon(3_000) },
    });
    await payAtVendor(payment.id);
    await untilStatus(clinic, payment.id, 'completed');
    await delay(3_000);
    return `ask/${clinic.id}/${payment.id}`;
  },
  late: async (books) => {
    const clinic = await openClinic({ options: { webhookGraceSeconds: 1 } });
    const payment = await expired(clinic);
    await delay(1_000);
    await payAtVendor(payment.id);
    await untilReview(clinic, payment.id, 'late_success');
    return lateOf(books, payment);
  },
  disputed: async (books) => {
    const clinic = await openClinic({ provider: 'stripe' });
    const payment = await paid(clinic);
    await delay(1_000);
    await disputeAtVendor(payment.id);
    await untilReview(clinic, payment.id, 'provider_dispute');
    return lateOf(books, payment);
  },
  'pushed-again': async () => {
    const clinic = await openClinic();
    await admin('PUT', `/v1/workspaces/${clinic.id}/invoice-service`, {
      service: 'green-invoice',
      // The service refuses our tax invoice: at the service this business is an osek patur.
      credentials: { apiKeyId: `patur-${clinic.id}`, apiKeySecret: 'secret' },
    });
    const { id } = await paid(clinic);
    await untilReview(clinic, id, 'push_failed');
    const documentId = theDocumentOf(await readPayment(clinic, id));
    await call('POST', `/v1/documents/${documentId}/push`, { key: clinic.key, body: {} });
    return `push/${clinic.id}/${documentId}`;
  },
};
