import type { Life } from '../life.ts';
import type { Chance } from '../machine/chance.ts';
import { passTime } from '../time.ts';
import { createLinkPayment, post } from './app.ts';
import { hasWork, work } from './machine.ts';
import type { Move } from './move.ts';
import { resolve, reviewed } from './owner.ts';
import { hasPages, pagesOf } from './payer.ts';
import type { Page } from './payer.ts';
import { atDashboard } from './vendor.ts';

/**
 * Scenes: several things that rarely come together by chance, in an order that has hurt before. Each draws its own sums,
 * times and outcomes.
 */
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** A moment passes, in which webhooks leave, and the engine does what it can do then, up to so many pieces. */
export async function workOn(life: Life, chance: Chance, most: number): Promise<void> {
  const { clock, temporal, turns } = life.world;
  clock.advanceTo(clock.now() + chance.between(5, 400));
  temporal.fireTimers();
  await turns();
  for (let i = 0; i < most && hasWork(life); i += 1) life.world.note((await work(life, chance)) ?? '');
}

/** Time passes in pieces, and the engine works in each. */
export async function wait(life: Life, chance: Chance, ms: number, pieces: number): Promise<void> {
  const { clock } = life.world;
  for (let i = 0; i < pieces; i += 1) {
    await passTime(life, clock.now() + Math.ceil(ms / pieces));
    await workOn(life, chance, 20);
  }
}

export interface Paid {
  readonly id: string;
  readonly amount: number;
  readonly left: number;
}

/** Payments that were paid through the vendor and of which something may go back. */
export async function paidOf({ world, clinic }: Life): Promise<readonly Paid[]> {
  const { rows } = await world.host.owner.query<Paid>(
    `SELECT id, captured_amount::float8 AS amount, (captured_amount - refunded_amount)::float8 AS left FROM payments
     WHERE workspace_id = $1 AND status IN ('completed', 'partially_refunded') AND account_id IS NOT NULL
       AND captured_amount > refunded_amount ORDER BY created_at, id`,
    [clinic.id],
  );
  return rows;
}

/** Pays on the newest page that takes money, in this way. */
export async function payNow(life: Life, order: object): Promise<Page | null> {
  const page = (await pagesOf(life))
    .filter(({ status }) => status === 'open' || status === 'declined')
    .at(-1);
  if (page === undefined) return null;
  const { status, json } = await life.world.control<unknown>('POST', `checkouts/${page.id}/pay`, order);
  life.world.note(`pays ${JSON.stringify(order)}: ${status === 200 ? 'done' : JSON.stringify(json)}`);
  return status === 200 ? page : null;
}

/** A payment that is paid and documented: one that is there, or the open one, which somebody pays now. */
export async function havePaid(life: Life, chance: Chance): Promise<Paid | null> {
  const known = await paidOf(life);
  if (known.length > 0) return chance.pick(known);
  if (!hasPages(life)) await createLinkPayment(life, chance);
  await workOn(life, chance, 20);
  if ((await payNow(life, { webhook: 'once' })) === null) return null;
  await workOn(life, chance, 40);
  return (await paidOf(life)).at(-1) ?? null;
}

async function expiryOf({ world, clinic }: Life, paymentId: string): Promise<number | null> {
  const { rows } = await world.host.owner.query<{ at: Date | null }>(
    'SELECT expires_at AS at FROM payments WHERE workspace_id = $1 AND id = $2',
    [clinic.id, paymentId],
  );
  return rows[0]?.at?.getTime() ?? null;
}

/** Slow things of the vendor take so much longer; only before its first payment, or what it told of earlier ones would change. */
export async function slowDown({ world, plan }: Life, scale: number): Promise<boolean> {
  if ((await world.control<unknown[]>('GET', 'transactions')).json.length > 0) return false;
  await world.control('POST', 'time-scale', { provider: plan.provider, scale });
  return true;
}

/** Stripe's slow debit is pending for so many seconds; elsewhere the webhook is early and the read-back late. */
async function slowOrder(life: Life, chance: Chance): Promise<object> {
  if (life.plan.provider === 'stripe' && chance.once(2) && (await slowDown(life, 1_000)))
    return { webhook: 'once', method: 'us_bank_account' };
  return { webhook: 'once', readBackDelayMs: chance.pick([40 * MINUTE, 2 * HOUR, 6 * HOUR]) };
}

/** Money is on its way, and meanwhile the link expires, somebody cancels, or the payer opens the link again. */
async function underWay(life: Life, chance: Chance): Promise<string> {
  const { world } = life;
  if (!hasPages(life)) await createLinkPayment(life, chance);
  await workOn(life, chance, 20);
  const order = await slowOrder(life, chance);
  const expiresAt = await expiryOf(life, (await pagesOf(life)).at(-1)?.reference ?? '');
  const isLate = chance.once(2) && expiresAt !== null && expiresAt > world.clock.now() + 6 * MINUTE;
  if (isLate) await passTime(life, expiresAt - 4 * MINUTE);
  await workOn(life, chance, 20);
  const page = await payNow(life, order);
  if (page === null) return 'no page takes money';
  await workOn(life, chance, 20);
  const said = chance.once(2)
    ? await post(life, `/v1/payments/${page.reference}/cancel`, {}, chance)
    : 'waits';
  await wait(life, chance, chance.pick([10 * MINUTE, 90 * MINUTE, 3 * HOUR]), 5);
  return said;
}

/** The vendor tells of a refund, a dispute or a second payment, and shows it only later. */
async function earlyNews(life: Life, chance: Chance): Promise<string> {
  if ((await havePaid(life, chance)) === null) return 'nothing is paid';
  const said = await tellEarly(life, chance);
  await workOn(life, chance, 30);
  await wait(life, chance, chance.pick([SECOND, 20 * SECOND]), 2);
  return said;
}

async function tellEarly(life: Life, chance: Chance): Promise<string> {
  const lag = { readBackDelayMs: chance.pick([30 * SECOND, 10 * MINUTE, 5 * HOUR, 20 * HOUR]) };
  const acts: (() => Promise<string>)[] = [
    () => atDashboard(life, chance, 'refund', { ...lag, amount: chance.between(1, life.plan.amount) }),
    () => atDashboard(life, chance, 'refund', lag),
    async () => ((await payAgain(life, { webhook: 'once', ...lag })) ? 'pays again' : 'cannot pay again'),
  ];
  if (life.plan.provider === 'stripe')
    acts.push(() => atDashboard(life, chance, 'dispute', { ...lag, status: 'open' }));
  return chance.pick(acts)();
}

/** On a page that is paid. */
async function payAgain(life: Life, order: object): Promise<boolean> {
  const page = (await pagesOf(life)).filter(({ status }) => status === 'paid').at(-1);
  if (page === undefined) return false;
  return (await life.world.control('POST', `checkouts/${page.id}/pay`, order)).status === 200;
}

const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  amount_mismatch: ['accept', 'refund', 'dismiss'],
  duplicate_payment: ['accept', 'refund'],
  late_success: ['accept', 'refund'],
  provider_dispute: ['refund', 'dismiss'],
};

/** A person decides, and before anybody carries that out the vendor has more to tell. */
async function newsBeforeExecution(life: Life, chance: Chance): Promise<string> {
  if ((await reviewed(life)).length === 0) {
    if ((await havePaid(life, chance)) === null || !(await payAgain(life, { webhook: 'once' })))
      return 'there is nothing to decide';
    await workOn(life, chance, 40);
  }
  const open = (await reviewed(life)).filter(({ review }) => review !== 'unknown_outcome');
  if (open.length === 0) return 'there is nothing to decide';
  const one = chance.pick(open);
  const said = await resolve(life, one, {
    action: chance.pick(ACTIONS[one.review] ?? ['accept', 'dismiss']),
  });
  life.world.note(await tellOnTime(life, chance));
  for (let i = 0; i < 6 && life.world.letters.length > 0; i += 1)
    life.world.note(await life.world.deliver(0));
  await workOn(life, chance, 40);
  return `${one.review} ${said}`;
}

function tellOnTime(life: Life, chance: Chance): Promise<string> {
  const acts: (() => Promise<string>)[] = [
    () => atDashboard(life, chance, 'refund', { amount: chance.between(1, life.plan.amount) }),
    () => atDashboard(life, chance, 'refund', {}),
    async () => ((await payAgain(life, { webhook: 'once' })) ? 'pays again' : 'cannot pay again'),
  ];
  return chance.pick(acts)();
}

/** The payer pays twice, and the bank disputes or takes the second charge, which no document stands for. */
async function secondAtBank(life: Life, chance: Chance): Promise<string> {
  if ((await havePaid(life, chance)) === null || !(await payAgain(life, { webhook: 'once' })))
    return 'nobody pays twice';
  await workOn(life, chance, 40);
  const disputed = await atDashboard(life, chance, 'dispute', {
    status: chance.pick(['lost', 'lost', 'open']),
  });
  await workOn(life, chance, 40);
  const [one] = await reviewed(life);
  if (one === undefined) return `${disputed}, and nobody is asked`;
  const said = await resolve(life, one, { action: chance.pick(['refund', 'refund', 'accept']) });
  await workOn(life, chance, 40);
  return `${disputed}: ${one.review} ${said}`;
}

const scene = (name: string, weight: number, make: Move['make']): Move => ({
  name,
  weight: ({ plan, payments }) => (payments.length === 0 ? 0 : weight * plan.trouble),
  make,
});

export const SCENES: readonly Move[] = [
  scene('money is on its way and not shown', 2, underWay),
  scene('the vendor tells early what it shows late', 2, earlyNews),
  scene('news comes between a decision and its execution', 1.5, newsBeforeExecution),
  {
    name: 'the bank disputes the second of two charges',
    weight: ({ plan, payments }) =>
      payments.length > 0 && plan.provider === 'stripe' ? 2 * plan.trouble : 0,
    make: secondAtBank,
  },
];
