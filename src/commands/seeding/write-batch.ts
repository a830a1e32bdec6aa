import type { SeededClinic } from './clinics.ts';
import type { DrawnPayment } from './draw-payment.ts';
import { beginLife } from './life.ts';
import type { Life, Writing } from './life.ts';
import type { SeededIds } from './seeded-ids.ts';
import { noRows } from './seeded-tables.ts';
import type { SeededRows } from './seeded-tables.ts';
import { completionOf, expiryOf, FAILURE, referenceOf, writeEnd } from './write-payment.ts';
import { writeRefund } from './write-refund.ts';

/**
 * Every row of some payments of a clinic, in the order of their time. A batch is whole, so that no document of it waits
 * for another batch. A refund that would come after its last payment comes at its end.
 */
export function writeBatch(
  clinic: SeededClinic,
  ids: SeededIds,
  drawn: readonly DrawnPayment[],
  numbers: Map<string, number>,
): SeededRows {
  const writing: Writing = { clinic, ids, rows: noRows(), numbers };
  const end = Math.max(...drawn.map(({ at }) => at.getTime()));
  const lives = drawn.map((one) => beginLife(writing, one));
  const steps = lives.flatMap((life) => [
    { at: life.drawn.at.getTime(), run: () => writeEnd(writing, life) },
    ...life.drawn.refunds.map(({ at, amount }) => {
      const moment = Math.min(at.getTime(), end + 1);
      return { at: moment, run: () => writeRefund(writing, life, amount, new Date(moment)) };
    }),
  ]);
  for (const step of steps.sort((a, b) => a.at - b.at)) step.run();
  for (const life of lives) writing.rows.payments.push(toPayment(writing, life));
  return writing.rows;
}

function toPayment({ clinic }: Writing, life: Life) {
  const { drawn } = life;
  const account = drawn.fate === 'manual' ? null : clinic.provider;
  return {
    id: life.id,
    workspace_id: clinic.workspace.id,
    account_id: account?.id ?? null,
    provider: account?.provider ?? 'manual',
    status: life.status,
    review: drawn.fate === 'held' ? 'amount_mismatch' : null,
    reference: referenceOf(life),
    subject: drawn.subject,
    description: drawn.description,
    amount: drawn.amount,
    charge_amount: drawn.amount,
    currency: clinic.workspace.currency,
    vat_included: true,
    vat_treatment: 'standard',
    customer: drawn.customer,
    metadata: { seeded: 'true' },
    captured_amount: drawn.captured,
    refunded_amount: life.refunded,
    event_sequence: life.events,
    created_at: drawn.createdAt,
    expires_at: account === null ? null : expiryOf(life),
    failure: drawn.fate === 'failed' ? FAILURE : null,
    ...toSettlement(life),
  };
}

function toSettlement(life: Life) {
  if (life.documents.length === 0) return { method: null, paid_at: null, completed_at: null };
  return { method: life.drawn.method, paid_at: life.drawn.at, completed_at: completionOf(life) };
}
