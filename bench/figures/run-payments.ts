import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { ProcessName } from '../../dev/environment-info.ts';
import type { Bench } from '../bench.ts';
import { writeFloorRows } from '../floors/floor-rows.ts';
import type { LeafInput } from '../floors/floor-workflows.ts';
import type { BenchClinic } from '../load/clinic.ts';
import { payAtSandbox } from '../load/clinic.ts';
import type { Goal } from '../load/completions.ts';
import { difference, readCpu } from '../load/cpu.ts';
import { closedLoop } from '../load/loops.ts';

/** Payments under way at once: enough to keep two cores busy, few enough that none waits for seconds. */
const LANES = 25;
/** What a payment still causes after it is done: the end of its workflow, log lines, WAL. */
const SETTLE_MS = 700;

/** What a stretch of payments took. */
export interface Stretch {
  readonly count: number;
  readonly ms: number;
  /** CPU milliseconds of all of them, by process. */
  readonly cpu: Readonly<Record<string, number>>;
  readonly ids: readonly string[];
}

/** Payments through the engine: create → link → webhook → settled with its document → pushed (and printed). */
export async function runEngine(
  bench: Bench,
  clinic: BenchClinic,
  count: number,
  goal: Goal,
): Promise<Stretch> {
  const ids: string[] = [];
  const pay = async (): Promise<void> => {
    const { id } = await clinic.create();
    const done = bench.completions.until(goal, id);
    await Promise.all([clinic.pay(id, 'once'), done]);
    ids.push(id);
  };
  return measure(
    () => readCpu(enginePids(bench)),
    ids,
    () => closedLoop(numbers(count), LANES, pay),
  );
}

/** The same shape with only the leaf work. */
export async function runLeaves(
  bench: Bench,
  workspaceId: string,
  count: number,
  print: boolean,
): Promise<Stretch> {
  const inputs = await writeFloorRows(bench.pool, workspaceId, count, print);
  const ids: string[] = [];
  const pay = async (input: LeafInput): Promise<void> => {
    const { paymentId } = input;
    await bench.floor.start('leafPayment', paymentId, input);
    await payAtSandbox(bench.caller, bench.info.sandboxUrl, paymentId, 'never');
    const done = bench.floor.untilDone(input);
    await Promise.all([bench.floor.signalPaid(paymentId), done]);
    ids.push(paymentId);
  };
  return measure(
    () => readFloorCpu(bench),
    ids,
    () => closedLoop(inputs, LANES, pay),
  );
}

/** Update-with-Start, signal, end: no activity, no vendor, no row. */
export async function runBare(bench: Bench, count: number): Promise<Stretch> {
  const ids: string[] = [];
  const pay = async (): Promise<void> => {
    const id = `bare-${randomUUID()}`;
    await bench.floor.start('barePayment', id, {});
    const ended = bench.floor.untilEnded(id);
    await Promise.all([bench.floor.signalPaid(id), ended]);
    ids.push(id);
  };
  return measure(
    () => readFloorCpu(bench),
    ids,
    () => closedLoop(numbers(count), LANES, pay),
  );
}

/** Several stretches as one. */
export function join(stretches: readonly Stretch[]): Stretch {
  const cpu: Record<string, number> = {};
  for (const stretch of stretches)
    for (const [name, ms] of Object.entries(stretch.cpu)) cpu[name] = (cpu[name] ?? 0) + ms;
  const sum = (of: (stretch: Stretch) => number): number =>
    stretches.reduce((total, one) => total + of(one), 0);
  return {
    count: sum(({ count }) => count),
    ms: sum(({ ms }) => ms),
    cpu,
    ids: stretches.flatMap(({ ids }) => ids),
  };
}

export const perSecond = ({ count, ms }: Stretch): number => (count * 1_000) / ms;

/** CPU milliseconds a payment, all processes. */
export const cpuEach = ({ count, cpu }: Stretch): number =>
  Object.values(cpu).reduce((sum, ms) => sum + ms, 0) / count;

async function measure(
  readCpuNow: () => Promise<Record<string, number>>,
  ids: readonly string[],
  run: () => Promise<number>,
): Promise<Stretch> {
  const before = await readCpuNow();
  const ms = await run();
  await delay(SETTLE_MS);
  return { count: ids.length, ms, cpu: difference(await readCpuNow(), before), ids };
}

function enginePids({ info }: Bench): Record<ProcessName, number> {
  const { api, worker, temporal, postgres, sandbox } = info.pids;
  if (api === null || worker === null || temporal === null || postgres === null || sandbox === null)
    throw new Error('the bench measures servers that it started: unset TEMPORAL_ADDRESS');
  return { api, worker, temporal, postgres, sandbox };
}

/** The load stands in for the API here, so its own CPU counts; not that of its children. */
async function readFloorCpu(bench: Bench): Promise<Record<string, number>> {
  const { temporal, postgres, sandbox } = enginePids(bench);
  const { user, system } = process.cpuUsage();
  const others = await readCpu({ worker: bench.floor.pid, temporal, postgres, sandbox });
  return { client: (user + system) / 1_000, ...others };
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
