import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { readEnvironment } from '../support/environment.ts';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import {
  admin,
  openClinic,
  openPayment,
  readPayment,
  readTimeline,
  theDocumentOf,
  untilPushed,
  untilStatus,
} from './support/clinic.ts';
import type { Clinic, PaymentBody } from './support/clinic.ts';
import { findingsOf, reconcile } from './support/reconciliation.ts';
import { list, payAtVendor, vendorDocumentsOf } from './support/vendors.ts';

let books: Books;
let clinic: Clinic;
const key = { apiKeyId: `id-${randomUUID()}`, apiKeySecret: 'secret' };

interface Pushed extends PaymentBody {
  readonly documentId: string;
}

async function pushed(): Promise<Pushed> {
  const { id } = await openPayment(clinic);
  await payAtVendor(id);
  const payment = await untilStatus(clinic, id, 'completed');
  const documentId = theDocumentOf(payment);
  await untilPushed(clinic, documentId);
  return { ...payment, documentId };
}

const service = () => `${readEnvironment().sandboxUrl}/green-invoice`;

async function post<Body>(url: string, body: object, headers: Record<string, string> = {}): Promise<Body> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (answer.status >= 300) throw new Error(`${url}: ${await answer.text()}`);
  return (await answer.json()) as Body;
}

interface DocumentOrder {
  readonly income: readonly { readonly price: number }[];
  readonly payment: readonly { readonly price: number }[];
}

/** Somebody makes a document at Green Invoice itself, as ours with `change`; its id. */
async function makeByHand(paymentId: string, change: (order: DocumentOrder) => object): Promise<string> {
  const calls = await list<{ body: DocumentOrder; reference: string | null }>(
    'calls?operation=create_document',
  );
  const order = calls.find(({ reference }) => reference === paymentId)?.body;
  if (order === undefined) throw new Error(`no document was made for ${paymentId}`);
  const token = await post<{ accessToken: string }>(`${service()}/idp/v1/oauth/token`, {
    grant_type: 'client_credentials',
    client_id: key.apiKeyId,
    client_secret: key.apiKeySecret,
  });
  const made = await post<{ id: string }>(`${service()}/documents`, change(order), {
    authorization: `Bearer ${token.accessToken}`,
  });
  return made.id;
}

const halved = <Row extends { readonly price: number }>(rows: readonly Row[]): Row[] =>
  rows.map((row) => ({ ...row, price: row.price / 2 }));

const reviewsOpened = async (paymentId: string): Promise<number> =>
  (await books.eventsOf(paymentId)).filter((type) => type === 'payment.review_opened').length;

describe('the reconciliation of Green Invoice', () => {
  let right: Pushed;
  let doubled: Pushed;
  let unknown: Pushed;
  let gone: Pushed;
  let changed: Pushed;

  beforeAll(async () => {
    books = openBooks();
    clinic = await openClinic();
    const slot = { service: 'green-invoice', credentials: key };
    expect((await admin('PUT', `/v1/workspaces/${clinic.id}/invoice-service`, slot)).status).toBe(200);
    const five = [pushed(), pushed(), pushed(), pushed(), pushed()] as const;
    [right, doubled, unknown, gone, changed] = await Promise.all(five);
    await makeByHand(doubled.id, (order) => ({ ...order, remarks: 'again' }));
    await makeByHand(right.id, (order) => ({ ...order, description: 'cheques of another business' }));
    await books.query('DELETE FROM invoice_pushes WHERE document_id = $1', [unknown.documentId]);
    const smaller = await makeByHand(changed.id, (order) => ({
      ...order,
      income: halved(order.income),
      payment: halved(order.payment),
    }));
    const held = (documentId: string, externalId: string) =>
      books.query(
        `UPDATE invoice_pushes SET external_id = $2, pushed_at = now() - interval '2 hours' WHERE document_id = $1`,
        [documentId, externalId],
      );
    await held(changed.documentId, smaller);
    await held(gone.documentId, `gone-${gone.id}`);
    await reconcile(books, clinic.id);
    await reconcile(books, clinic.id);
  });
  afterAll(() => books.close());

  it('finds nothing where all is well, and nothing in documents that name no payment', async () => {
    expect(await findingsOf(books, right.id)).toEqual([]);
    expect((await readPayment(clinic, right.id)).review).toBeNull();
  });

  it('tells once of a second document for the same money', async () => {
    expect(await findingsOf(books, doubled.id)).toEqual(['doubled_document']);
    expect((await readPayment(clinic, doubled.id)).review).toBe('document_mismatch');
    expect(await reviewsOpened(doubled.id)).toBe(1);
    expect(
      (await readTimeline(clinic, doubled.id)).filter(({ kind }) => kind === 'reconciliation'),
    ).toHaveLength(1);
    expect(await vendorDocumentsOf(doubled.id)).toHaveLength(2);
  });

  it('tells of a document that we did not push', async () => {
    expect(await findingsOf(books, unknown.id)).toEqual(['unknown_document']);
    expect((await readPayment(clinic, unknown.id)).review).toBe('document_mismatch');
  });

  it('misses a document that is not there any more', async () => {
    expect(await findingsOf(books, gone.id)).toContain('missing_document');
  });

  it('tells of another total', async () => {
    expect(await findingsOf(books, changed.id)).toContain('other_total');
    const told = (await readTimeline(clinic, changed.id)).map(({ summary }) => summary);
    expect(told).toContainEqual(
      expect.stringMatching(/green-invoice shows 175\.00 ILS .* shows 350\.00 ILS/),
    );
  });
});
