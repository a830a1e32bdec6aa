import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { PassThrough, Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { countDocuments, readDocuments } from '../../db/document-rows.ts';
import type { DocumentRow } from '../../db/document-rows.ts';
import { dayBefore } from '../../domain/export.ts';
import { sumMinor } from '../../domain/money.ts';
import type { UniformSummary } from '../../domain/uniform-summary.ts';
import type { CountedFile, Source } from '../files/source.ts';
import { documentRecords, UNIFORM_TYPES, withheldOf } from './document-records.ts';
import type { UniformDocumentType } from './document-records.ts';
import { closingRecord, iniLines, openingRecord } from './frame-records.ts';
import type { Run } from './frame-records.ts';
import { toBytes } from './pictures.ts';

/** What was written so far. */
interface Tally {
  records: number;
  readonly codes: Map<string, number>;
  readonly documents: Map<number, number[]>;
}

/** The uniform structure as one zip with its folders: BKMVDATA.zip, INI.TXT and the closing page. */
export async function prepareUniform(source: Source): Promise<CountedFile> {
  const { tx, workspace, order } = source;
  const types = Object.keys(UNIFORM_TYPES) as UniformDocumentType[];
  const of = { ...order, workspaceId: workspace.id, types };
  const run = newRun(source);
  const write = () => pack(run, readDocuments(tx, of), source);
  return { totalRows: await countDocuments(tx, of), write };
}

function newRun({ workspace, order, version }: Source): Run {
  const madeAt = new Date()
    .toLocaleString('sv-SE', { timeZone: workspace.timeZone })
    .replace(' ', 'T')
    .slice(0, 16);
  const dealer = workspace.taxId.padStart(9, '0').slice(0, 8);
  const path = `C:\\OPENFRMT\\${dealer}.${madeAt.slice(2, 4)}\\${madeAt.slice(5).replaceAll(/\D/g, '')}`;
  const primaryId = String(randomInt(1e14, 2 ** 47)).padStart(15, '0');
  return { workspace, primaryId, version, path, from: order.from, to: dayBefore(order.to), madeAt };
}

/** BKMVDATA is packed first, because INI.TXT and the closing page tell what is in it. */
async function* pack(
  run: Run,
  batches: AsyncIterable<readonly DocumentRow[]>,
  { onRows, print }: Source,
): AsyncGenerator<Uint8Array> {
  const tally: Tally = { records: 0, codes: new Map(), documents: new Map() };
  const folder = run.path.replace('C:\\', '').replaceAll('\\', '/');
  const inner = new ZipFile();
  const outer = new ZipFile();
  const out = outer.outputStream.pipe(new PassThrough());
  inner.addReadStream(
    Readable.from(bkmvdata(run, batches, tally, onRows), { objectMode: false }),
    'BKMVDATA.TXT',
  );
  inner.end();
  const packed = inner.outputStream.pipe(new PassThrough());
  outer.addReadStream(packed, `${folder}/BKMVDATA.zip`, { compress: false });
  const finishing = once(packed, 'end').then(async () => {
    const ini = toBytes(iniLines(run, tally.codes, tally.records));
    outer.addBuffer(ini, `${folder}/INI.TXT`);
    outer.addBuffer(Buffer.from(await print(toSummary(run, tally))), `${folder}/closing-page.pdf`);
    outer.end();
  });
  const fail = (error: unknown): void =>
    void out.destroy(error instanceof Error ? error : new Error(String(error)));
  for (const zip of [inner, outer]) zip.on('error', fail);
  finishing.catch(fail);
  yield* out as AsyncIterable<Uint8Array>;
  await finishing;
}

async function* bkmvdata(
  run: Run,
  batches: AsyncIterable<readonly DocumentRow[]>,
  tally: Tally,
  onRows: Source['onRows'],
): AsyncGenerator<Buffer> {
  const { taxId, timeZone } = run.workspace;
  let link = 0;
  tally.records = 1;
  yield toBytes([openingRecord(run)]);
  for await (const rows of batches) {
    const lines = rows.flatMap((row) => {
      link += 1;
      noteDocument(tally, row);
      return documentRecords(row, {
        taxId,
        timeZone,
        next: () => (tally.records += 1),
        link: link % 10_000_000,
      });
    });
    for (const line of lines) tally.codes.set(line.slice(0, 4), (tally.codes.get(line.slice(0, 4)) ?? 0) + 1);
    yield toBytes(lines);
    await onRows(link);
  }
  tally.records += 1;
  yield toBytes([closingRecord(run, tally.records)]);
}

/** A cancelled document is counted and has no sum. */
function noteDocument({ documents }: Tally, row: DocumentRow): void {
  const { type, status } = row;
  const total = row.total - withheldOf(row);
  const code = UNIFORM_TYPES[type as UniformDocumentType];
  const [count = 0, sum = 0] = documents.get(code) ?? [];
  const own = status === 'cancelled' ? 0 : type === 'credit_receipt' ? -total : total;
  documents.set(code, [count + 1, sumMinor([sum, own])]);
}

function toSummary(run: Run, { codes, documents }: Tally): UniformSummary {
  const all = [['A100', 1], ...codes, ['Z900', 1]] as const;
  return {
    taxId: run.workspace.taxId,
    businessName: run.workspace.legalName.he,
    path: run.path,
    from: run.from,
    to: run.to,
    madeAt: run.madeAt,
    records: all.map(([code, count]) => ({ code, count })),
    documents: [...documents].map(([type, [count = 0, total = 0]]) => ({ type, count, total })),
  };
}
