import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openBooks } from '../e2e/support/books.ts';
import { backdate } from '../support/backdate.ts';
import type { Books } from '../e2e/support/books.ts';
import { askExport, fetchExport } from '../e2e/support/exports.ts';
import { readUniformStructure } from '../support/uniform-structure/read-uniform-structure.ts';
import type { UniformRecord } from '../support/uniform-structure/read-uniform-structure.ts';
import { call, openWorkspace, order, untilStatus } from './rig.ts';
import type { PaymentBody, ProblemBody, TestWorkspace } from './rig.ts';

let books: Books;
let clinic: TestWorkspace;
let patur: TestWorkspace;

const send = async <Body>(path: string, body: object, key: string): Promise<Body> => {
  const answer = await call<Body>('POST', path, { key, body, headers: { 'idempotency-key': randomUUID() } });
  if (answer.status !== 201) throw new Error(answer.bytes.toString());
  return answer.json;
};
const record = (at: TestWorkspace, body: object) =>
  send<PaymentBody>('/v1/payments/manual', order({ lateReason: 'found in the diary', ...body }), at.key);
const giveBack = async (at: TestWorkspace, id: string, amount: number) => {
  await send(`/v1/payments/${id}/refunds`, { reason: 'gave back', method: 'cash', amount }, at.key);
  await untilStatus(at, id, 'partially_refunded');
};

beforeAll(async () => {
  books = openBooks();
  const live = { mode: 'live', receipt: { email: false, print: 'on_demand' } };
  clinic = await openWorkspace({ workspace: live, provider: false });
  const unregistered = { ...live, dealerType: 'osek_patur', vatRegistered: false };
  patur = await openWorkspace({ workspace: unregistered, provider: false });
  const items = [
    { description: 'שִׁיחָה ראשונה – 50 דק׳', quantity: 3, unitPrice: 3_333 },
    { description: 'abroad', quantity: 1, unitPrice: 5_000, vatTreatment: 'zero_rated' },
  ];
  await record(clinic, { amount: 14_999, method: 'cash', paidOn: '2025-03-16', items, vatReason: 'export' });
  const check = { bank: '12', branch: '634', account: '0012345', number: '5000017', dueDate: '2025-03-17' };
  const customer = {
    name: 'חברת "אלון" בע״מ',
    taxId: '514713288',
    taxIdKind: 'company',
    phone: '03-5551234',
  };
  const given = await record(clinic, {
    amount: 5_900,
    method: 'check',
    check,
    customer,
    paidOn: '2025-03-17',
  });
  await giveBack(clinic, given.id, 2_360);
  const small = await record(patur, { amount: 30_000, method: 'bank_transfer', paidOn: '2025-04-01' });
  await giveBack(patur, small.id, 10_000);
  for (const { id } of [clinic, patur]) await backdate(books, id);
});
afterAll(() => books.close());

/** A record's fields by their numbers: text without its padding, sums as whole numbers. */
type Fields = Readonly<Record<number, string>> & { readonly code: string };
const toPlain = (value: string): string =>
  /^[+-]\d+$/.test(value) ? String(Number(value)) : value.trimEnd();
const toFields = ({ code, raw }: UniformRecord): Fields => ({
  ...Object.fromEntries([...raw].map(([number, value]) => [number, toPlain(value)])),
  code,
});

async function run(at: TestWorkspace) {
  const { bytes, made } = await fetchExport(at, { kind: 'uniform-structure', format: 'zip' });
  const { findings, ini, data, others, folder } = readUniformStructure(bytes);
  return { made, findings, folder, ini: ini.map(toFields), records: data.map(toFields), others };
}

const of = (records: readonly Fields[], code: string) => records.filter((one) => one.code === code);
const sum = (fields: readonly Fields[], number: number) =>
  fields.reduce((all, one) => all + Number(one[number]), 0);

describe('the uniform structure, read by the publication', () => {
  it('holds together: numbers, counts, one dealer, one id, folders', async () => {
    const { findings, folder, ini, records, others } = await run(clinic);
    expect(findings).toEqual([]);
    const head = ini[0];
    expect([head?.[1011], head?.[1013], head?.[1029], head?.[1032]]).toEqual(['2', '0', '1', 'ILS']);
    expect([head?.[1018], head?.[1024]]).toEqual(['מרפאה לבדיקות', '20240101']);
    expect(records[0]?.[1102]).toBe('123456782');
    expect(folder).toMatch(/^OPENFRMT\/12345678\.\d\d\/\d{8}$/);
    expect([...others.keys()]).toEqual([`${folder}/closing-page.pdf`]);
  });

  it('has every document with its lines and money, and their sums are those of the books', async () => {
    const { records, made } = await run(clinic);
    const headers = of(records, 'C100');
    const lines = of(records, 'D110');
    const money = of(records, 'D120');
    const stored = await books.query<{ type: string; net: number; vat: number; total: number }>(
      `SELECT type, sum(net)::int AS net, sum(vat)::int AS vat, sum(total)::int AS total
       FROM tax_documents WHERE workspace_id = $1 GROUP BY type`,
      [clinic.id],
    );
    for (const [type, code] of [
      ['tax_invoice_receipt', '320'],
      ['credit_invoice', '330'],
    ] as const) {
      const own = headers.filter((one) => one[1203] === code);
      const row = stored.find((one) => one.type === type);
      const { net, vat, total } = row ?? {};
      expect([sum(own, 1221), sum(own, 1222), sum(own, 1223)]).toEqual([net, vat, total]);
      expect(
        sum(
          lines.filter((one) => one[1253] === code),
          1267,
        ),
      ).toBe(net);
    }
    expect(made.rows).toBe(headers.length);
    expect(sum(money, 1312)).toBe(14_999 + 5_900);
    expect(lines.filter((one) => one[1253] === '330').map((one) => [one[1256], one[1257]])).toEqual([
      ['320', '2'],
    ]);
    const first = lines.find((one) => one[1253] === '320');
    expect(first).toMatchObject({ 1264: '30000', 1268: '1800' });
  });

  it('writes a cheque, a registered customer, and text in the characters of the code page', async () => {
    const { records } = await run(clinic);
    const invoices = of(records, 'C100').filter((one) => one[1203] === '320');
    expect(invoices[1]).toMatchObject({
      1204: '2',
      1207: 'חברת "אלון" בע"מ',
      1215: '514713288',
      1230: '20250317',
    });
    const cheque = of(records, 'D120').find((one) => one[1306] === '2');
    expect(cheque).toMatchObject({
      1307: '0000000012',
      1308: '0000000634',
      1310: '0005000017',
      1311: '20250317',
    });
    const texts = of(records, 'D110').map((one) => one[1260]);
    expect(texts).toContain("שיחה ראשונה - 50 דק'");
  });

  it('writes a credit receipt as a receipt of its own series with negative sums, and no lines', async () => {
    const { records } = await run(patur);
    const headers = of(records, 'C100').map((one) => [one[1203], one[1204], one[1223], one[1222]]);
    expect(headers.sort()).toEqual([
      ['400', '1', '30000', '0'],
      ['400', 'CR1', '-10000', '0'],
    ]);
    expect(of(records, 'D110')).toEqual([]);
    expect(sum(of(records, 'D120'), 1312)).toBe(20_000);
  });

  it('comes with its closing page', async () => {
    const [pdf] = [...(await run(patur)).others.values()];
    expect(pdf?.subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('is refused in another currency: it is in shekels', async () => {
    const order = { kind: 'uniform-structure', format: 'zip', currency: 'USD' };
    const { status, json } = await askExport<ProblemBody>(clinic, order);
    expect([status, json.errors?.[0]?.pointer]).toEqual([422, '#/currency']);
  });

  it('is refused for days to come', async () => {
    const order = { kind: 'uniform-structure', format: 'zip', from: '2998-01-01', to: '2999-01-01' };
    const { status, json } = await askExport<ProblemBody>(clinic, order);
    expect([status, json.errors?.[0]?.pointer]).toEqual([422, '#/from']);
  });

  it('is refused to a test workspace', async () => {
    const test = await openWorkspace({ provider: false });
    const { status, json } = await askExport<ProblemBody>(test, { kind: 'uniform-structure', format: 'zip' });
    expect([status, json.errors?.[0]?.pointer]).toEqual([422, '#/kind']);
  });
});
