import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import type { ZipFile } from 'yazl';
import { countSigned, readPrinted, readSigned } from '../../db/bundle-rows.ts';
import type { PrintedRow, SignedRow } from '../../db/bundle-rows.ts';
import { copyVariantOf } from '../../db/document-files.ts';
import { countJournal } from '../../db/journal-rows.ts';
import { exportFileName } from '../../domain/export.ts';
import { SERIES_PREFIX } from '../../domain/tax-document.ts';
import { readAllocationSheet } from './allocations.ts';
import { readBundleSummary } from './bundle-summary.ts';
import { readCredits } from './credits.ts';
import { writeCsv } from './csv-file.ts';
import { readDocumentJournal, typeCode } from './documents.ts';
import { readGapSheets } from './gaps.ts';
import { readMonthPage } from './month.ts';
import { readReceiptSheets } from './receipts.ts';
import { readSettlementSheets } from './settlements.ts';
import { mannerOf, sheetsFile } from './sheets-file.ts';
import type { CountedFile, Source } from './source.ts';
import { countColumn, dayColumn, instantColumn, textColumn, toSheet } from './table.ts';
import type { Titles } from './table.ts';
import { readVatReturn } from './vat-return.ts';
import { readWithholdingSheets } from './withholding.ts';
import { KIND_WORDS, TYPE_WORDS } from './words.ts';
import { streamZip } from './zip-files.ts';

/** The sheets of an accountant's month, in the order of use. */
const SHEETS = {
  documents: readDocumentJournal,
  vat: readVatReturn,
  gaps: readGapSheets,
  receipts: readReceiptSheets,
  settlements: readSettlementSheets,
  credits: readCredits,
  allocation: readAllocationSheet,
  withholding: readWithholdingSheets,
} as const;

/**
 * The accountant's month: a summary of one page, the month in pictures, the sheets, a copy of each document, the sums of signed originals, and an
 * index. No original is in it: that leaves once, and not by an export.
 */
export async function prepareBundle(source: Source): Promise<CountedFile> {
  const { tx, workspace, order } = source;
  return {
    totalRows: await countJournal(tx, { ...order, workspaceId: workspace.id }),
    write: () => streamZip((zip) => addAll(zip, filesOf(source), source)),
  };
}

/** A file of the zip. It is read when its turn has come. */
interface Entry {
  readonly name: string;
  readonly about: Titles;
  readonly bytes: () => AsyncIterable<string | Uint8Array>;
}

async function* filesOf(source: Source): AsyncGenerator<Entry> {
  const { tx, workspace, order, onRows, printReport, readCopy } = source;
  const of = { ...order, workspaceId: workspace.id };
  const summary = { he: 'סיכום', en: 'Summary' };
  yield {
    name: { he: '00_סיכום.pdf', en: '00_summary.pdf' }[order.locale],
    about: summary,
    bytes: async function* () {
      yield await printReport(await readBundleSummary(source));
    },
  };
  const month: Source = { ...source, order: { ...order, kind: 'month', format: 'pdf' } };
  yield {
    name: exportFileName(month.order, workspace.taxId),
    about: KIND_WORDS.month,
    bytes: async function* () {
      yield await printReport(await readMonthPage(month));
    },
  };
  for (const [kind, read] of Object.entries(SHEETS) as [
    keyof typeof SHEETS,
    (typeof SHEETS)['documents'],
  ][]) {
    const part: Source = {
      ...source,
      order: { ...order, kind, format: 'xlsx' },
      onRows: () => Promise.resolve(),
    };
    yield {
      name: exportFileName(part.order, workspace.taxId),
      about: KIND_WORDS[kind],
      bytes: async function* () {
        yield* (await sheetsFile(read)(part)).write();
      },
    };
  }
  let done = 0;
  for await (const rows of readPrinted(tx, of))
    for (const row of rows) {
      yield {
        name: `pdf/${pdfName(row)}`,
        about: TYPE_WORDS[row.type],
        bytes: async function* () {
          yield await readCopy(row.id, copyVariantOf(row, row.isPushed));
        },
      };
      await onRows((done += 1));
    }
  if ((await countSigned(tx, of)) > 0)
    yield {
      name: 'signed/sha256.csv',
      about: { he: 'גיבוב של מסמכי המקור החתומים', en: 'SHA-256 of signed originals' },
      bytes: () =>
        writeCsv(
          toSheet({ name: summary, columns: SIGNED_COLUMNS, rows: readSigned(tx, of) }),
          mannerOf(source),
        ),
    };
}

/** `320_000018_20261125.pdf`; a confirmation has its type instead of the code of the uniform structure. */
function pdfName({
  type,
  number,
  documentDate,
}: Pick<PrintedRow, 'type' | 'number' | 'documentDate'>): string {
  const code = typeCode(type) ?? type.replaceAll('_', '-');
  return `${code}_${SERIES_PREFIX[type]}${String(number).padStart(6, '0')}_${documentDate.replaceAll('-', '')}.pdf`;
}

const SIGNED_COLUMNS = [
  textColumn<SignedRow>('קובץ', 'file', pdfName),
  dayColumn<SignedRow>('תאריך מסמך', 'documentDate', ({ documentDate }) => documentDate),
  textColumn<SignedRow>('SHA-256', 'sha256', ({ sha256 }) => sha256),
  instantColumn<SignedRow>('נחתם', 'signedAt', ({ signedAt }) => signedAt),
  instantColumn<SignedRow>('המקור יצא', 'originalLeftAt', ({ leftAt }) => leftAt),
];

/** A line of the index. */
interface IndexLine {
  readonly name: string;
  readonly about: string;
  readonly size: number;
  readonly sha256: string;
}

/** One file after the other, so that only one is in memory, and the index at the end. */
async function addAll(zip: ZipFile, entries: AsyncIterable<Entry>, source: Source): Promise<void> {
  const lines: IndexLine[] = [];
  for await (const { name, about, bytes } of entries) {
    const hash = createHash('sha256');
    let size = 0;
    const noted = async function* (): AsyncGenerator<Buffer> {
      for await (const chunk of bytes()) {
        const buffer = Buffer.from(chunk as Uint8Array);
        hash.update(buffer);
        size += buffer.length;
        yield buffer;
      }
    };
    const stream = Readable.from(noted(), { objectMode: false });
    zip.addReadStream(stream, name, { compress: !name.endsWith('.xlsx') });
    await once(stream, 'end');
    lines.push({ name, about: about[source.order.locale], size, sha256: hash.digest('hex') });
  }
  const index = toSheet({ name: { he: 'תוכן', en: 'Index' }, columns: INDEX_COLUMNS, rows: [lines] });
  zip.addReadStream(Readable.from(writeCsv(index, mannerOf(source)), { objectMode: false }), 'index.csv');
  zip.end();
}

const INDEX_COLUMNS = [
  textColumn<IndexLine>('קובץ', 'file', ({ name }) => name),
  textColumn<IndexLine>('תוכן', 'about', ({ about }) => about),
  countColumn<IndexLine>('בתים', 'bytes', ({ size }) => size),
  textColumn<IndexLine>('SHA-256', 'sha256', ({ sha256 }) => sha256),
];
