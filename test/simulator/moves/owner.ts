import type { Life } from '../life.ts';
import { credentialsFor, fillPaymentSlot } from '../clinic.ts';
import { ADMIN_KEY } from '../world.ts';
import type { Move } from './move.ts';

const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  amount_mismatch: ['accept', 'refund', 'dismiss'],
  duplicate_payment: ['accept', 'refund'],
  late_success: ['accept', 'refund', 'dismiss'],
  unknown_outcome: ['accept', 'dismiss'],
  provider_dispute: ['refund', 'dismiss'],
};
const OTHERS = ['accept', 'dismiss'];

export interface Reviewed {
  readonly id: string;
  readonly review: string;
}

export async function reviewed({ world, clinic }: Life): Promise<readonly Reviewed[]> {
  const { rows } = await world.host.owner.query<Reviewed>(
    'SELECT id, review FROM payments WHERE workspace_id = $1 AND review IS NOT NULL ORDER BY created_at, id',
    [clinic.id],
  );
  return rows;
}

/** A person's decision, in the API's words. */
export interface Decision {
  readonly action: string;
  readonly refundId?: string;
  readonly paid?: boolean;
  readonly transactionId?: string;
}

export async function resolve(life: Life, { id, review }: Reviewed, body: Decision): Promise<string> {
  const { world, clinic, words } = life;
  const { answer } = await world.call('POST', `/v1/payments/${id}/resolve`, {
    key: clinic.key,
    body: { reason: 'looked at it', ...body },
  });
  // A request whose answer never came may have been received all the same.
  if (answer === null || answer.status < 300)
    words.push({ paymentId: id, review, action: body.action, refundId: body.refundId ?? null });
  const { code } = (answer?.json ?? {}) as { code?: string };
  return `${JSON.stringify(body)}: ${answer === null ? 'waits' : answer.status}${code ? ` ${code}` : ''}`;
}

/** What the owner of the business still has to say at rest: refunds of which the vendor never shows anything did not happen. */
export async function resolveUnknown(life: Life): Promise<boolean> {
  const unknown = (await reviewed(life)).filter(({ review }) => review === 'unknown_outcome');
  for (const one of unknown) {
    const { id } = one;
    const { rows } = await life.world.host.owner.query<{ id: string }>(
      `SELECT id FROM refunds WHERE payment_id = $1 AND status = 'pending' AND sent_at IS NOT NULL ORDER BY sent_at, id LIMIT 1`,
      [id],
    );
    const refundId = rows[0]?.id;
    if (refundId === undefined) continue;
    const said = await resolve(life, one, { action: 'dismiss', refundId });
    life.world.note(`the owner says that the refund did not happen: ${said}`);
    if (said.includes(': 200') || said.includes(': waits') || said.includes(': 202')) return true;
  }
  return false;
}

const dayBefore = (at: number): string =>
  new Date(at - 86_400_000 - 3 * 3_600_000).toISOString().slice(0, 10);

async function patch({ world, clinic }: Life, body: object): Promise<string> {
  const { answer } = await world.call('PATCH', `/v1/workspaces/${clinic.id}`, { key: ADMIN_KEY, body });
  return `${JSON.stringify(body)}: ${answer?.status ?? 'waits'}`;
}

export const OWNER_MOVES: readonly Move[] = [
  {
    name: 'a person resolves a review',
    weight: ({ payments }) => (payments.length > 0 ? 6 : 0),
    make: async (life, chance) => {
      const open = await reviewed(life);
      if (open.length === 0) return 'there is none';
      const { id, review } = chance.pick(open);
      const action = chance.pick(ACTIONS[review] ?? OTHERS);
      const isUnknown = review === 'unknown_outcome';
      const said =
        isUnknown && action === 'accept' ? { paid: true, transactionId: `seen-${chance.below(1_000)}` } : {};
      const { rows } = await life.world.host.owner.query<{ id: string }>(
        `SELECT id FROM refunds WHERE payment_id = $1 ORDER BY created_at, id`,
        [id],
      );
      const isAboutRefund = isUnknown || review === 'refund_reversed';
      const about = isAboutRefund && rows.length > 1 ? { refundId: chance.pick(rows).id } : {};
      return `${review} ${await resolve(life, { id, review }, { action, ...said, ...about })}`;
    },
  },
  {
    name: 'the owner closes the books',
    weight: ({ plan, payments }) => (payments.length > 0 ? plan.trouble : 0),
    make: (life) => patch(life, { booksClosedThrough: dayBefore(life.world.clock.now()) }),
  },
  {
    name: 'the owner changes the tax profile',
    weight: ({ plan, payments }) => (payments.length > 0 ? plan.trouble * 0.7 : 0),
    make: (life, chance) =>
      patch(
        life,
        chance.pick([
          { dealerType: 'osek_patur', vatRegistered: false },
          { dealerType: 'osek_murshe', vatRegistered: true },
          { receipt: { email: true, print: 'on_demand' } },
        ]),
      ),
  },
  {
    name: 'the owner switches the vendor’s account',
    weight: ({ plan, payments }) => (payments.length > 0 ? plan.trouble * 0.7 : 0),
    make: async (life, chance) => {
      const { world, clinic, plan } = life;
      const own = String((plan.seed % 1_000_000) + chance.pick([0, 1_000_000]));
      try {
        await fillPaymentSlot(world, clinic.id, plan, credentialsFor(plan, own));
        return 'done';
      } catch (error) {
        return String(error).slice(0, 200);
      }
    },
  },
  {
    name: 'the owner pushes documents again',
    weight: ({ plan, payments }) => (plan.service !== null && payments.length > 0 ? 1 : 0),
    make: async ({ world, clinic }) => {
      const { rows } = await world.host.owner.query<{ id: string }>(
        "SELECT document_id AS id FROM invoice_pushes WHERE workspace_id = $1 AND status = 'failed' ORDER BY document_id",
        [clinic.id],
      );
      for (const { id } of rows)
        await world.call('POST', `/v1/documents/${id}/push`, { key: clinic.key, body: {} });
      return `${rows.length} of them`;
    },
  },
];
