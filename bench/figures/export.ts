import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { PassThrough } from 'node:stream';
import exceljs from 'exceljs';
import type { Bench } from '../bench.ts';
import type { BenchClinic } from '../load/clinic.ts';
import { openLoop } from '../load/loops.ts';
import { median } from '../load/percentile.ts';
import { toFigure } from '../report/figure.ts';
import type { Findings } from '../report/figure.ts';

interface Days {
  readonly from: string;
  readonly to: string;
}

const LOOK_EVERY_MS = 100;
const COLUMNS = 14;
const CREATES = 40;
const CREATES_PER_SECOND = 5;

/** Transactions as xlsx: rows a second, what the worker's memory grows by, and what creates take meanwhile. */
export async function measureExport(bench: Bench, clinic: BenchClinic, days: Days): Promise<Findings> {
  const { progress } = bench;
  const alone = await progress.step('Creates', () => creates(clinic));
  const file = await progress.step('Export', () => makeFile(bench, clinic, days));
  const floor = await progress.step('Bare writer', () => writeBare(file.rows));
  const [beside] = await progress.step('Creates beside an export', () =>
    Promise.all([creates(clinic), makeFile(bench, clinic, days)]),
  );
  return {
    figures: [
      toFigure('xlsx_100000_rows_per_second', file.rows / file.seconds, 'rows/s', file.rows / floor),
      toFigure('xlsx_100000_rss_growth_mb', file.growthMb, 'MB', null),
      toFigure('create_p50_beside_export', median(beside), 'ms', median(alone)),
    ],
    notes: [
      `xlsx: ${file.rows} rows of transactions in ${file.seconds.toFixed(1)} s, from the job's start to the finished file; the floor writes as many rows ` +
        `of ${COLUMNS} constant cells with exceljs' streaming writer, without a database. Creates: ${CREATES_PER_SECOND} a second.`,
    ],
  };
}

const creates = (clinic: BenchClinic): Promise<number[]> =>
  openLoop(Array.from({ length: CREATES }), CREATES_PER_SECOND, () => clinic.create());

interface Made {
  readonly rows: number;
  readonly seconds: number;
  readonly growthMb: number;
}

interface ExportJson {
  readonly id: string;
  readonly status: string;
  readonly rows: number;
  readonly failure: string | null;
  readonly startedAt: string | null;
  readonly completedAt: string | null;
}

/** @throws Error if the export fails */
async function makeFile({ caller, info }: Bench, { key }: BenchClinic, days: Days): Promise<Made> {
  const worker = info.pids.worker;
  if (worker === null) throw new Error('the bench needs the worker of its own environment');
  const before = await residentMb(worker);
  const json = { kind: 'transactions', format: 'xlsx', ...days };
  const { id } = await caller.call<ExportJson>('POST', `${info.apiUrl}/v1/exports`, { key, json });
  let most = before;
  for (;;) {
    const made = await caller.call<ExportJson>('GET', `${info.apiUrl}/v1/exports/${id}`, { key });
    most = Math.max(most, await residentMb(worker));
    if (made.status === 'failed') throw new Error(`the export failed: ${made.failure}`);
    if (made.status === 'completed') {
      const seconds = (Date.parse(made.completedAt ?? '') - Date.parse(made.startedAt ?? '')) / 1_000;
      return { rows: made.rows, seconds, growthMb: most - before };
    }
    await delay(LOOK_EVERY_MS);
  }
}

/** Memory of a process that stands in RAM. */
async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'latin1');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1_024;
}

/** Seconds for as many rows of constant cells by the same library. */
async function writeBare(rows: number): Promise<number> {
  const begunAt = performance.now();
  const out = new PassThrough();
  out.resume();
  const book = new exceljs.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true });
  const page = book.addWorksheet('Rows');
  const cells = Array.from({ length: COLUMNS }, (_, at) => (at % 2 === 0 ? 'a cell of text' : 1234.5));
  for (let row = 0; row < rows; row += 1) {
    page.addRow(cells).commit();
    if (row % 1_000 === 0) await new Promise(setImmediate);
  }
  page.commit();
  await book.commit();
  return (performance.now() - begunAt) / 1_000;
}
