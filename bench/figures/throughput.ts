import type { Bench } from '../bench.ts';
import { engineHistoryLength } from '../bench.ts';
import type { BenchClinic } from '../load/clinic.ts';
import { openBenchClinic } from '../load/clinic.ts';
import { byTurns } from '../load/loops.ts';
import { toFigure } from '../report/figure.ts';
import type { Figure, Findings } from '../report/figure.ts';
import type { Stretch } from './run-payments.ts';
import { cpuEach, join, perSecond, runBare, runEngine, runLeaves } from './run-payments.ts';

/** Engine and floors take turns this often. */
const BLOCKS = 2;
const WARM_UP = 40;
/** Histories that are counted. */
const SAMPLE = 20;

interface Stretches {
  readonly engine: Stretch;
  readonly leaves: Stretch;
  readonly bare: Stretch;
}

/** Payments a second, CPU and history of a payment, each beside its floor; printing on demand, then at issue. */
export async function measureThroughput(bench: Bench): Promise<Findings> {
  const onDemand = await openBenchClinic(bench.info, bench.caller, 'on_demand');
  const atIssue = await openBenchClinic(bench.info, bench.caller, 'at_issue');
  const floorClinic = await openBenchClinic(bench.info, bench.caller, 'on_demand');
  await bench.progress.step('Warm-up', async () => {
    await runEngine(bench, onDemand, WARM_UP, 'pushed');
    await runEngine(bench, atIssue, WARM_UP / 4, 'pushed_and_printed');
    await runLeaves(bench, floorClinic.id, WARM_UP, true);
    await runBare(bench, WARM_UP);
  });
  const plain = await bench.progress.step('Payments', () => runByTurns(bench, onDemand, floorClinic, false));
  const printing = await bench.progress.step('Payments, printing', () =>
    runByTurns(bench, atIssue, floorClinic, true),
  );
  return {
    figures: [
      ...toRates(plain, printing),
      ...(await countHistories(bench, onDemand, plain, atIssue, printing)),
      toFigure('cpu_ms_per_payment', cpuEach(plain.engine), 'ms', cpuEach(plain.bare)),
    ],
    notes: [
      'One workspace takes all payments of a figure, so that all wait for one counter of document numbers.',
      `CPU ms a payment: ${describeCpu(plain.engine)}; its leaf work: ${describeCpu(plain.leaves)}; bare: ${describeCpu(plain.bare)}.`,
      `CPU ms a payment with printing: ${describeCpu(printing.engine)}; its leaf work: ${describeCpu(printing.leaves)}.`,
      `Bare workflows without activities: ${perSecond(plain.bare).toFixed(1)}/s.`,
    ],
  };
}

async function runByTurns(
  bench: Bench,
  clinic: BenchClinic,
  floorClinic: BenchClinic,
  print: boolean,
): Promise<Stretches> {
  const count = Math.ceil(bench.payments / BLOCKS);
  const engine: Stretch[] = [];
  const leaves: Stretch[] = [];
  const bare: Stretch[] = [];
  await byTurns(
    BLOCKS,
    async () => {
      leaves.push(await runLeaves(bench, floorClinic.id, count, print));
      if (!print) bare.push(await runBare(bench, count));
    },
    async () => {
      engine.push(await runEngine(bench, clinic, count, print ? 'pushed_and_printed' : 'pushed'));
    },
  );
  return { engine: join(engine), leaves: join(leaves), bare: join(bare) };
}

function toRates(plain: Stretches, printing: Stretches): Figure[] {
  const rate = perSecond(plain.engine);
  return [
    toFigure('payments_per_second', rate, '/s', perSecond(plain.leaves)),
    toFigure('payments_per_second_beside_bare', rate, '/s', perSecond(plain.bare)),
    toFigure('payments_per_second_printing', perSecond(printing.engine), '/s', perSecond(printing.leaves)),
  ];
}

async function countHistories(
  bench: Bench,
  onDemand: BenchClinic,
  plain: Stretches,
  atIssue: BenchClinic,
  printing: Stretches,
): Promise<Figure[]> {
  const bare = await averageOf(plain.bare, bench.floor.historyLength);
  const engine = await averageOf(plain.engine, (id) => engineHistoryLength(bench, onDemand.id, id));
  const printed = await averageOf(printing.engine, (id) => engineHistoryLength(bench, atIssue.id, id));
  return [
    toFigure('history_events_per_payment', engine, 'events', bare),
    toFigure('history_events_per_payment_printing', printed, 'events', bare),
  ];
}

/** Of the last ones: nothing is known to be different about them. */
async function averageOf({ ids }: Stretch, read: (id: string) => Promise<number>): Promise<number> {
  const lengths = await Promise.all(ids.slice(-SAMPLE).map(read));
  return lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
}

function describeCpu(stretch: Stretch): string {
  const parts = Object.entries(stretch.cpu).map(([name, ms]) => `${name} ${(ms / stretch.count).toFixed(1)}`);
  return `${cpuEach(stretch).toFixed(1)} (${parts.join(', ')})`;
}
