import type { Life } from '../life.ts';
import type { Chance } from '../machine/chance.ts';
import { workUntil } from './machine.ts';
import type { Plan } from '../plan.ts';
import type { Move } from './move.ts';

export interface Page {
  readonly id: string;
  readonly reference: string;
  readonly url: string;
  readonly status: string;
  readonly amount: number;
}

/** All pages whose address we were ever told; one that was made and whose answer was lost can be opened by nobody. */
export async function pagesOf({ world, clinic, plan }: Life): Promise<readonly Page[]> {
  const { rows } = await world.host.owner.query<{ url: string }>(
    'SELECT url FROM provider_pages WHERE workspace_id = $1',
    [clinic.id],
  );
  const all = (await world.control<Page[]>('GET', `checkouts?provider=${plan.provider}`)).json;
  return all.filter((page) => rows.some(({ url }) => url === page.url));
}

const MODES = [
  'never',
  'duplicate',
  'late',
  'out_of_order',
  'truncated',
  'bad_signature',
  'stale_timestamp',
  'wrong_amount',
  'wrong_currency',
] as const;

const STRIPE_METHODS = [
  'card_refund_pending',
  'card_refund_fails',
  'us_bank_account',
  'us_bank_account_fails',
] as const;

/** Honest mostly; where there is trouble, everything that a vendor may do to one webhook. */
function drawPayment({ plan }: Life, page: Page, chance: Chance): Record<string, unknown> {
  const hasTrouble = plan.trouble > 0;
  const webhook = hasTrouble && chance.once(2) ? chance.pick(MODES) : 'once';
  const isOther = webhook === 'wrong_amount' || webhook === 'wrong_currency';
  return {
    webhook,
    ...(webhook === 'late' ? { delayMs: chance.pick([3_000, 60_000, 3_600_000, 86_400_000]) } : {}),
    ...(webhook === 'duplicate' ? { copies: chance.between(2, 4) } : {}),
    ...(hasTrouble && chance.once(4)
      ? { readBackDelayMs: chance.pick([500, 5_000, 90_000, 3_600_000]) }
      : {}),
    ...drawMeans(plan, chance, hasTrouble),
    ...drawParts(plan, page, chance, isOther),
  };
}

function drawMeans(plan: Plan, chance: Chance, hasTrouble: boolean): Record<string, unknown> {
  return plan.provider === 'stripe' && hasTrouble && chance.once(3)
    ? { method: chance.pick(STRIPE_METHODS) }
    : {};
}

function drawParts(plan: Plan, page: Page, chance: Chance, isOther: boolean): Record<string, unknown> {
  if (plan.provider !== 'payplus' || !chance.once(5) || page.amount <= 200 || isOther) return {};
  const part = chance.between(1, page.amount - 1);
  return {
    parts: [
      { method: 'multipass', amount: part },
      { method: 'card', amount: page.amount - part },
    ],
  };
}

export const hasPages = ({ payments }: Life): boolean => payments.some(({ kind }) => kind === 'link');

async function act(life: Life, chance: Chance, path: string, body: (page: Page) => unknown): Promise<string> {
  const pages = await pagesOf(life);
  if (pages.length === 0) return 'there is no page';
  // The newest page mostly, sometimes one that is long dead.
  const page = chance.once(4) ? chance.pick(pages) : pages.at(-1);
  if (page === undefined) return 'there is no page';
  const order = body(page);
  const { status, json } = await life.world.control<{ error?: string }>(
    'POST',
    `checkouts/${page.id}/${path}`,
    order,
  );
  const how = order === undefined ? '' : ` ${JSON.stringify(order)}`;
  return status === 200 ? `done${how}` : `${json.error ?? status}${how}`;
}

async function visit(life: Life, chance: Chance, suffix: string): Promise<string> {
  const { world, clinic } = life;
  const payment = chance.pick(life.payments.filter(({ kind }) => kind === 'link'));
  if (payment.linkUrl === null) {
    const { answer } = await world.call('GET', `/v1/payments/${payment.id}`, { key: clinic.key });
    payment.linkUrl = ((answer?.json ?? {}) as { link?: { url: string } | null }).link?.url ?? null;
  }
  if (payment.linkUrl === null) return 'there is no link yet';
  const visited = await world.call('GET', payment.linkUrl + suffix);
  await workUntil(life, chance, visited);
  return visited.answer === null ? 'waits' : String(visited.answer.status);
}

export const PAYER_MOVES: readonly Move[] = [
  {
    name: 'the payer pays',
    weight: (life) => (hasPages(life) ? 16 : 0),
    make: (life, chance) => act(life, chance, 'pay', (page) => drawPayment(life, page, chance)),
  },
  {
    name: 'the payer’s card is declined',
    weight: (life) => (hasPages(life) ? 3 : 0),
    make: (life, chance) => act(life, chance, 'decline', () => undefined),
  },
  {
    name: 'the payer opens the link',
    weight: (life) => (hasPages(life) ? 6 : 0),
    make: (life, chance) => visit(life, chance, ''),
  },
  {
    name: 'the payer returns',
    weight: (life) => (hasPages(life) ? 6 : 0),
    make: (life, chance) =>
      visit(life, chance, `/return?outcome=${chance.pick(['success', 'failure', 'cancel'])}`),
  },
];
