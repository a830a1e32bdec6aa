import type { LedgerTransaction } from '../checks/evidence.ts';
import type { Life } from '../life.ts';
import type { Chance } from '../machine/chance.ts';
import { READS, REFUNDS } from '../machine/spells.ts';
import { place } from './app.ts';
import type { Move } from './move.ts';
import { resolve, reviewed } from './owner.ts';
import { havePaid, payNow, slowDown, wait, workOn } from './scenes.ts';
import { cast } from './spells.ts';
import { atDashboard } from './vendor.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

interface SentRefund {
  readonly id: string;
  readonly amount: number;
  readonly charge: string;
}

/** Refunds of which nobody knows what became. */
async function sentOf({ world }: Life, paymentId: string): Promise<readonly SentRefund[]> {
  const { rows } = await world.host.owner.query<SentRefund>(
    `SELECT r.id, r.amount::float8 AS amount, t.provider_transaction_id AS charge
     FROM refunds r JOIN provider_transactions t ON t.id = r.charge_id
     WHERE r.payment_id = $1 AND r.status = 'pending' AND r.sent_at IS NOT NULL ORDER BY r.sent_at, r.id`,
    [paymentId],
  );
  return rows;
}

/** What the dashboard shows of that sum on that charge and our books do not know. */
async function findInDashboard({ world, clinic }: Life, refund: SentRefund): Promise<string | null> {
  const { json } = await world.control<LedgerTransaction[]>('GET', 'transactions');
  const { rows } = await world.host.owner.query<{ id: string }>(
    'SELECT provider_transaction_id AS id FROM provider_transactions WHERE workspace_id = $1',
    [clinic.id],
  );
  const found = json.filter(
    (one) =>
      one.kind === 'refund' &&
      one.reverses === refund.charge &&
      one.amount === refund.amount &&
      !rows.some(({ id }) => id === one.id),
  );
  return found[0]?.id ?? null;
}

/** A person looks a refund up in the dashboard, says truly what is there, and names the refund where there are several. */
async function sayWhatTheDashboardShows(life: Life, chance: Chance): Promise<string> {
  const unknown = (await reviewed(life)).filter(({ review }) => review === 'unknown_outcome');
  if (unknown.length === 0) return 'nothing is unknown';
  const one = chance.pick(unknown);
  const sent = await sentOf(life, one.id);
  if (sent.length === 0) return 'nothing was sent';
  const refund = chance.pick(sent);
  const seen = await findInDashboard(life, refund);
  const name = sent.length > 1 || chance.once(2) ? { refundId: refund.id } : {};
  const truth = seen === null ? { action: 'dismiss' } : { action: 'accept', paid: true, transactionId: seen };
  return resolve(life, one, { ...truth, ...name });
}

/** Two refunds are ordered within a second, and what becomes of them nobody hears for long. Then a person says of one. */
async function twoInTheDark(life: Life, chance: Chance): Promise<string> {
  const paid = await havePaid(life, chance);
  if (paid === null || paid.left < 20) return 'nothing is paid';
  const path = `/v1/payments/${paid.id}/refunds`;
  const first = chance.between(2, Math.floor(paid.left / 2));
  const second = chance.between(1, first - 1);
  // Such a vendor takes the one and answers "later", which is no answer to wait for.
  if (!chance.once(3)) cast(life, chance.pick(['lost_before', 'lost_after']), 25 * MINUTE, REFUNDS);
  cast(life, 'lost_before', 40 * MINUTE, READS);
  for (const amount of chance.once(2) ? [first, second] : [second, first]) {
    life.world.note(await place(life, path, { reason: 'asked for', method: 'original', amount }, chance));
    await workOn(life, chance, chance.between(0, 12));
  }
  await wait(life, chance, 22 * MINUTE, 5);
  life.world.note(await sayWhatTheDashboardShows(life, chance));
  await workOn(life, chance, 30);
  if (chance.once(2)) {
    await wait(life, chance, 20 * MINUTE, 3);
    life.world.note(await sayWhatTheDashboardShows(life, chance));
    await workOn(life, chance, 30);
  }
  return `${first} and ${second} of ${paid.left}`;
}

/** Cash goes back and is recorded; then somebody gives back at the vendor as well: more than came, together. */
async function cashAndDashboard(life: Life, chance: Chance): Promise<string> {
  const paid = await havePaid(life, chance);
  if (paid === null || paid.left < 20) return 'nothing is paid';
  const inCash = chance.between(Math.ceil(paid.left / 3), paid.left);
  const atVendor = chance.between(Math.max(1, paid.left - inCash), paid.left);
  const path = `/v1/payments/${paid.id}/refunds`;
  await wait(life, chance, 10 * SECOND, 1);
  life.world.note(await place(life, path, { reason: 'in cash', method: 'cash', amount: inCash }, chance));
  await workOn(life, chance, 30);
  const said = await atDashboard(life, chance, 'refund', chance.once(4) ? {} : { amount: atVendor });
  await workOn(life, chance, 30);
  return `${inCash} in cash; ${said}`;
}

/** Stripe: a refund succeeds, and the bank sends it back later. A person decides what the books say, or nobody does. */
async function comesBack(life: Life, chance: Chance): Promise<string> {
  await slowDown(life, chance.pick([30, 300]));
  if ((await payNow(life, { webhook: 'once', method: 'card_refund_fails' })) !== null)
    await workOn(life, chance, 40);
  const paid = await havePaid(life, chance);
  if (paid === null) return 'nothing is paid';
  const amount = chance.once(2) ? {} : { amount: chance.between(1, paid.left) };
  const path = `/v1/payments/${paid.id}/refunds`;
  life.world.note(await place(life, path, { reason: 'asked for', method: 'original', ...amount }, chance));
  await workOn(life, chance, 30);
  await wait(life, chance, 20 * MINUTE, 4);
  const [open] = (await reviewed(life)).filter(({ review }) => review === 'refund_reversed');
  if (open === undefined || chance.once(4)) return 'nobody decides';
  const said = await resolve(life, open, { action: chance.pick(['accept', 'accept', 'dismiss']) });
  await workOn(life, chance, 30);
  return said;
}

/** At the vendor a charge of today is taken back as if it had not been. */
async function paysAndVoids(life: Life, chance: Chance): Promise<string> {
  if ((await havePaid(life, chance)) === null) return 'nothing is paid';
  const said = await atDashboard(life, chance, 'void', {});
  await workOn(life, chance, 20);
  return said;
}

const scene = (name: string, weight: (life: Life) => number, make: Move['make']): Move => ({
  name,
  weight: (life) => (life.payments.length === 0 ? 0 : weight(life) * life.plan.trouble),
  make,
});

export const REFUND_SCENES: readonly Move[] = [
  scene('two refunds in the dark', () => 2, twoInTheDark),
  scene('a person looks into the dashboard', () => 1, sayWhatTheDashboardShows),
  scene('cash goes back, and money at the vendor too', () => 2, cashAndDashboard),
  scene('a refund comes back', ({ plan }) => (plan.provider === 'stripe' ? 3 : 0), comesBack),
  scene('a charge is taken and voided', ({ plan }) => (plan.provider === 'stripe' ? 0 : 1.5), paysAndVoids),
];
