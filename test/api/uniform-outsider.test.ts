import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openBooks } from '../e2e/support/books.ts';
import { backdate } from '../support/backdate.ts';
import type { Books } from '../e2e/support/books.ts';
import { fetchExport } from '../e2e/support/exports.ts';
import {
  numberOf,
  readUniformStructure,
  textOf,
} from '../support/uniform-structure/read-uniform-structure.ts';
import { bookedOf, writtenIn } from '../support/uniform-structure/sums.ts';
import { call, openPayment, openWorkspace, order, payAtVendor, untilStatus } from './rig.ts';
import type { PaymentBody, TestWorkspace } from './rig.ts';

let books: Books;
let clinic: TestWorkspace;
let company: TestWorkspace;
let patur: TestWorkspace;
let instalments: string;

const send = async <Body>(path: string, body: object, key: string): Promise<Body> => {
  const answer = await call<Body>('POST', path, { key, body, headers: { 'idempotency-key': randomUUID() } });
  if (answer.status !== 201) throw new Error(answer.bytes.toString());
  return answer.json;
};
const record = ({ key }: TestWorkspace, amount: number, body: object) =>
  send<PaymentBody>(
    '/v1/payments/manual',
    order({ amount, paidOn: '2025-03-17', lateReason: 'found in the diary', ...body }),
    key,
  );
const giveBack = async (
  at: TestWorkspace,
  { id }: PaymentBody,
  body: object,
  status = 'partially_refunded',
) => {
  await send(`/v1/payments/${id}/refunds`, { reason: 'הוחזר – "חלק"', method: 'cash', ...body }, at.key);
  await untilStatus(at, id, status);
};
const payByCard = async (amount: number, how: object) => {
  const { id } = await openPayment(clinic, { amount, maxInstallments: 12 });
  await payAtVendor(id, how);
  await untilStatus(clinic, id, 'completed');
  return id;
};

const LIVE = { mode: 'live', receipt: { email: false, print: 'on_demand' } };
const CHECK = { bank: '12', branch: '634', account: '0012345', number: '5000017', dueDate: '2025-03-17' };
const BUYER = {
  name: 'חברת "אלון את אורן" שירותים ייעוץ והדרכה לקהל הרחב בע״מ 🌳',
  taxId: '514713288',
  taxIdKind: 'company',
  phone: '03-5551234',
  address: {
    street: 'דרך השלום',
    houseNumber: '12א',
    city: 'Tel Aviv – Jaffa',
    zip: '67891',
    country: 'IL',
  },
};
const ITEMS = [
  { description: 'שִׁיחָה ראשונה – 50 דק׳ ועוד דברים רבים שאין להם מקום', quantity: 3, unitPrice: 3_333 },
  { description: '€ abroad\u{2026}', quantity: 1, unitPrice: 5_000, vatTreatment: 'zero_rated' },
  { description: 'מעורב mixed (1,000) Ω', quantity: 7, unitPrice: 11 },
];

async function fillClinic(): Promise<void> {
  await record(clinic, 7, { method: 'bit', paidOn: '2024-12-31', description: '-1+1' });
  const mixed = await record(clinic, 15_076, { method: 'cash', items: ITEMS, vatReason: 'export' });
  await giveBack(clinic, mixed, { items: [{ line: 1, quantity: 1, amount: 3_333 }] });
  const cheque = await record(clinic, 5_900, { method: 'check', check: CHECK, customer: BUYER });
  await giveBack(clinic, cheque, { amount: 2_360 });
  await giveBack(clinic, cheque, {}, 'refunded');
  await record(clinic, 999_999_999_999, { method: 'bank_transfer', customer: { name: 'דנה' } });
  await record(clinic, 10_000, { method: 'card', vatIncluded: false });
  await record(clinic, 11_800, {
    method: 'paybox',
    customer: { name: 'x'.repeat(100), phone: '+1 (212) 555-0100' },
  });
  await record(clinic, 100, { method: 'other', description: '😀' });
  instalments = await payByCard(10_000, { installments: 3 });
  await payByCard(20_000, {
    parts: [
      { method: 'bit', amount: 5_000 },
      { method: 'card', amount: 15_000 },
    ],
  });
}

beforeAll(async () => {
  books = openBooks();
  clinic = await openWorkspace({ workspace: LIVE });
  const identity = {
    ...LIVE,
    dealerType: 'company',
    taxId: '514713288',
    address: { street: 'הנמל 3', city: 'חיפה' },
  };
  company = await openWorkspace({ workspace: identity, provider: false });
  const unregistered = { ...LIVE, dealerType: 'osek_patur', vatRegistered: false };
  patur = await openWorkspace({ workspace: unregistered, provider: false });
  await fillClinic();
  await record(company, 11_800, { method: 'check', check: { ...CHECK, bank: 'לאומי', number: 'A-77' } });
  await record(company, 2_360, { method: 'check', check: { ...CHECK, bank: 'בנק זר' } });
  await record(company, 5_000_000, { method: 'bank_transfer', customer: BUYER });
  const exempt = await record(company, 9_000, { method: 'cash', vatTreatment: 'exempt', vatReason: 'פטור' });
  await giveBack(company, exempt, { amount: 1_000 });
  const small = await record(patur, 30_000, {
    method: 'bank_transfer',
    items: [{ ...ITEMS[1], vatTreatment: undefined, quantity: 6 }],
  });
  await giveBack(patur, small, { amount: 10_000 });
  for (const { id } of [clinic, company, patur]) await backdate(books, id);
});
afterAll(() => books.close());

const run = async (at: TestWorkspace, change: object = {}) =>
  readUniformStructure(
    (await fetchExport(at, { kind: 'uniform-structure', format: 'zip', ...change })).bytes,
  );

describe('an export in the uniform structure, read by the law’s tables alone', () => {
  it('of a clinic is as the law wants it', async () => {
    const { findings, documents } = await run(clinic);
    expect(findings).toEqual([]);
    expect(writtenIn(documents)).toEqual(await bookedOf(books, clinic.id));
    expect(documents).toHaveLength(12);
  });

  it('of a company is too, but for a cheque of a bank that nobody knows', async () => {
    const { findings, documents, ini } = await run(company);
    expect(findings).toEqual([expect.stringMatching(/D120: 1307 of a cheque is empty$/)]);
    expect(writtenIn(documents.filter(({ type }) => type !== 300))).toEqual(
      await bookedOf(books, company.id),
    );
    expect(ini[0]?.raw.get(1015)).toBe('514713288');
    const cheques = documents.flatMap(({ payments }) => payments).filter((one) => numberOf(one, 1306) === 2);
    expect(cheques.map((one) => [numberOf(one, 1307), numberOf(one, 1310)])).toEqual([
      [10, 77],
      [0, 5_000_017],
    ]);
  });

  it('has an exempt sale of a VAT dealer as transaction invoice and receipt, and its credit too', async () => {
    const { documents } = await run(company);
    const exempt = documents
      .filter(({ type }) => type === 300 || type === 400)
      .map(({ type, number, total, lines, payments }) => [
        type,
        number,
        total,
        lines.length,
        payments.length,
      ]);
    expect(exempt).toEqual([
      [300, 'CR1', -1_000, 1, 0],
      [400, 'CR1', -1_000, 0, 1],
      [300, '1', 9_000, 1, 0],
      [400, '1', 9_000, 0, 1],
    ]);
    const credit = documents.find(({ type, number }) => type === 300 && number === 'CR1')?.lines[0];
    expect(credit && [numberOf(credit, 1256), textOf(credit, 1257)]).toEqual([300, '1']);
  });

  it('knows customers apart, ends today, and names who made the program', async () => {
    const { documents, ini } = await run(clinic);
    const keys = new Map(documents.map(({ header }) => [textOf(header, 1207), textOf(header, 1225)]));
    expect(new Set(keys.values()).size).toBe(keys.size);
    expect(ini[0] && textOf(ini[0], 1009)).toBe('515151512');
    expect(ini[0] && textOf(ini[0], 1025)).toBe(
      new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Jerusalem' }).replaceAll('-', ''),
    );
  });

  it('has sums that are quantity × price less discount to the agora', async () => {
    const files = await Promise.all([run(clinic), run(company), run(patur)]);
    const lines = files.flatMap(({ documents }) => documents).flatMap((document) => document.lines);
    const wrong = lines.filter(
      (line) =>
        (numberOf(line, 1264) / 10_000) * numberOf(line, 1265) + numberOf(line, 1266) !==
        numberOf(line, 1267),
    );
    expect(lines.length).toBeGreaterThan(10);
    expect(wrong.map(({ place }) => place)).toEqual([]);
    expect(lines.some((line) => numberOf(line, 1266) !== 0)).toBe(true);
  });

  it('has a folder of its own, also for the second run of a minute', async () => {
    const [first, second] = [await run(patur), await run(patur)];
    expect(second.findings).toEqual([]);
    expect(first.folder < second.folder).toBe(true);
  });

  it('has the address of a customer in its fields', async () => {
    const { documents } = await run(clinic);
    const { header } = documents.find(({ type, number }) => type === 320 && number === '3') ?? {};
    expect(header && [1208, 1209, 1210, 1211, 1212, 1213].map((id) => textOf(header, id))).toEqual([
      'דרך השלום',
      '12א',
      'Tel Aviv - Jaffa',
      '67891',
      'ישראל',
      'IL',
    ]);
  });

  it('of an exempt dealer is too', async () => {
    const { findings, documents } = await run(patur);
    expect(findings).toEqual([]);
    expect(writtenIn(documents)).toEqual(await bookedOf(books, patur.id));
  });

  it('has one row an instalment', async () => {
    const { documents } = await run(clinic);
    const [stored] = await books.query<{ number: string }>(
      'SELECT number::text FROM tax_documents WHERE payment_id = $1',
      [instalments],
    );
    const payments =
      documents.find(({ type, number }) => type === 320 && number === stored?.number)?.payments ?? [];
    expect(payments.map((payment) => [1306, 1312, 1315].map((id) => numberOf(payment, id)))).toEqual([
      [3, 3_334, 2],
      [3, 3_333, 2],
      [3, 3_333, 2],
    ]);
  });

  it('of a range has the documents of its days alone, and a primary id of its own', async () => {
    const wish = { from: '2024-12-01', to: '2025-01-01' };
    const [first, second] = [await run(clinic, wish), await run(clinic, wish)];
    expect(first.findings).toEqual([]);
    expect(writtenIn(first.documents).map((row) => row.split(' ')[2])).toEqual(['20241231']);
    expect(second.data[0]?.raw.get(1103)).not.toBe(first.data[0]?.raw.get(1103));
  });
});
