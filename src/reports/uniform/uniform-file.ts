import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { countDocuments, readDocuments } from '../../db/document-rows.ts';
import type { DocumentRow } from '../../db/document-rows.ts';
import { dayBefore } from '../../domain/export.ts';
import { sumMinor } from '../../domain/money.ts';
import { displayNumber } from '../../domain/tax-document.ts';
import type { UniformSummary } from '../../domain/uniform-summary.ts';
import type { CountedFile, Source } from '../files/source.ts';
import { streamZip } from '../files/zip-files.ts';
import { documentRecords } from './document-records.ts';
import { closingRecord, iniLines, openingRecord, SOFTWARE } from './frame-records.ts';
import type { Run } from './frame-records.ts';
import { moneyRows } from './money-rows.ts';
import { createNotes } from './notes.ts';
import type { Notes } from './notes.ts';
import { partsOf, signOf, UNIFORM_DOCUMENT_TYPES, withheldFrom } from './parts.ts';
import type { UniformPart } from './parts.ts';
import { toBytes } from './pictures.ts';

/** What was written so far. */
interface Tally {
  records: number;
  /** Documents as the publication counts them. */
  parts: number;
  readonly codes: Map<string, number>;
  readonly documents: Map<number, number[]>;
  readonly notes: Notes;
}

/** The uniform structure as one zip with its folders: BKMVDATA.zip, INI.TXT and the closing page. */
export async function prepareUniform(source: Source): Promise<CountedFile> {
  const { tx, workspace, order } = source;
  const of = { ...order, workspaceId: workspace.id, types: UNIFORM_DOCUMENT_TYPES };
  const run = await newRun(source);
  const write = () => pack(run, readDocuments(tx, of), source);
  return { totalRows: await countDocuments(tx, of), write };
}

async function newRun({ workspace, order, version, maker, takeMinute }: Source): Promise<Run> {
  if (maker === null)
    throw new Error(
      'SOFTWARE_MAKER_TAX_ID is not set for the worker: the uniform structure names who made the program',
    );
  const madeAt = (await takeMinute())
    .toLocaleString('sv-SE', { timeZone: workspace.timeZone })
    .replace(' ', 'T')
    .slice(0, 16);
  const today = madeAt.slice(0, 10);
  const last = dayBefore(order.to);
  const dealer = workspace.taxId.padStart(9, '0').slice(0, 8);
  const path = `C:\\OPENFRMT\\${dealer}.${madeAt.slice(2, 4)}\\${madeAt.slice(5).replaceAll(/\D/g, '')}`;
  const primaryId = String(randomInt(1e14, 2 ** 47)).padStart(15, '0');
  // No document has a day to come, and the authority takes no range that has.
  const to = last > today ? today : last;
  return { workspace, primaryId, version, maker, path, from: order.from, to, madeAt };
}

/** BKMVDATA is packed first, because INI.TXT and the closing page tell what is in it. */
function pack(
  run: Run,
  batches: AsyncIterable<readonly DocumentRow[]>,
  { onRows, print }: Source,
): AsyncGenerator<Uint8Array> {
  const notes = createNotes(run.madeAt.slice(0, 10));
  const tally: Tally = { records: 0, parts: 0, codes: new Map(), documents: new Map(), notes };
  const folder = run.path.replace('C:\\', '').replaceAll('\\', '/');
  const inner = streamZip((zip) => {
    const records = Readable.from(bkmvdata(run, batches, tally, onRows), { objectMode: false });
    zip.addReadStream(records, 'BKMVDATA.TXT');
    zip.end();
    return Promise.resolve();
  });
  return streamZip(async (zip) => {
    const packed = Readable.from(inner, { objectMode: false });
    zip.addReadStream(packed, `${folder}/BKMVDATA.zip`, { compress: false });
    await once(packed, 'end');
    zip.addBuffer(toBytes(iniLines(run, tally.codes, tally.records)), `${folder}/INI.TXT`);
    zip.addBuffer(Buffer.from(await print(toSummary(run, tally))), `${folder}/closing-page.pdf`);
    zip.end();
  });
}

async function* bkmvdata(
  run: Run,
  batches: AsyncIterable<readonly DocumentRow[]>,
  tally: Tally,
  onRows: Source['onRows'],
): AsyncGenerator<Buffer> {
  let documents = 0;
  tally.records = 1;
  yield toBytes([openingRecord(run)]);
  for await (const rows of batches) {
    const lines = rows.flatMap((row) => linesOf(row, run, tally));
    for (const line of lines) tally.codes.set(line.slice(0, 4), (tally.codes.get(line.slice(0, 4)) ?? 0) + 1);
    yield toBytes(lines);
    documents += rows.length;
    await onRows(documents);
  }
  tally.records += 1;
  yield toBytes([closingRecord(run, tally.records)]);
}

function linesOf(row: DocumentRow, { workspace }: Run, tally: Tally): readonly string[] {
  const { taxId, timeZone } = workspace;
  return partsOf(row).flatMap((part) => {
    tally.parts += 1;
    noteDocument(tally, part, row);
    const money = part.hasMoney ? moneyRows(row, timeZone) : [];
    const named = { ...part, number: displayNumber(row.type, row.number) };
    for (const { check, dueDay } of money) tally.notes.add(named, check?.lost ?? [], dueDay);
    const link = tally.parts % 10_000_000;
    return documentRecords(row, part, money, { taxId, timeZone, link, next: () => (tally.records += 1) });
  });
}

/** A cancelled document is counted and has no sum. */
function noteDocument({ documents }: Tally, part: UniformPart, row: DocumentRow): void {
  const [count = 0, sum = 0] = documents.get(part.type) ?? [];
  const own = row.status === 'cancelled' ? 0 : signOf(row) * row.total - withheldFrom(row, part);
  documents.set(part.type, [count + 1, sumMinor([sum, own])]);
}

function toSummary(run: Run, { codes, documents, notes }: Tally): UniformSummary {
  const all = [['A100', 1], ...codes, ['Z900', 1]] as const;
  return {
    taxId: run.workspace.taxId,
    businessName: run.workspace.legalName.he,
    path: run.path,
    from: run.from,
    to: run.to,
    madeAt: run.madeAt,
    program: { name: SOFTWARE, certificate: run.maker.certificate },
    records: all.map(([code, count]) => ({ code, count })),
    documents: [...documents].map(([type, [count = 0, total = 0]]) => ({ type, count, total })),
    notes: notes.sentences(),
  };
}
