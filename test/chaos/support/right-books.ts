import { expect } from '#jest';
import { listDocuments, readPayment } from '../../e2e/support/clinic.ts';
import type { DocumentBody, PaymentBody, TestWorkspace } from '../../e2e/support/clinic.ts';
import { openBooks } from '../../e2e/support/books.ts';
import type { Books } from '../../e2e/support/books.ts';
import { openTemporal } from '../../e2e/support/temporal.ts';
import { vendorDocumentsOf } from '../../e2e/support/vendors.ts';
import { recovered } from './recovered.ts';

/**
 * Waits until every payment of the clinic is completed and pushed and its workflow has ended, then fails unless each
 * has exactly one document here and one at the invoice service, numbers run 1..N, and every event was told once.
 */
export async function expectRightBooks(
  clinic: TestWorkspace,
  paymentIds: readonly string[],
): Promise<DocumentBody[]> {
  for (const id of paymentIds) await untilEnded(clinic, id);
  const documents = await listDocuments(clinic);
  const numbers = documents.map(({ number }) => number).sort((a, b) => a - b);
  expect(numbers).toEqual(paymentIds.map((_, place) => place + 1));
  expect(documents.map(({ paymentId }) => paymentId).sort()).toEqual([...paymentIds].sort());
  await inBooks(async (books) => {
    for (const id of paymentIds) await expectRightPayment(clinic, books, id);
  });
  return documents;
}

/** Looks into the books and closes them again: a connection that is kept would not outlive the next kill. */
export async function inBooks<T>(look: (books: Books) => Promise<T>): Promise<T> {
  const books = openBooks();
  try {
    return await look(books);
  } finally {
    await books.close();
  }
}

async function untilEnded(clinic: TestWorkspace, paymentId: string): Promise<void> {
  await recovered(`the completion and push of ${paymentId}`, async () => {
    const payment = await readPayment(clinic, paymentId);
    const [document] = (await listDocuments(clinic)).filter((one) => one.paymentId === paymentId);
    return payment.status === 'completed' && document?.external ? true : null;
  });
  await recovered(`the end of the workflow of ${paymentId}`, async () => {
    const temporal = await openTemporal();
    try {
      const run = await temporal.ofPayment({ id: paymentId, workspaceId: clinic.id }).describe();
      return run.status.name === 'COMPLETED' ? true : null;
    } finally {
      await temporal.close();
    }
  });
}

async function expectRightPayment(clinic: TestWorkspace, books: Books, paymentId: string): Promise<void> {
  const payment: PaymentBody = await readPayment(clinic, paymentId);
  expect(payment).toMatchObject({ status: 'completed', outcome: 'known', review: null });
  expect(payment.capturedAmount).toBe(payment.amount);
  expect(payment.documentIds).toHaveLength(1);
  expect((await vendorDocumentsOf(paymentId)).map(({ total }) => total)).toEqual([payment.amount]);
  expect(await books.eventsOf(paymentId)).toEqual([
    'payment.link_ready',
    'payment.completed',
    'document.issued',
    'invoice.pushed',
  ]);
  await recovered(`the handling of every webhook of ${paymentId}`, async () =>
    (await books.inboxOf(paymentId)).every(({ handledAs }) => handledAs !== null) ? true : null,
  );
}
