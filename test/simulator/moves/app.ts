import type { KnownPayment, Life } from '../life.ts';
import type { Chance } from '../machine/chance.ts';
import type { TaskFault } from '../machine/tasks.ts';
import type { Call } from '../machine/requests.ts';
import { workUntil } from './machine.ts';
import type { Move } from './move.ts';

/** A request that is paid for once: the same key, the same body, however often it is sent. */
export interface Order {
  readonly path: string;
  readonly key: string;
  readonly body: unknown;
  readonly calls: Call[];
}

/** Orders of each life, for retries with the same key and for the check that each key has one answer. */
const orders = new WeakMap<Life, Order[]>();
export const ordersOf = (life: Life): Order[] => {
  const known = orders.get(life) ?? [];
  orders.set(life, known);
  return known;
};

export const MOST_PAYMENTS = 3;
const HOW: readonly TaskFault['how'][] = ['die_before', 'die_after', 'lose_commit', 'break'];

/** Where there is trouble, the API's process may die under a request, or lose its database for a moment. */
const drawFault = ({ plan }: Life, chance: Chance): TaskFault | null =>
  plan.trouble > 0 && chance.once(8) ? { at: chance.between(1, 14), how: chance.pick(HOW) } : null;

export async function place(life: Life, path: string, body: unknown, chance: Chance): Promise<string> {
  const order = { path, key: `key-${ordersOf(life).length + 1}`, body, calls: [] };
  ordersOf(life).push(order);
  return repeat(life, order, chance);
}

async function repeat(life: Life, order: Order, chance: Chance): Promise<string> {
  const { world, clinic } = life;
  const call = await world.call('POST', order.path, {
    key: clinic.key,
    body: order.body,
    headers: { 'idempotency-key': order.key },
    fault: drawFault(life, chance),
  });
  order.calls.push(call);
  await workUntil(life, chance, call);
  await noteWhatCame(life);
  return sayOf(call);
}

const sayOf = ({ label, answer, task }: Call): string => {
  if (answer === null) return `${label}: ${task.isDead ? 'its process died' : 'waits'}`;
  const { code } = answer.json as { code?: string };
  return `${label}: ${answer.status}${code ? ` ${code}` : ''}`;
};

/** The app learns of its payments from its own database: an answer may have been lost. */
async function noteWhatCame({ world, clinic, payments }: Life): Promise<void> {
  const { rows } = await world.host.owner.query<Omit<KnownPayment, 'linkUrl'>>(
    `SELECT id, CASE WHEN invoice_due_on IS NOT NULL THEN 'cheques' WHEN provider = 'manual' THEN 'manual' ELSE 'link' END AS kind
     FROM payments p LEFT JOIN manual_payments m ON m.payment_id = p.id
     WHERE p.workspace_id = $1 ORDER BY p.created_at, p.id`,
    [clinic.id],
  );
  for (const { id, kind } of rows) {
    if (payments.some((known) => known.id === id)) continue;
    payments.push({ id, kind, linkUrl: null });
  }
}

export const createLinkPayment = (life: Life, chance: Chance): Promise<string> => {
  const { plan, world } = life;
  const isMurshe = plan.dealerType === 'osek_murshe' || plan.dealerType === 'company';
  return place(
    life,
    '/v1/payments',
    {
      amount: plan.amount,
      description: 'פגישה',
      reference: `order-${ordersOf(life).length + 1}`,
      customer: { name: 'Dana Levi', phone: '0501234567', email: 'dana@example.test' },
      expiresAt: new Date(world.clock.now() + plan.lifeSeconds * 1_000).toISOString(),
      ...(isMurshe && chance.once(5) ? { vatIncluded: false } : {}),
      ...(chance.once(4) ? { successUrl: 'https://app.example.test/thanks' } : {}),
      ...(chance.once(4) ? { request: { at: 'immediately', remindAfterDays: 1 } } : {}),
    },
    chance,
  );
};

const one = (life: Life, chance: Chance): KnownPayment | null =>
  life.payments.length === 0 ? null : chance.pick(life.payments);

export async function post(life: Life, path: string, body: unknown, chance: Chance): Promise<string> {
  const { world, clinic } = life;
  const call = await world.call('POST', path, { key: clinic.key, body, fault: drawFault(life, chance) });
  await workUntil(life, chance, call);
  return sayOf(call);
}

function refundBody({ plan, world }: Life, chance: Chance): Record<string, unknown> {
  const method = chance.once(6) ? chance.pick(['cash', 'bank_transfer', 'check']) : 'original';
  return {
    reason: 'asked for',
    method,
    ...(chance.once(2)
      ? {}
      : { amount: chance.pick([1, chance.between(1, plan.amount), Math.ceil(plan.amount / 2)]) }),
    ...(method !== 'original' && chance.once(2)
      ? { paidOn: new Date(world.clock.now()).toISOString().slice(0, 10) }
      : {}),
  };
}

/** Both run side by side, statement by statement. */
async function twoRefundsAtOnce(life: Life, payment: KnownPayment, chance: Chance): Promise<string> {
  const { world, clinic } = life;
  const path = `/v1/payments/${payment.id}/refunds`;
  const isSameKey = chance.once(3);
  const first = {
    path,
    key: `key-${ordersOf(life).length + 1}`,
    body: refundBody(life, chance),
    calls: [] as Call[],
  };
  ordersOf(life).push(first);
  const second = isSameKey
    ? first
    : { ...first, key: `${first.key}-b`, body: refundBody(life, chance), calls: [] as Call[] };
  if (!isSameKey) ordersOf(life).push(second);
  const calls = [first, second].map((order) => {
    const headers = { 'idempotency-key': order.key };
    const call = world.startCall('POST', path, { key: clinic.key, body: order.body, headers, isGated: true });
    order.calls.push(call);
    return call;
  });
  await interleave(life, calls, chance);
  return calls.map(sayOf).join(' | ');
}

async function interleave({ world }: Life, calls: readonly Call[], chance: Chance): Promise<void> {
  for (const { task } of calls) await world.tasks.untilIdle(task);
  for (;;) {
    const ready = calls.filter(({ task }) => task.gates.length > 0);
    if (ready.length === 0) break;
    await world.tasks.step(chance.pick(ready).task);
    for (const { task } of calls) await world.tasks.untilIdle(task);
  }
  for (const { task } of calls) await world.tasks.release(task);
}

export const APP_MOVES: readonly Move[] = [
  {
    name: 'the app asks for a payment',
    weight: ({ payments }) => (payments.length === 0 ? 100 : payments.length < MOST_PAYMENTS ? 2 : 0),
    make: createLinkPayment,
  },
  {
    name: 'the app records cash',
    weight: ({ payments }) => (payments.length === 0 ? 4 : payments.length < MOST_PAYMENTS ? 1 : 0),
    make: (life, chance) =>
      place(
        life,
        '/v1/payments/manual',
        {
          amount: Math.min(life.plan.amount, 400_000),
          description: 'מזומן',
          reference: `cash-${ordersOf(life).length + 1}`,
          method: chance.pick(['cash', 'bank_transfer']),
          paidOn: new Date(life.world.clock.now() - chance.pick([0, 0, 86_400_000]))
            .toISOString()
            .slice(0, 10),
        },
        chance,
      ),
  },
  {
    name: 'the app repeats a request under its key',
    weight: (life) => (ordersOf(life).length > 0 ? 4 : 0),
    make: (life, chance) => repeat(life, chance.pick(ordersOf(life)), chance),
  },
  {
    name: 'the app cancels',
    weight: ({ payments }) => (payments.length > 0 ? 4 : 0),
    make: (life, chance) => post(life, `/v1/payments/${one(life, chance)?.id ?? ''}/cancel`, {}, chance),
  },
  {
    name: 'the app asks how it stands',
    weight: ({ payments }) => (payments.length > 0 ? 5 : 0),
    make: (life, chance) => post(life, `/v1/payments/${one(life, chance)?.id ?? ''}/check`, {}, chance),
  },
  {
    name: 'the app has the payer asked',
    weight: ({ payments }) => (payments.length > 0 ? 1 : 0),
    make: (life, chance) => post(life, `/v1/payments/${one(life, chance)?.id ?? ''}/request`, {}, chance),
  },
  {
    name: 'the app refunds',
    weight: ({ payments }) => (payments.length > 0 ? 8 : 0),
    make: (life, chance) => {
      const payment = one(life, chance);
      return place(life, `/v1/payments/${payment?.id ?? ''}/refunds`, refundBody(life, chance), chance);
    },
  },
  {
    name: 'the app refunds twice at once',
    weight: ({ payments, plan }) => (payments.length > 0 ? 3 * Math.min(1, plan.trouble) : 0),
    make: async (life, chance) => {
      const payment = one(life, chance);
      return payment === null ? 'nothing is there' : twoRefundsAtOnce(life, payment, chance);
    },
  },
];
