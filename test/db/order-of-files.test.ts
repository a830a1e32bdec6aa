import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { readAllocations } from '../../src/db/allocation-rows.ts';
import { readMoved } from '../../src/db/audit-rows.ts';
import { readPrinted } from '../../src/db/bundle-rows.ts';
import { readJournal } from '../../src/db/journal-rows.ts';
import { readPatientRows } from '../../src/db/patient-rows.ts';
import type { Sql } from '../../src/db/pool.ts';
import { readReceipts } from '../../src/db/receipt-rows.ts';
import { listMovedDocuments, listWarnedDocuments } from '../../src/db/report-sums.ts';
import type { SumsOf } from '../../src/db/report-sums.ts';
import { readWithholdings } from '../../src/db/withholding-rows.ts';
import { inWorkspace } from '../../src/db/transaction.ts';
import { createSeededDatabase } from './seeded-database.ts';
import type { SeededDatabase } from './seeded-database.ts';

let database: SeededDatabase;
let of: SumsOf;
beforeAll(async () => {
  database = await createSeededDatabase('order_of_files', 2_000);
  const clinic = database.clinics[0]?.workspace;
  if (clinic === undefined) throw new Error('the seed made no clinic');
  of = { workspaceId: clinic.id, currency: clinic.currency, from: '2024-01-01', to: '2026-01-01' };
  // Ids that run against the numbers: what depends on ids shows. Documents are frozen, but for this test.
  await database.pool.query('ALTER TABLE tax_documents DISABLE TRIGGER ALL');
  await database.pool.query(
    `UPDATE tax_documents SET id = 'doc_' || lpad((99999999 - number)::text, 8, '0') || type`,
  );
  // Each document is in every file: one that has few rows shows no wrong order.
  await database.pool.query(
    `UPDATE tax_documents SET allocation_number = '123456789',
       content = jsonb_set(content, '{means,0,method}', '"withheld"') || '{"movedFromDay": "2023-12-01"}'`,
  );
  await database.pool.query(`UPDATE payments SET warnings = '{cash_limit}'`);
});
afterAll(() => database.drop());

interface Row {
  readonly documentDate: string;
  readonly type: string;
  readonly number: number;
}

type Read = (tx: Sql, of: SumsOf) => AsyncGenerator<readonly Row[]>;

/** A list as a file of one batch. */
function asOne(list: (tx: Sql, range: SumsOf, most: number) => Promise<readonly Row[]>): Read {
  return async function* (tx, range) {
    yield await list(tx, range, 10_000);
  };
}

const FILES: readonly (readonly [string, Read])[] = [
  ['the journal', (tx, range) => readJournal(tx, range)],
  ["the doctor's journal", readPatientRows],
  ['receipts', (tx, range) => readReceipts(tx, range)],
  ['the accountant’s month', readPrinted],
  ['allocation numbers', readAllocations],
  ['tax withheld', readWithholdings],
  ['late documents', readMoved],
  ['late documents of a report', asOne(listMovedDocuments)],
  ['documents with warnings', asOne(listWarnedDocuments)],
];

/** Sales of a day come before its credits. */
const keyOf = ({ documentDate, type, number }: Row): string =>
  `${documentDate} ${type.startsWith('credit') || type.startsWith('refund')} ${type} ${String(number).padStart(9, '0')}`;

describe('the documents of a file', () => {
  it.each(FILES)('in %s are in the order of days and numbers', async (_name, read) => {
    const keys = await inWorkspace(database.pool, of.workspaceId, async (tx) => {
      const rows: Row[] = [];
      for await (const batch of read(tx, of)) rows.push(...batch);
      return rows.map(keyOf);
    });
    expect(keys).toEqual(keys.toSorted());
    // Several of one type on one day, or the order of days alone would do.
    const series = keys.map((key) => key.slice(0, -9));
    expect(series.filter((one, at) => one === series[at - 1]).length).toBeGreaterThan(100);
  });
});
