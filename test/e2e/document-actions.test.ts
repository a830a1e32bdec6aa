import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import { call, eventually, openClinic, openPayment, theDocumentOf, untilStatus } from './support/clinic.ts';
import type { TestWorkspace } from './support/clinic.ts';
import { payAtVendor } from './support/vendors.ts';

interface Shown {
  readonly id: string;
  readonly status: string;
  readonly allocationNumber: string | null;
  readonly acknowledgedAt: string | null;
  readonly code?: string;
  readonly errors?: readonly { readonly pointer: string }[];
}

let clinic: TestWorkspace;
let books: Books;
afterAll(() => books.close());
beforeAll(async () => {
  books = openBooks();
  clinic = await openClinic({ print: 'at_issue' });
});

const act = (documentId: string, action: string, body: object = {}) =>
  call<Shown>('POST', `/v1/documents/${documentId}/${action}`, { key: clinic.key, body });

const readPdf = (documentId: string) =>
  eventually(`the PDF of ${documentId}`, async () => {
    const answer = await call('GET', `/v1/documents/${documentId}/pdf?original=true`, { key: clinic.key });
    return answer.status === 409 ? null : answer;
  });

/** A tax invoice to a company above the threshold. */
async function awaiting(): Promise<string> {
  const { id } = await openPayment(clinic, {
    amount: 1_000_000,
    customer: { name: 'Acme Ltd', taxId: '123456782', taxIdKind: 'company' },
  });
  await payAtVendor(id);
  return theDocumentOf(await untilStatus(clinic, id, 'completed'));
}

async function credited(): Promise<{ original: string; credit: string }> {
  const { id } = await openPayment(clinic);
  await payAtVendor(id);
  const original = theDocumentOf(await untilStatus(clinic, id, 'completed'));
  const refund = await call<{ documentId: string }>('POST', `/v1/payments/${id}/refunds`, {
    key: clinic.key,
    headers: { 'idempotency-key': randomUUID() },
    body: { reason: 'cancelled' },
  });
  return { original, credit: refund.json.documentId };
}

describe('a document that waits for its allocation number', () => {
  it('is told to the app as waiting', async () => {
    const [told] = await books.query<{ facts: object }>(
      "SELECT facts FROM events WHERE type = 'document.allocation_required' AND facts ->> 'documentId' = $1",
      [await awaiting()],
    );
    expect(told?.facts).toMatchObject({
      type: 'tax_invoice_receipt',
      paymentId: expect.any(String),
    });
  });

  it('is shown as waiting, and its original leaves only with the number on it', async () => {
    const id = await awaiting();
    const before = await readPdf(id);
    expect(before.headers.get('x-document-variant')).toBe('awaiting');
    const entered = await act(id, 'allocation-number', { allocationNumber: '202611250000000012345678' });
    expect(entered).toMatchObject({
      status: 200,
      json: { status: 'issued', allocationNumber: '202611250000000012345678' },
    });
    const after = await readPdf(id);
    expect(after.headers.get('x-document-variant')).toBe('original');
    expect(after.bytes.equals(before.bytes)).toBe(false);
  });

  it('has no copy either: one that was asked for too early would lack the number for good', async () => {
    const id = await awaiting();
    const copy = () => call('GET', `/v1/documents/${id}/pdf?copy=true`, { key: clinic.key });
    await readPdf(id);
    expect((await copy()).headers.get('x-document-variant')).toBe('awaiting');
    await act(id, 'email', { email: 'dana@example.com' });
    await act(id, 'allocation-number', { allocationNumber: '123456789' });
    const printed = await eventually('the copy', async () => {
      const answer = await copy();
      return answer.status === 409 ? null : answer;
    });
    expect(printed.headers.get('x-document-variant')).toBe('copy');
    const files = await books.query<{ sha256: string }>(
      'SELECT DISTINCT sha256 FROM document_files WHERE document_id = $1',
      [id],
    );
    expect(files.length).toBeGreaterThan(1);
  });

  it('takes one number: the same again is no news, another is refused', async () => {
    const id = await awaiting();
    await act(id, 'allocation-number', { allocationNumber: '123456789' });
    expect((await act(id, 'allocation-number', { allocationNumber: '123456789' })).status).toBe(200);
    expect(await act(id, 'allocation-number', { allocationNumber: '987654321' })).toMatchObject({
      status: 409,
      json: { code: 'conflict' },
    });
  });

  it.each([[123456789], ['12345678'], ['12345678901234567890123456789'], ['12345678x'], [null]])(
    'does not take %p for a number',
    async (allocationNumber) => {
      const answer = await act(await awaiting(), 'allocation-number', { allocationNumber });
      expect(answer).toMatchObject({ status: 422, json: { errors: [{ pointer: '#/allocationNumber' }] } });
    },
  );
});

describe('a credit document', () => {
  it('is acknowledged once', async () => {
    const { credit } = await credited();
    const first = await act(credit, 'acknowledge', { method: 'fax' });
    expect(first.json.acknowledgedAt).toEqual(expect.any(String));
    expect((await act(credit, 'acknowledge', { method: 'fax' })).json.acknowledgedAt).toBe(
      first.json.acknowledgedAt,
    );
  });

  it('only may be acknowledged', async () => {
    const { original } = await credited();
    expect(await act(original, 'acknowledge', { method: 'fax' })).toMatchObject({
      status: 409,
      json: { code: 'conflict' },
    });
  });
});

it('a document that no invoice service is owed cannot be pushed', async () => {
  const { original } = await credited();
  expect(await act(original, 'push')).toMatchObject({ status: 409, json: { code: 'conflict' } });
});
