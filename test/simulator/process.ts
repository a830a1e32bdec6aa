import { realNow, realPause } from './machine/clock.ts';
import { openHost } from './machine/host.ts';
import { CHECKS } from './checks/index.ts';
import { currentStory, live } from './life.ts';
import type { Lived, Step } from './life.ts';
import { drawPlan } from './plan.ts';
import type { Plan } from './plan.ts';

/** A process that lives lives, one after the other: told which by its parent, line by line. */
export interface Order {
  readonly seed: number;
  /** Null: the seed's own. */
  readonly plan: Plan | null;
  readonly hasTrouble: boolean;
  readonly steps: readonly Step[] | null;
  /** Lives it a second time: nothing may be otherwise. */
  readonly isTwice: boolean;
  /** Wants to be told what happened even where nothing failed. */
  readonly isTold: boolean;
}
export interface Report extends Lived {
  readonly ms: number;
  /** The process is of no use any more. */
  readonly isStuck: boolean;
  /** Its seed alone does not live it again. */
  readonly isFixed: boolean;
}

const planOf = ({ plan, seed, hasTrouble }: Order): Plan => plan ?? drawPlan(seed, hasTrouble);

/** No life takes so long, however busy the machine is. */
const MOST_REAL_MS = 120_000;

if (process.send !== undefined) {
  const databases = JSON.parse(process.argv[2] ?? '{}') as Parameters<typeof openHost>[0];
  const host = await openHost(databases);
  process.on('message', (order: Order | 'stop') => {
    if (order === 'stop') {
      void host.close().then(() => process.exit(0));
      return;
    }
    const startedAt = realNow();
    void Promise.race([liveOnceOrTwice(order), hang(order)]).then((lived) => {
      const ms = realNow() - startedAt;
      const isFixed = order.plan !== null;
      const report: Report = { ...lived, ms, isStuck: ms >= MOST_REAL_MS, isFixed };
      process.send?.(
        lived.failures.length > 0 || order.isTold ? report : { ...report, story: [], state: null },
      );
    });
  });
  process.send('ready');

  /** A life that stands still is reported like any other that fails; its process is of no use any more. */
  async function hang(order: Order): Promise<Lived> {
    await realPause(MOST_REAL_MS);
    const tasks = host.tasks.living().map((task) => ({
      ...task,
      gates: task.gates.length,
      line: task.line.length,
      connections: task.connections.size,
    }));
    const failure = `it stands still: ${JSON.stringify(tasks)}`;
    return {
      plan: planOf(order),
      steps: [],
      failures: [failure],
      story: currentStory(),
      state: null,
    };
  }

  async function liveOnceOrTwice(order: Order): Promise<Lived> {
    const plan = planOf(order);
    const lived = await live(host, plan, CHECKS, order.steps);
    if (!order.isTwice) return lived;
    const again = await live(host, plan, CHECKS, order.steps);
    const [first, second] = [lived, again].map(({ story }) => story.map(withoutIds));
    const at = first?.findIndex((line, index) => line !== second?.[index]) ?? -1;
    if (at < 0) return lived;
    const failure = `not the same a second time, from line ${at + 1} on: "${first?.[at]}", then "${second?.[at]}"`;
    return { ...lived, failures: [...lived.failures, failure] };
  }
}

/** Ids and ports differ between two runs of the same life, and nothing else. */
function withoutIds(line: string): string {
  return line
    .replace(/[a-z]+_[0-9a-z]{26}/g, '…')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '…')
    .replace(/127\.0\.0\.1:\d+/g, '…');
}
