import type { Life } from '../life.ts';
import type { Chance } from '../machine/chance.ts';
import type { Move } from './move.ts';
import { pagesOf } from './payer.ts';

const OPERATIONS = ['create_link', 'find_payment', 'cancel_link', 'refund', 'acknowledge'] as const;
const SERVICE_OPERATIONS = ['create_document', 'find_document', 'credentials'] as const;
/** Those that answer at once; the way's own faults are in the network. */
const FAULTS = ['status_500', 'status_429', 'html', 'empty', 'half_json', 'error_in_200'] as const;
const WAYS = ['lost_before', 'lost_after', 'unreachable'] as const;

const hasTrouble = ({ plan, payments }: Life, weight: number): number =>
  payments.length === 0 ? 0 : weight * plan.trouble;

export async function atDashboard(life: Life, chance: Chance, act: string, body: unknown): Promise<string> {
  const paid = (await pagesOf(life)).filter(({ status }) => status === 'paid');
  if (paid.length === 0) return 'nothing is paid';
  const { id } = chance.pick(paid);
  const { status, json } = await life.world.control<{ error?: string; transactionId?: string }>(
    'POST',
    `checkouts/${id}/${act}`,
    body,
  );
  if (status === 200 && act === 'void' && life.plan.provider === 'payplus')
    life.voids.push(String(json.transactionId));
  if (status === 200 && act === 'dispute')
    life.disputes.set(String(json.transactionId), (body as { status: string }).status);
  return status === 200 ? `done ${JSON.stringify(body)}` : (json.error ?? String(status));
}

async function arm(
  { world, clinic }: Life,
  provider: string,
  operation: string,
  fault: string,
  times: number,
): Promise<string> {
  const account = clinic.accounts[provider];
  const body = { provider, operation, fault, times, ...(account === undefined ? {} : { account }) };
  const { status, json } = await world.control<{ error?: string }>('POST', 'faults', body);
  return status === 200 ? `${provider} ${operation}: ${fault} × ${times}` : (json.error ?? String(status));
}

export const VENDOR_MOVES: readonly Move[] = [
  {
    name: 'a webhook is lost',
    weight: (life) => (life.world.letters.length > 0 ? hasTrouble(life, 3) : 0),
    make: async ({ world }, chance) => {
      const [letter] = world.letters.splice(chance.below(world.letters.length), 1);
      letter?.answered(0);
      await world.turns();
      return letter?.delivery.mode ?? 'none';
    },
  },
  {
    name: 'a webhook comes twice',
    weight: (life) => (life.world.letters.length > 0 ? hasTrouble(life, 3) : 0),
    make: ({ world }, chance) => world.deliver(chance.below(world.letters.length), true),
  },
  {
    name: 'the business refunds in the vendor’s dashboard',
    weight: (life) => hasTrouble(life, 3),
    make: (life, chance) =>
      atDashboard(
        life,
        chance,
        'refund',
        chance.once(2) ? {} : { amount: chance.between(1, life.plan.amount) },
      ),
  },
  {
    name: 'the business voids in the vendor’s dashboard',
    weight: (life) => hasTrouble(life, 1.5),
    make: (life, chance) => atDashboard(life, chance, 'void', {}),
  },
  {
    name: 'the bank disputes',
    weight: (life) => (life.plan.provider === 'stripe' ? hasTrouble(life, 4) : 0),
    make: (life, chance) =>
      atDashboard(life, chance, 'dispute', { status: chance.pick(['open', 'open', 'lost', 'won']) }),
  },
  {
    name: 'the vendor fails',
    weight: (life) => hasTrouble(life, 4),
    make: (life, chance) =>
      arm(
        life,
        life.plan.provider,
        chance.pick(OPERATIONS),
        chance.pick(FAULTS),
        chance.pick([1, 1, 2, 12, 40]),
      ),
  },
  {
    name: 'the way to the vendor fails',
    weight: (life) => hasTrouble(life, 4),
    make: ({ world, plan }, chance) => {
      const trouble = { vendor: plan.provider, how: chance.pick(WAYS), times: chance.pick([1, 1, 2, 12]) };
      world.network.trouble.push(trouble);
      return Promise.resolve(`${trouble.how} × ${trouble.times}`);
    },
  },
  {
    name: 'the invoice service fails',
    weight: (life) => (life.plan.service === null ? 0 : hasTrouble(life, 3)),
    make: ({ plan, ...life }, chance) =>
      arm(
        { plan, ...life },
        plan.service ?? '',
        chance.pick(SERVICE_OPERATIONS),
        chance.pick(FAULTS),
        chance.pick([1, 2, 12]),
      ),
  },
  {
    name: 'the way to the invoice service fails',
    weight: (life) => (life.plan.service === null ? 0 : hasTrouble(life, 2)),
    make: ({ world, plan }, chance) => {
      const trouble = { vendor: plan.service ?? '', how: chance.pick(WAYS), times: chance.pick([1, 2]) };
      world.network.trouble.push(trouble);
      return Promise.resolve(`${trouble.how} × ${trouble.times}`);
    },
  },
];
