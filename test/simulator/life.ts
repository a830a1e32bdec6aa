import type { Chance } from './machine/chance.ts';
import { createChance } from './machine/chance.ts';
import type { Host } from './machine/host.ts';
import { tidy } from './machine/tidy.ts';
import { openClinic } from './clinic.ts';
import type { Clinic } from './clinic.ts';
import { MOVES } from './moves/index.ts';
import type { Plan } from './plan.ts';
import { bringToRest } from './rest.ts';
import { openWorld } from './world.ts';
import type { World } from './world.ts';

/** One decision of the scheduler: which move, and the seed of what the move itself decides. */
export interface Step {
  readonly move: string;
  readonly seed: number;
}

/** Everything that a move or a check may look at. */
export interface Life {
  readonly plan: Plan;
  readonly world: World;
  readonly clinic: Clinic;
  /** Payments that the app knows of, oldest first. */
  readonly payments: KnownPayment[];
  /** Charges that the business voided in a dashboard that lists no transaction for it. */
  readonly voids: string[];
  /** Charges that are or were disputed at the bank, by the vendor's id, and how the dispute stands. */
  readonly disputes: Map<string, string>;
  /** What persons said of reviews, as the API took it. */
  readonly words: Word[];
  /** The vendor has refused our keys for a time: then nobody need be asked. */
  hadRefusedKeys: boolean;
}

/** A person's decision; `refundId` null where it names no refund. */
export interface Word {
  readonly paymentId: string;
  readonly review: string;
  readonly action: string;
  readonly refundId: string | null;
}

export interface KnownPayment {
  readonly id: string;
  readonly kind: 'link' | 'manual' | 'cheques';
  linkUrl: string | null;
}

export interface Lived {
  readonly plan: Plan;
  readonly steps: readonly Step[];
  readonly failures: readonly string[];
  /** What happened, line by line. */
  readonly story: readonly string[];
  /** What the checks and the model had to go by, where something failed. */
  readonly state: unknown;
}

let current: readonly string[] = [];
/** What has happened so far in the life that is being lived. */
export const currentStory = (): readonly string[] => [...current];

export type Check = (life: Life) => Promise<readonly string[]>;

/**
 * Lives one life: opens a clinic, makes moves, lets the faults stop, and looks at what is left. With `given` it makes those
 * moves instead of drawing its own; one that is not possible at its turn is passed over.
 */
export async function live(
  host: Host,
  plan: Plan,
  checks: readonly Check[],
  given: readonly Step[] | null = null,
): Promise<Lived> {
  host.clock.restart(plan.startAt, `${plan.seed}`);
  host.uncaught.splice(0);
  host.strays.splice(0);
  host.tasks.roundTrips.clear();
  const world = await openWorld(host);
  current = world.notes;
  const steps: Step[] = [];
  const failures: string[] = [];
  let state: unknown = null;
  try {
    const clinic = await openClinic(world, plan);
    const life: Life = {
      plan,
      world,
      clinic,
      payments: [],
      voids: [],
      disputes: new Map(),
      words: [],
      hadRefusedKeys: false,
    };
    for (const step of given ?? draw(life)) {
      if (await make(life, step)) steps.push(step);
    }
    failures.push(...(await bringToRest(life)));
    for (const check of checks) failures.push(...(await check(life)));
    if (failures.length > 0) state = await lookBack(life);
  } catch (error) {
    failures.push(
      `the life broke off: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  }
  const story = [...world.notes];
  await world.close();
  await tidy(host.owner);
  return { plan, steps, failures, story, state };
}

/** Draws one step after the other, by the weights that the moves have at that moment. */
function* draw(life: Life): Generator<Step> {
  const chance = createChance(`moves ${life.plan.seed}`);
  for (let made = 0; made < life.plan.moves; made += 1) {
    const move = chance.weighted(MOVES, (one) => one.weight(life));
    if (move === null) return;
    yield { move: move.name, seed: chance.next() };
  }
}

async function make(life: Life, step: Step): Promise<boolean> {
  const move = MOVES.find(({ name }) => name === step.move);
  if (move === undefined) throw new Error(`there is no move "${step.move}"`);
  if (move.weight(life) <= 0) return false;
  const chance: Chance = createChance(step.seed);
  life.world.clock.advanceTo(life.world.clock.now() + chance.between(5, 400));
  life.world.temporal.fireTimers();
  await life.world.turns();
  const said = await move.make(life, chance);
  life.world.note(`${step.move}: ${said}`);
  await life.world.turns();
  return true;
}

interface VendorCall {
  readonly at: string;
  readonly provider: string;
  readonly operation: string;
  readonly status: number;
}

/** The rows of both sides, for a report. */
async function lookBack({ world, clinic }: Life): Promise<unknown> {
  const rows = async (text: string): Promise<unknown[]> =>
    (await world.host.owner.query(text, [clinic.id])).rows as unknown[];
  return {
    payments: await rows(
      'SELECT id, status, outcome, review, amount, charge_amount, currency, captured_amount, refunded_amount FROM payments WHERE workspace_id = $1',
    ),
    timeline: await rows(
      'SELECT at, payment_id, kind, summary, from_status, to_status FROM payment_log WHERE workspace_id = $1 ORDER BY id',
    ),
    refunds: await rows(
      'SELECT id, amount, status, outcome, origin, is_documented, method, sent_at, failure FROM refunds WHERE workspace_id = $1',
    ),
    documents: await rows(
      'SELECT type, number, document_date, net, vat, total, refund_id, payment_id FROM tax_documents WHERE workspace_id = $1',
    ),
    questions: await rows(
      'SELECT payment_id, reason, subject, answered_at FROM review_questions WHERE workspace_id = $1',
    ),
    vendorTransactions: (await world.control('GET', 'transactions')).json,
    vendorDocuments: (await world.control('GET', 'documents')).json,
    vendorCalls: (await world.control<VendorCall[]>('GET', 'calls')).json.map(
      ({ at, provider, operation, status }) => `${at} ${provider} ${operation} ${status}`,
    ),
    workflows: world.temporal.all().map(({ workflowId, closedAt, end, story, pendingActivities }) => ({
      workflowId,
      end: closedAt === null ? 'open' : end,
      pending: pendingActivities(),
      story,
    })),
  };
}
