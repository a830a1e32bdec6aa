import type { Copier } from '../../db/copy-rows.ts';
import { lockLastNumbers, setLastNumbers } from '../../db/first-numbers.ts';
import { chanceAt } from './chance.ts';
import type { SeededClinic } from './clinics.ts';
import { drawFate, drawPayment } from './draw-payment.ts';
import type { DrawnPayment } from './draw-payment.ts';
import { createMoments } from './moments.ts';
import { createSeededIds } from './seeded-ids.ts';
import { SEEDED_TABLES } from './seeded-tables.ts';
import type { SeededRows, SeededTable } from './seeded-tables.ts';
import { writeBatch } from './write-batch.ts';

/** What is sown, the same for all clinics. */
export interface Season {
  readonly seed: number;
  /** Payments are paid, or end, from the first of these days to before the second, 00:00 UTC. */
  readonly from: Date;
  readonly to: Date;
  /** Open links are made in the weeks before this moment. */
  readonly today: Date;
}

const PAYMENTS_A_BATCH = 10_000;
/** One payment in so many is open. */
const OPEN_OF = 70;
const OPEN_DAYS = 20;
const DAY = 86_400_000;

/**
 * Writes all payments of a clinic. Every batch is one transaction that leaves sound books, so a seed that is stopped in the middle
 * leaves fewer payments and nothing wrong.
 * @returns how many rows were written
 */
export async function sow(
  copier: Copier,
  clinic: SeededClinic,
  season: Season,
  onBatch: (payments: number) => void,
): Promise<number> {
  const ids = createSeededIds(season.seed, clinic.workspace.id);
  let rows = 0;
  for (const drawn of drawBatches(clinic, season)) {
    rows += await copier.batch(async (tx) => {
      const numbers = await lockLastNumbers(tx, clinic.workspace.id);
      const written = writeBatch(clinic, ids, drawn, numbers);
      const count = await copyAll(copier, written);
      await setLastNumbers(tx, clinic.workspace.id, numbers);
      return count;
    });
    onBatch(drawn.length);
  }
  return rows;
}

async function copyAll(copier: Copier, rows: SeededRows): Promise<number> {
  let count = 0;
  for (const table of Object.keys(SEEDED_TABLES) as SeededTable[]) {
    if (rows[table].length === 0) continue;
    await copier.copy<string>(table, SEEDED_TABLES[table], rows[table]);
    count += rows[table].length;
  }
  return count;
}

/** Past payments in the order of their time, then the open ones. */
function* drawBatches(clinic: SeededClinic, season: Season): Generator<DrawnPayment[]> {
  const hasProvider = clinic.provider !== null;
  const open = hasProvider ? Math.floor(clinic.payments / OPEN_OF) : 0;
  const past = clinic.payments - open;
  const moments = createMoments(season.from, season.to);
  const owner = Number.parseInt(Buffer.from(clinic.workspace.id.slice(-4)).toString('hex'), 16);
  const draw = (place: number): DrawnPayment => {
    const chance = chanceAt(season.seed, owner, place);
    if (place >= past) {
      const at = new Date(season.today.getTime() - Math.floor(chance.unit() * OPEN_DAYS * DAY));
      return drawPayment(chance, place, at, 'open');
    }
    return drawPayment(chance, place, moments((place + chance.unit()) / past), drawFate(chance, hasProvider));
  };
  for (const [from, to] of [
    [0, past],
    [past, clinic.payments],
  ] as const)
    for (let at = from; at < to; at += PAYMENTS_A_BATCH) {
      const count = Math.min(PAYMENTS_A_BATCH, to - at);
      yield Array.from({ length: count }, (_, index) => draw(at + index));
    }
}
