import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Bench } from '../bench.ts';
import { openBenchClinic } from '../load/clinic.ts';
import type { BenchClinic } from '../load/clinic.ts';
import { percentile } from '../load/percentile.ts';
import { toFigure } from '../report/figure.ts';
import type { Findings } from '../report/figure.ts';
import { measureExport } from './export.ts';

/** The days that `npm run seed` fills. */
const FROM = '2024-01-01';
const TO = '2026-01-01';
const REPORTS = 20;
const PAGES = 60;
const PAGE = 100;
const FILE_ROWS = 120_000;
const DAY_MS = 86_400_000;

/** Lists, reports, a large file and the money rules, over a workspace with `bench.bookPayments` payments of two years. */
export async function measureBooks(bench: Bench): Promise<Findings> {
  const clinic = await openBenchClinic(bench.info, bench.caller, 'on_demand');
  const { progress } = bench;
  const seconds = await progress.step('Seed', () =>
    run(bench, 'seed', '--workspace', clinic.id, '--payments', String(bench.bookPayments)),
  );
  const reports = await progress.step('Reports', () => measureReports(bench, clinic));
  const lists = await progress.step('Lists', () => measureLists(bench, clinic));
  const file = await measureExport(bench, clinic, daysOfFile(bench));
  const verifying = await progress.step('verify-books', () => run(bench, 'verify-books'));
  return {
    figures: [
      toFigure('report_p95_ms', p95(reports.engine), 'ms', p95(reports.floor)),
      toFigure('list_p95_ms', p95(lists.engine), 'ms', p95(lists.floor)),
      ...file.figures,
      toFigure('verify_books_s', verifying, 's', null),
    ],
    notes: [
      `${bench.bookPayments} payments in one workspace, seeded in ${seconds.toFixed(0)} s. Report: the revenue of two years by month, ` +
        `${REPORTS} times; its floor is one statement that sums the documents of these days. ` +
        `List: ${PAGES} pages of ${PAGE} payments, one after the other; its floor is one statement for ${PAGE} whole rows.`,
      ...file.notes,
    ],
  };
}

/** The last days of the books, with 100,000 rows or somewhat more where there are as many. */
function daysOfFile({ bookPayments }: Bench): { from: string; to: string } {
  const days = (Date.parse(TO) - Date.parse(FROM)) / DAY_MS;
  const taken = Math.ceil(days * Math.min(1, FILE_ROWS / bookPayments));
  return { from: new Date(Date.parse(TO) - taken * DAY_MS).toISOString().slice(0, 10), to: TO };
}

interface Times {
  readonly engine: number[];
  readonly floor: number[];
}

const p95 = (times: readonly number[]): number => percentile(times, 0.95);

async function measureReports({ caller, info, pool }: Bench, { id, key }: BenchClinic): Promise<Times> {
  const url = `${info.apiUrl}/v1/reports/revenue?from=${FROM}&to=${TO}&groupBy=month`;
  const bare = `SELECT date_trunc('month', document_date), count(*), sum(net), sum(vat), sum(total) FROM tax_documents
    WHERE workspace_id = $1 AND document_date >= $2 AND document_date < $3 GROUP BY 1`;
  return alternate(
    REPORTS,
    () => caller.call('GET', url, { key }),
    () => pool.query(bare, [id, FROM, TO]),
  );
}

async function measureLists({ caller, info, pool }: Bench, { id, key }: BenchClinic): Promise<Times> {
  const bare = `SELECT * FROM payments WHERE workspace_id = $1 ORDER BY created_at DESC, id DESC LIMIT ${PAGE}`;
  let next = '';
  return alternate(
    PAGES,
    async () => {
      const url = `${info.apiUrl}/v1/payments?limit=${PAGE}${next}`;
      const page = await caller.call<{ next: string | null }>('GET', url, { key });
      next = page.next === null ? '' : `&after=${encodeURIComponent(page.next)}`;
    },
    () => pool.query(bare, [id]),
  );
}

/** By turns, so that what else the machine does meets both. The first of each is not counted. */
async function alternate(
  times: number,
  engine: () => Promise<unknown>,
  floor: () => Promise<unknown>,
): Promise<Times> {
  const took: Times = { engine: [], floor: [] };
  for (let turn = 0; turn <= times; turn += 1) {
    const [ofEngine, ofFloor] = [await timed(engine), await timed(floor)];
    if (turn === 0) continue;
    took.engine.push(ofEngine);
    took.floor.push(ofFloor);
  }
  return took;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begunAt = performance.now();
  await work();
  return performance.now() - begunAt;
}

/** Runs a command of the engine on the bench's database; returns its seconds. @throws Error with what it printed */
async function run({ info }: Bench, command: 'seed' | 'verify-books', ...args: string[]): Promise<number> {
  const begunAt = performance.now();
  const script = join(import.meta.dirname, `../../src/commands/${command}.ts`);
  const child = spawn(process.execPath, ['--no-warnings', script, ...args], {
    env: { ...process.env, DATABASE_URL: info.databaseUrl },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${said.slice(-2_000)}`);
  return (performance.now() - begunAt) / 1_000;
}
