import type { Life } from './life.ts';
import { createChance } from './machine/chance.ts';
import { nextDue } from './machine/tidy.ts';
import { night, work } from './moves/machine.ts';
import { resolveUnknown } from './moves/owner.ts';
import { passTime } from './time.ts';

const MOST_ROUNDS = 800;
const DAY_MS = 86_400_000;
/** The vendors are asked about news that they do not show for so long (newsDueAt), and then no more. */
const HORIZON_MS = 130 * DAY_MS;
const LEAST_PAUSE_MS = 1_000;
const MOST_PAUSE_MS = DAY_MS / 2;
/** From one round of nothing to do to the next: a worker that is busy elsewhere comes later and later. */
const WIDER = 1.5;
/** Days after the faults stopped at which the books are compared with what vendors say. */
const NIGHTS = [0.5, 3.6, 40.6];
/**
 * The comparison asks about a payment in certain nights, by its age in days. Here are the next night of each age, and
 * as many as there were days with charges.
 */
const LATE_NIGHTS = [7.5, 14.5, 30.5, 60.5, 90.5];

/**
 * The faults stop: vendors are up, nothing is lost any more, time passes. Everything must come to rest, which is where
 * nothing is left to do but what waits for a person. Returns why it did not.
 */
export async function bringToRest(life: Life): Promise<readonly string[]> {
  const { world, plan } = life;
  const chance = createChance(`rest ${plan.seed}`);
  await calmDown(life);
  const begunAt = world.clock.now();
  const nights = [...NIGHTS.map((days) => begunAt + days * DAY_MS), ...(await lateNights(life))].sort(
    (one, other) => one - other,
  );
  let pauseMs = LEAST_PAUSE_MS;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const said = await work(life, chance);
    if (said !== null) {
      world.note(said);
      continue;
    }
    const next = Math.min((await nextAt(life)) ?? Infinity, nights[0] ?? Infinity);
    if (next > begunAt + HORIZON_MS) return [];
    if (world.clock.now() > begunAt + 2 * DAY_MS && (await resolveUnknown(life))) continue;
    await passTime(life, Math.max(next, world.clock.now() + pauseMs));
    pauseMs = Math.min(pauseMs * WIDER, MOST_PAUSE_MS);
    if (world.clock.now() < (nights[0] ?? Infinity)) continue;
    nights.shift();
    await night(life);
  }
  const open = world.temporal
    .running()
    .map(({ workflowId, pendingActivities }) => ({ workflowId, pending: pendingActivities() }));
  return [`it does not come to rest after ${MOST_ROUNDS} rounds: ${JSON.stringify(open)}`];
}

async function lateNights({ world }: Life): Promise<readonly number[]> {
  const { json } = await world.control<{ kind: string; at: string }[]>('GET', 'transactions');
  const charges = json.filter(({ kind }) => kind === 'charge').map(({ at }) => Date.parse(at));
  const firstOfDay = charges.filter(
    (at, n) => !charges.slice(0, n).some((earlier) => at - earlier < DAY_MS / 4),
  );
  return firstOfDay.flatMap((at) => {
    const next = LATE_NIGHTS.find((days) => at + days * DAY_MS > world.clock.now());
    return next === undefined ? [] : [at + next * DAY_MS];
  });
}

async function calmDown({ world }: Life): Promise<void> {
  await world.control('DELETE', 'faults');
  world.network.trouble = [];
  world.network.spells = [];
  world.armed.tries = [];
  world.armed.meanwhile = 0;
  world.armed.mails = [];
  world.reach.away = 0;
  world.reach.answersLost = 0;
  for (const task of world.tasks.living()) task.fault = null;
  for (const task of world.tasks.paused()) await world.tasks.release(task);
  world.note('--- the faults stop ---');
}

async function nextAt({ world }: Life): Promise<number | null> {
  const times = [world.clock.nextTimerAt(), world.temporal.nextAt(), await nextDue(world.host.owner)];
  const known = times.filter((at) => at !== null);
  return known.length === 0 ? null : Math.min(...known);
}
