import { setTimeout as delay } from 'node:timers/promises';
import { newId } from '../../src/domain/ids.ts';
import type { Bench } from '../bench.ts';
import { startBareWebhook } from '../floors/bare-webhook.ts';
import type { BenchClinic } from '../load/clinic.ts';
import { openBenchClinic } from '../load/clinic.ts';
import { byTurns, closedLoop, inBlocks, openLoop } from '../load/loops.ts';
import { median, percentile } from '../load/percentile.ts';
import { toFigure } from '../report/figure.ts';
import type { Findings } from '../report/figure.ts';

const PER_SECOND = 20;
const SAMPLES = 300;
const BLOCKS = 3;
const WARM_UP = 20;
const LANES = 10;
/** "Low load" for the way from webhook to document. */
const QUIET_SAMPLES = 50;
const QUIET_PER_SECOND = 2;
const LOOK_EVERY_MS = 3;

/** A payment that was paid at the vendor, whose webhook is still to come. */
interface PaidPayment {
  readonly id: string;
  readonly transactionId: string;
}

/** How soon a webhook is acknowledged, and how soon its payment is completed and documented. */
export async function measureWebhook(bench: Bench): Promise<Findings> {
  const clinic = await openBenchClinic(bench.info, bench.caller, 'on_demand');
  const acknowledged = await bench.progress.step('Webhooks', () => measureAcknowledgement(bench, clinic));
  const documented = await bench.progress.step('Webhook to document', () => measureDocument(bench, clinic));
  const { floor, engine } = acknowledged;
  return {
    figures: [
      toFigure('webhook_ack_p50', median(engine), 'ms', median(floor)),
      toFigure('webhook_ack_p99', percentile(engine, 0.99), 'ms', percentile(floor, 0.99)),
      toFigure('webhook_to_document_p50_ms', median(documented), 'ms', null),
    ],
    notes: [
      `Webhooks: the engine settles and pushes each payment meanwhile (${PER_SECOND}/s); its floor has the machine to itself. ${SAMPLES} samples each.`,
      `Webhook to document at ${QUIET_PER_SECOND}/s: p50 ${median(documented).toFixed(0)} ms, p95 ${percentile(documented, 0.95).toFixed(0)} ms of ${QUIET_SAMPLES}.`,
    ],
  };
}

async function measureAcknowledgement(
  bench: Bench,
  clinic: BenchClinic,
): Promise<{ floor: number[]; engine: number[] }> {
  const bare = await startBareWebhook(bench.pool, bench.caller, bench.info.databaseUrl);
  const floor: number[] = [];
  const engine: number[] = [];
  try {
    await openLoop(ids(WARM_UP), PER_SECOND, bare.callBack);
    await sendAll(bench, clinic, await payWithoutWebhook(clinic, WARM_UP));
    await byTurns(
      BLOCKS,
      async (block) => {
        const blocks = inBlocks(SAMPLES, BLOCKS, () => newId('payment'));
        floor.push(...(await openLoop(blocks[block] ?? [], PER_SECOND, bare.callBack)));
      },
      async () => {
        engine.push(...(await sendAll(bench, clinic, await payWithoutWebhook(clinic, SAMPLES / BLOCKS))));
      },
    );
  } finally {
    await bare.stop();
  }
  return { floor, engine };
}

/** Sends the webhooks at 20/s and waits until all that follows has ended. */
async function sendAll(bench: Bench, clinic: BenchClinic, paid: readonly PaidPayment[]): Promise<number[]> {
  const done = paid.map(({ id }) => bench.completions.until('pushed', id));
  const [took] = await Promise.all([
    openLoop(paid, PER_SECOND, ({ id, transactionId }) => clinic.callBack(id, transactionId)),
    ...done,
  ]);
  return took;
}

async function measureDocument(bench: Bench, clinic: BenchClinic): Promise<number[]> {
  const paid = await payWithoutWebhook(clinic, QUIET_SAMPLES);
  const toDocument = async ({ id, transactionId }: PaidPayment): Promise<void> => {
    await clinic.callBack(id, transactionId);
    await untilDocumented(bench, id);
  };
  return openLoop(paid, QUIET_PER_SECOND, toDocument);
}

/** Looks every few milliseconds, at a load at which that costs nothing. */
async function untilDocumented({ pool }: Bench, paymentId: string): Promise<void> {
  for (;;) {
    const { rowCount } = await pool.query(
      `SELECT 1 FROM payments p JOIN tax_documents d ON d.payment_id = p.id WHERE p.id = $1 AND p.status = 'completed'`,
      [paymentId],
    );
    if (rowCount === 1) return;
    await delay(LOOK_EVERY_MS);
  }
}

async function payWithoutWebhook(clinic: BenchClinic, count: number): Promise<PaidPayment[]> {
  const paid: PaidPayment[] = [];
  await closedLoop(ids(count), LANES, async () => {
    const { id } = await clinic.create();
    paid.push({ id, transactionId: await clinic.pay(id, 'never') });
  });
  return paid;
}

const ids = (count: number): string[] => Array.from({ length: count }, () => newId('payment'));
