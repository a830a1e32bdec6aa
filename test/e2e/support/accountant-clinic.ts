import { randomUUID } from 'node:crypto';
import { strFromU8, unzipSync } from 'fflate';
import readSheets from 'read-excel-file/node';
import { call, createPayment, openClinic, untilStatus } from './clinic.ts';
import type { Clinic, PaymentBody } from './clinic.ts';
import { order } from '../../api/rig.ts';
import { backdate } from '../../support/backdate.ts';
import type { Books } from './books.ts';
import { fetchExport } from './exports.ts';
import type { ExportBody } from './exports.ts';
import { payAtVendor } from './vendors.ts';

/** Sends a POST and returns what it made. */
export async function send<Body>({ key }: Pick<Clinic, 'key'>, path: string, body: object): Promise<Body> {
  const headers = { 'idempotency-key': randomUUID() };
  const answer = await call<Body>('POST', path, { key, body, headers });
  if (answer.status >= 300) throw new Error(answer.bytes.toString());
  return answer.json;
}

export const record = (clinic: Pick<Clinic, 'key'>, body: object): Promise<PaymentBody> =>
  send<PaymentBody>(clinic, '/v1/payments/manual', order({ lateReason: 'found in the diary', ...body }));

export async function giveBack(clinic: Clinic, id: string, amount: number): Promise<void> {
  await send(clinic, `/v1/payments/${id}/refunds`, { reason: 'gave back', method: 'cash', amount });
  await untilStatus(clinic, id, 'partially_refunded');
}

export const TRICKY = '=HYPERLINK("https://evil.example","דנה, לוי")';

/**
 * A clinic with everything that an accountant asks about: means of all sorts, credits, mixed lines, text that looks like
 * formulas. Its documents bear the days on which their money came.
 */
export async function openAccountantClinic(books: Books): Promise<Clinic> {
  const clinic = await openClinic();
  const items = [
    { description: 'שיחה', quantity: 1, unitPrice: 11_800 },
    { description: 'abroad', quantity: 1, unitPrice: 5_000, vatTreatment: 'zero_rated' },
    { description: 'exempt', quantity: 1, unitPrice: 1_234, vatTreatment: 'exempt' },
  ];
  await record(clinic, { amount: 11_700, method: 'cash', paidOn: '2024-12-31' });
  await record(clinic, {
    amount: 18_034,
    method: 'bank_transfer',
    paidOn: '2025-01-16',
    items,
    vatReason: 'export',
  });
  const customer = { name: TRICKY, taxId: '000000018', taxIdKind: 'private' };
  await record(clinic, {
    amount: 12_345,
    method: 'bank_transfer',
    paidOn: '2025-03-15',
    description: '@SUM(1)',
    customer,
  });
  const check = { bank: '12', branch: '634', account: '0012345', number: '5000017', dueDate: '2025-03-17' };
  const given = await record(clinic, { amount: 5_900, method: 'check', check, paidOn: '2025-03-17' });
  const confirmed = await record(clinic, { amount: 23_600, method: 'cash', paidOn: '2025-03-18' });
  await backdate(books, clinic.id);
  await giveBack(clinic, given.id, 2_360);
  await giveBack(clinic, confirmed.id, 11_800);
  await acknowledgeCreditOf(clinic, confirmed.id);
  const { json } = await createPayment(clinic, { amount: 35_400 });
  await payAtVendor(json.id);
  await untilStatus(clinic, json.id, 'completed');
  return clinic;
}

async function acknowledgeCreditOf(clinic: Clinic, paymentId: string): Promise<void> {
  const { json } = await call<{ documentIds: string[] }>('GET', `/v1/payments/${paymentId}`, {
    key: clinic.key,
  });
  await send(clinic, `/v1/documents/${json.documentIds.at(-1) ?? ''}/acknowledge`, { method: 'signature' });
}

export type Cell = string | number | boolean | Date | null;
/** A row under the titles of its sheet. */
export type Row = Readonly<Record<string, Cell>>;

/** A file of sheets as another library reads it. */
export interface OpenedSheets {
  readonly made: ExportBody;
  readonly names: readonly string[];
  /** Rows of a sheet, without its line of sums. */
  readonly rows: (sheet: string) => readonly Row[];
  readonly totals: (sheet: string) => Row;
  readonly xml: (name: string) => string;
}

export async function fetchSheets(clinic: Pick<Clinic, 'key'>, wish: object): Promise<OpenedSheets> {
  const { bytes, made } = await fetchExport(clinic, { format: 'xlsx', locale: 'en', ...wish });
  return { made, ...(await openSheets(bytes)) };
}

export async function openSheets(bytes: Buffer): Promise<Omit<OpenedSheets, 'made'>> {
  const sheets = (await readSheets(bytes)) as { sheet: string; data: Cell[][] }[];
  const files = Object.entries(unzipSync(bytes)).map(([name, file]) => [name, strFromU8(file)] as const);
  const rowsOf = (name: string): readonly Row[] => {
    const [titles = [], ...records] = sheets.find(({ sheet }) => sheet === name)?.data ?? [];
    return records.map((cells) =>
      Object.fromEntries(titles.map((title, at) => [String(title), cells[at] ?? null])),
    );
  };
  const isTotal = (row: Row | undefined): row is Row =>
    ['Total', 'סה"כ'].includes(String(Object.values(row ?? {})[0]));
  return {
    names: sheets.map(({ sheet }) => sheet),
    rows: (name) => rowsOf(name).filter((row) => !isTotal(row)),
    totals: (name) => rowsOf(name).find(isTotal) ?? {},
    xml: (name) => files.find(([path]) => path.endsWith(name))?.[1] ?? '',
  };
}

/** Agorot in a column. */
export const sumOf = (rows: readonly Row[], title: string): number =>
  rows.reduce((sum, row) => sum + agorot(row[title]), 0);

export const agorot = (cell: Cell | undefined): number => Math.round(Number(cell ?? 0) * 100);
