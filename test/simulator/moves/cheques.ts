import type { KnownPayment, Life } from '../life.ts';
import type { Chance } from '../machine/chance.ts';
import { passTime } from '../time.ts';
import { MOST_PAYMENTS, ordersOf, place } from './app.ts';
import type { Move } from './move.ts';
import { workOn } from './scenes.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** What a payer gives who pays later: dealers of VAT, whose invoices no service makes, take such cheques. */
const takesCheques = ({ plan }: Life): boolean =>
  plan.service === null && (plan.dealerType === 'osek_murshe' || plan.dealerType === 'company');

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** One cheque, or two of one day. Some were given weeks ago and are recorded now; their day may be over. */
function chequeBody({ plan, world }: Life, chance: Chance): Record<string, unknown> {
  const givenAt = world.clock.now() - chance.pick([0, 0, DAY, 20 * DAY]);
  const dueDate = dayOf(givenAt + chance.pick([DAY, 2 * DAY, 14 * DAY, 45 * DAY]));
  const check = (number: string) => ({ bank: '12', branch: '613', account: '448811', number, dueDate });
  const first = Math.ceil(plan.amount / 3);
  return {
    amount: plan.amount,
    paidOn: dayOf(givenAt),
    ...(chance.once(2)
      ? { method: 'check', check: check('71') }
      : {
          means: [
            { method: 'check', amount: first, check: check('71') },
            { method: 'check', amount: plan.amount - first, check: check('72') },
          ],
        }),
  };
}

const cheques = ({ payments }: Life): readonly KnownPayment[] =>
  payments.filter(({ kind }) => kind === 'cheques');

/** 06:00 in Israel of the due date, when the timer of the invoice rings. */
async function dueAt({ world }: Life, paymentId: string): Promise<number> {
  const { rows } = await world.host.owner.query<{ at: Date }>(
    `SELECT (invoice_due_on + time '06:00') AT TIME ZONE 'Asia/Jerusalem' AS at FROM manual_payments WHERE payment_id = $1`,
    [paymentId],
  );
  return rows[0]?.at.getTime() ?? world.clock.now();
}

/** The bank pays no cheque of that sum, or the money goes back in cash. */
function bounce(life: Life, { id }: KnownPayment, chance: Chance): Promise<string> {
  const amount = chance.pick([{}, {}, { amount: Math.ceil(life.plan.amount / 3) }]);
  const method = chance.pick(['original', 'original', 'cash']);
  return place(life, `/v1/payments/${id}/refunds`, { reason: 'it bounced', method, ...amount }, chance);
}

/** The workers' memory goes while the timer waits. */
async function restart({ world }: Life): Promise<void> {
  for (const task of world.tasks.paused()) world.tasks.kill(task);
  await world.restartWorker();
}

/** The day of the cheques comes; they bounce a moment before, in the same moment, after it, or not at all. */
async function fallDue(life: Life, chance: Chance): Promise<string> {
  const { world } = life;
  const payment = chance.pick(cheques(life));
  const at = await dueAt(life, payment.id);
  const when = chance.pick(['never', 'before', 'at once', 'after'] as const);
  if (world.clock.now() < at - MINUTE) await passTime(life, at - MINUTE);
  if (chance.once(2)) await restart(life);
  if (when === 'before') await bounce(life, payment, chance);
  if (chance.once(2)) await workOn(life, chance, 20);
  if (world.clock.now() <= at) world.clock.advanceTo(at + chance.below(2_000));
  world.temporal.fireTimers();
  if (when === 'at once') await bounce(life, payment, chance);
  if (chance.once(3)) await restart(life);
  await workOn(life, chance, 20);
  if (when === 'after') await bounce(life, payment, chance);
  return when === 'never' ? 'they are paid' : `they bounce: ${when}`;
}

export const CHEQUE_MOVES: readonly Move[] = [
  {
    name: 'the payer gives post-dated cheques',
    weight: (life) => {
      if (!takesCheques(life) || life.payments.length >= MOST_PAYMENTS) return 0;
      return life.payments.length === 0 ? 40 : 3;
    },
    make: (life, chance) => {
      // The receipt is written, and who would start the timer is gone.
      if (life.plan.trouble > 0 && chance.once(4))
        life.world.armed.tries.push({
          name: 'recordCharge',
          fault: { at: chance.between(6, 18), how: 'die_after' },
        });
      return place(
        life,
        '/v1/payments/manual',
        {
          ...chequeBody(life, chance),
          description: 'פגישה',
          reference: `cheques-${ordersOf(life).length + 1}`,
        },
        chance,
      );
    },
  },
  {
    name: 'post-dated cheques fall due',
    weight: (life) => (cheques(life).length > 0 ? 4 : 0),
    make: fallDue,
  },
  {
    name: 'a post-dated cheque bounces',
    weight: (life) => (cheques(life).length > 0 ? 3 : 0),
    make: (life, chance) => bounce(life, chance.pick(cheques(life)), chance),
  },
  {
    name: 'workers restart while cheques wait',
    weight: (life) => (cheques(life).length > 0 ? 2 * Math.min(1, life.plan.trouble) : 0),
    make: async (life) => {
      await restart(life);
      return 'what they had in memory is gone';
    },
  },
];
