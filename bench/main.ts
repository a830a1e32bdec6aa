import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEnvironment } from '../dev/environment.ts';
import type { Progress } from '../dev/progress.ts';
import { createProgress } from '../dev/progress.ts';
import { createStopRequest } from '../dev/stop-request.ts';
import type { Bench } from './bench.ts';
import { openBench } from './bench.ts';
import type { CommandLine, Part } from './command-line.ts';
import { readCommandLine, USAGE } from './command-line.ts';
import { measureBooks } from './figures/books.ts';
import { measureCreate } from './figures/create.ts';
import { measureEvents } from './figures/events.ts';
import { measureReceipts } from './figures/receipts.ts';
import { measureThroughput } from './figures/throughput.ts';
import { measureWebhook } from './figures/webhook.ts';
import type { Findings } from './report/figure.ts';
import type { Machine } from './report/machine.ts';
import { readLoad, readMachine } from './report/machine.ts';
import { toTable } from './report/table.ts';

const ON_ENVIRONMENT: Partial<Record<Part, (bench: Bench) => Promise<Findings>>> = {
  throughput: measureThroughput,
  create: measureCreate,
  webhook: measureWebhook,
  events: measureEvents,
  books: measureBooks,
};

/** Starts a fresh environment, measures, stops it, and says what came out. No bar is enforced. */
async function run(asked: CommandLine, progress: Progress, signal: AbortSignal): Promise<void> {
  const loadBefore = readLoad();
  const stateDir = await mkdtemp(join(tmpdir(), 'tashlum-bench-'));
  const options = { progress, signal, stateDir, hasPrivatePorts: true, isDisposable: true };
  const environment = await startEnvironment(options);
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('the bench was stopped')), { once: true });
  });
  stopped.catch(() => undefined);
  let bench: Bench | undefined;
  let machine: Machine;
  const findings: Findings[] = [];
  try {
    bench = await openBench(environment, progress, asked);
    machine = await readMachine(bench.temporal, bench.pool, loadBefore);
    for (const part of asked.parts) {
      const measure = ON_ENVIRONMENT[part];
      if (measure === undefined) continue;
      const measured = measure(bench);
      // What still runs when the bench is stopped fails as its servers go; nobody waits for it any more.
      measured.catch(() => undefined);
      findings.push(await Promise.race([measured, stopped]));
    }
  } finally {
    // A stopped bench has calls under way, whose retries must not find their channel closed: the exit ends them.
    await (signal.aborted ? bench?.floor.stop() : bench?.close());
    await environment.stop();
  }
  // Printing alone needs no server, and is measured when none takes its CPU.
  if (asked.parts.includes('receipts')) findings.push(await measureReceipts(progress));
  await report(asked, machine, findings, progress);
}

async function report(
  asked: CommandLine,
  machine: Machine,
  parts: readonly Findings[],
  progress: Progress,
): Promise<void> {
  const figures = parts.flatMap((part) => part.figures);
  const notes = parts.flatMap((part) => part.notes);
  progress.say('');
  for (const line of toTable(machine, { figures, notes }).split('\n')) progress.say(line);
  if (asked.jsonFile !== null)
    await writeFile(asked.jsonFile, `${JSON.stringify({ machine, figures }, null, 2)}\n`);
}

async function main(): Promise<number> {
  let asked: CommandLine;
  try {
    asked = readCommandLine(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return 2;
  }
  const progress = createProgress(process.stdout);
  try {
    await run(asked, progress, createStopRequest());
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 1;
  } finally {
    progress.end();
  }
}

process.exitCode = await main();
process.exit();
