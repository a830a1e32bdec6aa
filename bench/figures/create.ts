import { newId } from '../../src/domain/ids.ts';
import type { Bench } from '../bench.ts';
import { openBenchClinic } from '../load/clinic.ts';
import { byTurns, inBlocks, openLoop } from '../load/loops.ts';
import { median, percentile } from '../load/percentile.ts';
import { toFigure } from '../report/figure.ts';
import type { Findings } from '../report/figure.ts';

const PER_SECOND = 20;
const SAMPLES = 300;
const BLOCKS = 3;
const WARM_UP = 20;

/** `POST /v1/payments` → 201 with its link beside the same page made by a workflow of one activity, both at 20/s. */
export async function measureCreate(bench: Bench): Promise<Findings> {
  const clinic = await openBenchClinic(bench.info, bench.caller, 'on_demand');
  const floor: number[] = [];
  const regular: number[] = [];
  const engine: number[] = [];
  const ids = inBlocks(SAMPLES, BLOCKS, () => newId('payment'));
  const regularIds = inBlocks(SAMPLES, BLOCKS, () => newId('payment'));
  let late = 0;
  const create = async (): Promise<void> => {
    if (!(await clinic.create()).hasLink) late += 1;
  };
  const makePage = (workflow: 'pageByLocal' | 'pageByRegular') => (paymentId: string) =>
    bench.floor.start(workflow, paymentId, { paymentId });

  await bench.progress.step('Creates', async () => {
    await openLoop(numbers(WARM_UP), PER_SECOND, create);
    await openLoop(
      numbers(WARM_UP).map(() => newId('payment')),
      PER_SECOND,
      makePage('pageByLocal'),
    );
    await byTurns(
      BLOCKS,
      async (block) => {
        floor.push(...(await openLoop(ids[block] ?? [], PER_SECOND, makePage('pageByLocal'))));
        regular.push(...(await openLoop(regularIds[block] ?? [], PER_SECOND, makePage('pageByRegular'))));
      },
      async (block) => {
        engine.push(...(await openLoop(ids[block] ?? [], PER_SECOND, create)));
      },
    );
  });
  return {
    figures: [
      toFigure('create_p50', median(engine), 'ms', median(floor)),
      toFigure('create_p99', percentile(engine, 0.99), 'ms', percentile(floor, 0.99)),
    ],
    notes: [
      `Create floor: one local activity, as the engine uses; with one regular activity p50 ${median(regular).toFixed(1)} ms, ` +
        `p99 ${percentile(regular, 0.99).toFixed(1)} ms. ${SAMPLES} samples each; ${late} creates were answered before their link was there (202).`,
    ],
  };
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
