import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { createFetchAllocationNumbers } from '../../src/worker/sweepers/fetch-allocation-numbers.ts';
import type { ActivityContext } from '../../src/activities/context.ts';
import { CLINIC, control, openWorkspace } from '../api/rig.ts';
import { readEnvironment } from '../support/environment.ts';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import {
  admin,
  call,
  eventually,
  openPayment,
  theDocumentOf,
  untilPushed,
  untilStatus,
} from './support/clinic.ts';
import type { PaymentBody, TestWorkspace } from './support/clinic.ts';
import { payAtVendor } from './support/vendors.ts';
import { arm } from '../support/faults.ts';
import type { VendorAccount } from '../support/faults.ts';
import { toAccount } from './support/providers.ts';
import type { Credentials, InvoiceService } from './support/providers.ts';

let books: Books;
beforeAll(() => {
  books = openBooks();
});
afterAll(() => books.close());

interface ServiceSlot {
  readonly service: InvoiceService;
  readonly credentials: Credentials;
}

interface ServedWorkspace extends TestWorkspace {
  readonly serviceAccount: VendorAccount;
}

/** A clinic with an invoice service, printing on demand. */
async function openWith(slot: ServiceSlot, workspace: object = {}): Promise<ServedWorkspace> {
  const clinic = await openWorkspace({
    workspace: { receipt: { email: false, print: 'on_demand' }, ...workspace },
  });
  const answer = await admin('PUT', `/v1/workspaces/${clinic.id}/invoice-service`, slot);
  if (answer.status !== 200) throw new Error(answer.bytes.toString());
  return { ...clinic, serviceAccount: toAccount(slot.service, slot.credentials) };
}

const greenInvoice = (kind: string): ServiceSlot => ({
  service: 'green-invoice',
  credentials: { apiKeyId: `${kind}-${randomUUID()}`, apiKeySecret: 'secret' },
});

async function paid(clinic: TestWorkspace, change: object = {}): Promise<PaymentBody> {
  const { id } = await openPayment(clinic, change);
  await payAtVendor(id);
  return untilStatus(clinic, id, 'completed');
}

/** Gives money back and answers the id of the credit document. */
async function refund(clinic: TestWorkspace, payment: PaymentBody, amount?: number): Promise<string> {
  const { status, json } = await call<{ documentId: string }>('POST', `/v1/payments/${payment.id}/refunds`, {
    key: clinic.key,
    body: { reason: 'visit cancelled', ...(amount === undefined ? {} : { amount }) },
    headers: { 'idempotency-key': randomUUID() },
  });
  if (status !== 201) throw new Error(`refund: ${status}`);
  return json.documentId;
}

interface Held {
  readonly id: string;
  readonly type: number;
  readonly total: number;
  readonly status: number;
}

/** A document as the service holds it. */
async function heldAs(id: string | undefined): Promise<Held | undefined> {
  return (await control<Held[]>('GET', 'documents')).json.find((one) => one.id === id);
}

describe('money given back, at Green Invoice', () => {
  it('of an osek murshe is a 330, which waits until the original is there', async () => {
    const clinic = await openWith(greenInvoice('murshe'));
    await arm(clinic.serviceAccount, { operation: 'create_document', fault: 'status_500', times: 3 });
    const payment = await paid(clinic);
    const credit = await untilPushed(clinic, await refund(clinic, payment));
    const original = await untilPushed(clinic, theDocumentOf(payment));
    expect(await heldAs(original.external?.id)).toMatchObject({ type: 320, total: 35_000 });
    expect(await heldAs(credit.external?.id)).toMatchObject({ type: 330, total: 35_000 });
  });

  it('of an osek patur is a receipt below zero, that cancels the whole or takes a part', async () => {
    const dealer = { dealerType: 'osek_patur', vatRegistered: false };
    const clinic = await openWith(greenInvoice('patur'), dealer);
    const whole = await paid(clinic);
    const credit = await untilPushed(clinic, await refund(clinic, whole));
    const original = await untilPushed(clinic, theDocumentOf(whole));
    expect(await heldAs(original.external?.id)).toMatchObject({ type: 400, status: 4 });
    expect(await heldAs(credit.external?.id)).toMatchObject({ type: 400, total: -35_000, status: 3 });

    const parted = await paid(clinic);
    const part = await untilPushed(clinic, await refund(clinic, parted, 10_000));
    expect(await heldAs(part.external?.id)).toMatchObject({ type: 400, total: -10_000, status: 1 });
  });
});

describe('SUMIT', () => {
  it('makes the legal documents: a payment’s once, whatever was lost, and its credit', async () => {
    const companyId = String(Math.ceil(Math.random() * 1e9));
    const clinic = await openWith({ service: 'sumit', credentials: { companyId, apiKey: 'private-key' } });
    await arm(clinic.serviceAccount, { operation: 'create_document', fault: 'timeout_after_effect' });
    const payment = await paid(clinic);
    const credit = await untilPushed(clinic, await refund(clinic, payment));
    const original = await untilPushed(clinic, theDocumentOf(payment));
    expect(original).toMatchObject({ type: 'payment_confirmation', external: { service: 'sumit' } });
    expect(await heldAs(original.external?.id)).toMatchObject({ type: 1, total: 35_000 });
    expect(await heldAs(credit.external?.id)).toMatchObject({ type: 6, total: 35_000 });
    const { json } = await control<Held[]>('GET', `documents?provider=sumit&reference=${payment.id}`);
    expect(json).toHaveLength(1);
    const change = { documentIssuer: 'engine' };
    expect((await admin('PATCH', `/v1/workspaces/${clinic.id}`, change)).json.code).toBe(
      'document_issuer_conflict',
    );
  });
});

describe('a custom address', () => {
  it('gets each document once, signed, and ours stays the legal one', async () => {
    const account = randomUUID();
    const clinic = await openWith({
      service: 'custom',
      credentials: {
        url: `${readEnvironment().sandboxUrl}/custom/${account}/documents`,
        secret: `secret-of-${account}`,
      },
    });
    await arm(clinic.serviceAccount, { operation: 'create_document', fault: 'timeout_after_effect' });
    const payment = await paid(clinic);
    const credit = await untilPushed(clinic, await refund(clinic, payment, 10_000));
    const original = await untilPushed(clinic, theDocumentOf(payment));
    expect([original.type, credit.type]).toEqual(['tax_invoice_receipt', 'credit_invoice']);
    expect(original.external).toMatchObject({ service: 'custom', number: 'B-1' });
    expect(await heldAs(credit.external?.id)).toMatchObject({ type: 330, total: 10_000 });
    const { json } = await control<Held[]>('GET', `documents?provider=custom&reference=${payment.id}`);
    expect(json).toHaveLength(1);
  });

  it.each(['http://10.0.0.8/', 'http://169.254.169.254/', 'http://[::]/', 'https://me@books.example.com/'])(
    'is refused where it is %s',
    async (url) => {
      const { id } = await openWorkspace({ workspace: CLINIC, provider: false });
      const { status, json } = await admin('PUT', `/v1/workspaces/${id}/invoice-service`, {
        service: 'custom',
        credentials: { url, secret: 'a-secret-of-theirs' },
      });
      expect([status, json.errors?.map(({ pointer }) => pointer)]).toEqual([422, ['#/credentials/url']]);
    },
  );
});

describe('an allocation number', () => {
  it('that comes after the push is asked for until it is there', async () => {
    const clinic = await openWith(greenInvoice('murshe'));
    const customer = { name: 'Test Company', taxId: '000000018', taxIdKind: 'company' };
    const payment = await paid(clinic, { amount: 5_000_000, customer });
    const { id } = await untilPushed(clinic, theDocumentOf(payment));
    const answers = [null, '123456789'];
    const fetchNumbers = createFetchAllocationNumbers({
      pool: books.sql,
      logger: { warn: () => undefined },
      adapters: { invoice: () => ({ findAllocationNumber: () => Promise.resolve(answers.shift() ?? null) }) },
    } as unknown as ActivityContext);
    const hasten = () =>
      books.query(
        'UPDATE invoice_pushes SET allocation_due_at = now() WHERE document_id = $1 AND allocation_due_at IS NOT NULL',
        [id],
      );
    const rowOf = async () =>
      (
        await books.query<{ number: string | null; isDue: boolean }>(
          `SELECT allocation_number AS number, allocation_due_at IS NOT NULL AS "isDue"
         FROM invoice_pushes WHERE document_id = $1`,
          [id],
        )
      )[0];
    expect(await rowOf()).toEqual({ number: null, isDue: true });
    await eventually('the number', async () => {
      await hasten();
      await fetchNumbers();
      return (await rowOf())?.number ?? null;
    });
    expect(await rowOf()).toMatchObject({ number: expect.stringMatching(/^\d{9}$/), isDue: false });
  });
});
