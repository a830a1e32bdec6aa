import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '#jest';
import { OPERATIONS } from '../description/description.ts';
import { readEnvironment } from '../support/environment.ts';
import {
  call,
  openClinic,
  openPayment,
  theDocumentOf,
  untilPushed,
  untilReview,
  untilStatus,
} from './support/clinic.ts';
import type { Clinic } from './support/clinic.ts';
import { mintKey, order } from '../api/rig.ts';
import type { PageBody } from '../api/rig.ts';
import { newId } from '../../src/domain/ids.ts';
import { backdate } from '../support/backdate.ts';
import { openBooks } from './support/books.ts';
import { refund } from './support/refunds.ts';
import { payAtVendor } from './support/vendors.ts';

// Each body in the description is sent as it stands there, and must be accepted.

let clinic: Clinic;
/** It has an invoice service, so its documents are no tax invoices. */
let pushing: Clinic;
beforeAll(async () => {
  [clinic, pushing] = await Promise.all([openClinic(), openClinic({ pushes: true })]);
});

async function openWithMail(): Promise<string> {
  return (await openPayment(clinic, { customer: { email: `${randomUUID()}@example.com` } })).id;
}

async function paid(change: object = {}, at: Clinic = clinic): Promise<{ id: string; documentId: string }> {
  const { id } = await openPayment(at, change);
  await payAtVendor(id);
  return { id, documentId: theDocumentOf(await untilStatus(at, id, 'completed')) };
}

async function inReview(): Promise<string> {
  const { id } = await openPayment(clinic);
  await payAtVendor(id, { webhook: 'wrong_amount' });
  await untilReview(clinic, id, 'amount_mismatch');
  return id;
}

async function pushed(): Promise<string> {
  const { documentId } = await paid({}, pushing);
  await untilPushed(pushing, documentId);
  return documentId;
}

async function awaiting(): Promise<string> {
  const customer = { name: 'Acme Ltd', taxId: '123456782', taxIdKind: 'company' };
  return (await paid({ amount: 1_000_000, customer })).documentId;
}

async function credit(): Promise<string> {
  return (await refund(clinic, (await paid()).id)).json.documentId ?? '';
}

async function endpoint(): Promise<string> {
  const answer = await call<{ id: string }>('POST', '/v1/webhook-endpoints', {
    key: clinic.key,
    body: { url: 'https://app.example.com/tashlum' },
  });
  return answer.json.id;
}

/** An event that an endpoint of the clinic gets. */
async function owedEvent(): Promise<string> {
  await endpoint();
  const { id } = await openPayment(clinic);
  const { json } = await call<PageBody<{ id: string }>>('GET', `/v1/events?paymentId=${id}`, {
    key: clinic.key,
  });
  return json.data[0]?.id ?? '';
}

/** A range that ends before the first document is refused, so there is one in the example's. */
async function documentInJanuary(): Promise<string> {
  const body = order({ method: 'cash', paidOn: '2026-01-15' });
  const headers = { 'idempotency-key': randomUUID() };
  await call('POST', '/v1/payments/manual', { key: clinic.key, body, headers });
  const books = openBooks();
  await backdate(books, clinic.id);
  await books.close();
  return '';
}

/** An export that no worker knows of yet. */
async function waitingExport(): Promise<string> {
  const id = newId('export');
  const books = openBooks();
  await books.query(
    `INSERT INTO exports (id, workspace_id, kind, format, from_day, to_day, locale, currency, status)
     VALUES ($1, $2, 'transactions', 'csv', '2026-01-01', '2026-02-01', 'he', 'ILS', 'queued')`,
    [id, clinic.id],
  );
  await books.close();
  return id;
}

/** A document for which the authority refused a number. */
async function refused(): Promise<string> {
  const id = await awaiting();
  const books = openBooks();
  await books.query(
    `INSERT INTO allocation_requests (document_id, workspace_id, status, due_at, refusal_code)
     VALUES ($1, $2, 'refused', now(), '460')`,
    [id, clinic.id],
  );
  await books.close();
  return id;
}

/** The id in the path of each operation that has an example, made ready for it. */
const READY: Readonly<Record<string, () => Promise<string>>> = {
  createPayment: () => Promise.resolve(''),
  recordManualPayment: () => Promise.resolve(''),
  createWorkspace: () => Promise.resolve(''),
  changeWorkspace: () => Promise.resolve(clinic.id),
  createApiKey: () => Promise.resolve(clinic.id),
  checkPayment: async () => (await openPayment(clinic)).id,
  cancelPayment: async () => (await openPayment(clinic)).id,
  requestPayment: openWithMail,
  resolveReview: inReview,
  createRefund: async () => (await paid()).id,
  emailDocument: async () => (await paid()).documentId,
  pushDocument: pushed,
  enterAllocationNumber: awaiting,
  requestAllocationNumber: refused,
  connectTaxAuthority: () => Promise.resolve(clinic.id),
  acknowledgeDocument: credit,
  createWebhookEndpoint: () => Promise.resolve(''),
  rotateWebhookEndpointSecret: endpoint,
  changeWebhookEndpoint: endpoint,
  testWebhookEndpoint: endpoint,
  redeliverFailedEvents: endpoint,
  redeliverEvent: owedEvent,
  eraseCustomer: () => Promise.resolve(''),
  createExport: documentInJanuary,
  cancelExport: waitingExport,
};

async function keyFor(name: string): Promise<string> {
  if (name === 'eraseCustomer') return mintKey(clinic.id, ['customers:erase']);
  return (name === 'pushDocument' ? pushing : clinic).key;
}

const EXAMPLES = OPERATIONS.flatMap((operation) => {
  const example = operation.requestBody?.content['application/json']?.example;
  return example === undefined ? [] : [{ ...operation, example }];
});

describe('the example of', () => {
  it.each(EXAMPLES.map((one) => [one.operationId, one] as const))(
    '%s is accepted',
    async (name, operation) => {
      const id = await READY[name]?.();
      const isForAdmin = operation.security?.every((need) => 'admin' in need) === true;
      const answer = await call(
        operation.method.toUpperCase(),
        operation.path.replace('{id}', id ?? 'not ready'),
        {
          key: isForAdmin ? readEnvironment().adminKey : await keyFor(name),
          body: operation.example,
          headers: { 'idempotency-key': randomUUID() },
        },
      );
      expect([answer.bytes.toString(), answer.status < 300]).toEqual([expect.any(String), true]);
    },
  );
});
