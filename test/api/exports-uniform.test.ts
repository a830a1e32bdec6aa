import { randomUUID } from 'node:crypto';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import { askExport, fetchExport } from '../e2e/support/exports.ts';
import { call, openWorkspace, order, untilStatus } from './rig.ts';
import type { PaymentBody, ProblemBody, TestWorkspace } from './rig.ts';
import { readLines, readRecord } from './uniform-reader.ts';
import type { Fields } from './uniform-reader.ts';

let books: Books;
let clinic: TestWorkspace;
let patur: TestWorkspace;

const send = async <Body>(path: string, body: object, key: string): Promise<Body> => {
  const answer = await call<Body>('POST', path, { key, body, headers: { 'idempotency-key': randomUUID() } });
  if (answer.status !== 201) throw new Error(answer.bytes.toString());
  return answer.json;
};
const record = (at: TestWorkspace, body: object) =>
  send<PaymentBody>('/v1/payments/manual', order(body), at.key);
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
});
afterAll(() => books.close());

async function run(at: TestWorkspace) {
  const { bytes, made } = await fetchExport(at, { kind: 'uniform-structure', format: 'zip' });
  const files = unzipSync(bytes);
  const find = (end: string) => Object.keys(files).find((name) => name.endsWith(end)) ?? '';
  const ini = readLines(Buffer.from(files[find('INI.TXT')] ?? []));
  const inner = unzipSync(files[find('BKMVDATA.zip')] ?? new Uint8Array());
  const records = readLines(Buffer.from(inner['BKMVDATA.TXT'] ?? [])).map(readRecord);
  return { made, names: Object.keys(files), ini, records, pdf: Buffer.from(files[find('.pdf')] ?? []) };
}

const of = (records: readonly Fields[], code: string) => records.filter((one) => one.code === code);
const sum = (fields: readonly Fields[], number: number) =>
  fields.reduce((all, one) => all + Number(one[number]), 0);

describe('the uniform structure, read by the publication', () => {
  it('holds together: numbers, counts, one dealer, one id, folders', async () => {
    const { names, ini, records } = await run(clinic);
    const head = readRecord(ini[0] ?? '');
    expect(records.map((one) => Number(Object.values(one)[1]))).toEqual(records.map((_, at) => at + 1));
    expect(records[0]?.code).toBe('A100');
    expect(records.at(-1)?.code).toBe('Z900');
    expect([Number(head[1002]), Number(records.at(-1)?.[1155])]).toEqual([records.length, records.length]);
    expect(new Set(records.map((one) => Object.values(one)[2]))).toEqual(new Set(['123456782']));
    expect(new Set([head[1004], records[0]?.[1103], records.at(-1)?.[1153]]).size).toBe(1);
    expect([head[1005], head[1011], head[1013], head[1029], head[1032]]).toEqual([
      '&OF1.31&',
      '2',
      '0',
      '1',
      'ILS',
    ]);
    expect([head[1018], head[1024], head[1025]]).toEqual(['מרפאה לבדיקות', '20240101', '20281231']);
    const counts = new Map(ini.slice(1).map((line) => [line.slice(0, 4), Number(line.slice(4))]));
    expect(ini.slice(1).every((line) => line.length === 19)).toBe(true);
    expect([...counts].sort()).toEqual(
      ['C100', 'D110', 'D120'].map((code) => [code, of(records, code).length]),
    );
    const folder = (head[1012] ?? '').replace('C:\\', '').replaceAll('\\', '/');
    expect(folder).toMatch(/^OPENFRMT\/12345678\.\d\d\/\d{8}$/);
    expect(names.map((name) => name.slice(0, folder.length))).toEqual(names.map(() => folder));
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
    const { pdf } = await run(patur);
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('is refused in another currency: it is in shekels', async () => {
    const order = { kind: 'uniform-structure', format: 'zip', currency: 'USD' };
    const { status, json } = await askExport<ProblemBody>(clinic, order);
    expect([status, json.errors?.[0]?.pointer]).toEqual([422, '#/currency']);
  });

  it('is refused to a test workspace', async () => {
    const test = await openWorkspace({ provider: false });
    const { status, json } = await askExport<ProblemBody>(test, { kind: 'uniform-structure', format: 'zip' });
    expect([status, json.errors?.[0]?.pointer]).toEqual([422, '#/kind']);
  });
});
