import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { record } from './support/accountant-clinic.ts';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import { openClinic, openPayment, theDocumentOf, untilPushed, untilStatus } from './support/clinic.ts';
import type { PaymentBody } from './support/clinic.ts';
import { openTemporal, textOf } from './support/temporal.ts';
import type { Temporal } from './support/temporal.ts';
import { callsAbout, payAtVendor, vendorDocumentsOf } from './support/vendors.ts';
import { todayInIsrael } from '../support/today-in-israel.ts';

const DESCRIPTION = 'טיפול פסיכולוגי secretword';
const PATIENT = { name: 'hidden-patient', taxId: '000000018' };
const SESSION = ['1987-06-05', '05/06/1987', '19870605'];
const WORDS = [
  'פסיכולוגי',
  'secretword',
  'hidden-reference',
  'hidden-subject',
  'hidden-metadata',
  ...Object.values(PATIENT),
  ...SESSION,
];
const CUSTOMER = { name: 'Dana Levi', email: 'dana@example.com' };

describe('what the app says a payment is for', () => {
  let payment: PaymentBody;
  let books: Books;
  let temporal: Temporal;
  beforeAll(async () => {
    books = openBooks();
    temporal = await openTemporal();
    const clinic = await openClinic({ pushes: true });
    const { id } = await openPayment(clinic, {
      description: DESCRIPTION,
      reference: 'hidden-reference',
      subject: 'hidden-subject',
      metadata: { note: 'hidden-metadata' },
      customer: CUSTOMER,
      patient: PATIENT,
      sessionDates: ['1987-06-05'],
      printPatient: true,
    });
    await payAtVendor(id);
    payment = await untilStatus(clinic, id, 'completed');
    await untilPushed(clinic, theDocumentOf(payment));
    await temporal.untilEnded(payment);
  });
  afterAll(() => Promise.all([books.close(), temporal.close()]));

  const expectNoneOf = (words: readonly string[], text: string): void => {
    for (const word of words) expect(text).not.toContain(word);
  };

  it('stands on our document', async () => {
    const [row] = await books.query<{ content: { lines: { description: string }[]; treated?: object } }>(
      'SELECT content FROM tax_documents WHERE payment_id = $1',
      [payment.id],
    );
    expect(row?.content.lines[0]?.description).toBe(DESCRIPTION);
    expect(row?.content.treated).toEqual({ patient: PATIENT, sessionDates: ['1987-06-05'] });
  });

  it('is told to no provider and to no invoice service', async () => {
    const calls = await callsAbout(payment.id);
    const operations = new Set(calls.map(({ operation }) => operation));
    expect([...operations]).toEqual(
      expect.arrayContaining(['create_link', 'find_payment', 'create_document']),
    );
    expectNoneOf(WORDS, JSON.stringify(calls));
    expectNoneOf(WORDS, JSON.stringify(await vendorDocumentsOf(payment.id)));
  });

  it('is not in Temporal, and neither is who pays', async () => {
    const history = await temporal.ofPayment(payment).fetchHistory();
    const plain = textOf(history);
    expect(plain).toContain(`"paymentId":"${payment.id}"`);
    expectNoneOf([...WORDS, CUSTOMER.name, CUSTOMER.email], plain);
    expectNoneOf(
      [...WORDS, CUSTOMER.name, CUSTOMER.email],
      textOf(await temporal.ofPayment(payment).describe()),
    );
  });

  it('is in no outgoing event', async () => {
    const events = await books.query('SELECT facts FROM events WHERE payment_id = $1', [payment.id]);
    expect(events.length).toBeGreaterThan(0);
    expectNoneOf([...WORDS, CUSTOMER.name, CUSTOMER.email], JSON.stringify(events));
  });
});

describe('whom money is for that the business took itself', () => {
  it('is kept by the payment, and told to no invoice service', async () => {
    const clinic = await openClinic({ pushes: true });
    const told = { patient: PATIENT, sessionDates: ['1987-06-05'] };
    const today = todayInIsrael();
    const { id } = await record(clinic, { amount: 35_000, method: 'cash', paidOn: today, ...told });
    const payment = await untilStatus(clinic, id, 'completed');
    expect(payment).toMatchObject(told);
    await untilPushed(clinic, theDocumentOf(payment));
    const calls = await callsAbout(id);
    expect(calls.map(({ operation }) => operation)).toContain('create_document');
    const sent = JSON.stringify([calls, await vendorDocumentsOf(id)]);
    for (const word of [...Object.values(PATIENT), ...SESSION]) expect(sent).not.toContain(word);
  });
});
