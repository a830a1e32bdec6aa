import { readBooks } from '../../db/books.ts';
import { listDisputes } from '../../db/disputes.ts';
import type { DisputeRow } from '../../db/disputes.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { listCharges } from '../../db/provider-transactions.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import type { DecidedDispute } from '../../domain/disputed-money.ts';
import { fieldProblem } from '../../domain/problems.ts';
import type { ResolveBody } from './resolve-schema.ts';

/** A dispute that can be decided about, and its charge, if that is in the books. */
interface Open {
  readonly dispute: DisputeRow;
  readonly charge: TransactionRow | undefined;
}

type Named = NonNullable<ResolveBody['disputes']>[number];

/**
 * The disputes that a decision is about, as the person sees them: those that they named, or all that are open or lost. A dispute that
 * comes later is decided by itself. Where one is in another currency than its charge, the person says what the bank took.
 * @throws Problem naming the field
 */
export async function decidedDisputes(
  tx: Sql,
  payment: PaymentRow,
  { action, disputes: named }: ResolveBody,
): Promise<readonly DecidedDispute[]> {
  const open = await listOpen(tx, payment, action);
  if (named !== undefined && open.length === 0)
    throw fieldProblem('#/disputes', `leave it out: the review ${payment.review} is not about a dispute`);
  named?.forEach((one, index) => checkIsOpen(one, index, named, open));
  const byName = new Map(named?.map((one) => [one.disputeId, one]));
  // Money that a vendor is to give back is short of all that the bank took.
  const isPicked = payment.review === 'provider_dispute' && named !== undefined;
  return open
    .filter(({ dispute }) => !isPicked || byName.has(dispute.providerDisputeId))
    .map((one) => decide(one, byName.get(one.dispute.providerDisputeId)?.takenAmount, action));
}

async function listOpen(
  tx: Sql,
  payment: PaymentRow,
  action: ResolveBody['action'],
): Promise<readonly Open[]> {
  const statuses = openStatuses(payment.review, action);
  if (statuses.length === 0) return [];
  const { original } = await readBooks(tx, payment.id);
  const charges = await listCharges(tx, payment.id);
  return (await listDisputes(tx, payment.id))
    .filter(({ resolution, status }) => resolution === null && statuses.includes(status))
    .map((dispute) => {
      const chargeId = dispute.chargeId ?? original?.chargeId;
      return { dispute, charge: charges.find(({ id }) => id === chargeId) };
    })
    .filter(({ charge }) => payment.review === 'provider_dispute' || charge?.id !== original?.chargeId);
}

/** Disputes of which standings a decision says something. */
function openStatuses(
  review: PaymentRow['review'],
  action: ResolveBody['action'],
): readonly DisputeRow['status'][] {
  if (review === 'provider_dispute') return ['open', 'lost'];
  const givesBack = action === 'refund' && (review === 'amount_mismatch' || review === 'duplicate_payment');
  return givesBack ? ['lost'] : [];
}

function checkIsOpen(
  { disputeId }: Named,
  index: number,
  named: readonly Named[],
  open: readonly Open[],
): void {
  const pointer = `#/disputes/${index}/disputeId`;
  const ids = open.map(({ dispute }) => dispute.providerDisputeId);
  if (!ids.includes(disputeId))
    throw fieldProblem(pointer, `must name a dispute that is not decided yet: ${ids.join(' or ')}`);
  if (named.findIndex((one) => one.disputeId === disputeId) < index)
    throw fieldProblem(pointer, 'is named twice');
}

function decide(
  { dispute, charge }: Open,
  takenAmount: number | undefined,
  action: ResolveBody['action'],
): DecidedDispute {
  const { id, status, currency, providerDisputeId: name } = dispute;
  const decided = { id, status, takenAmount: takenAmount ?? null };
  const isForeign = action === 'refund' && charge !== undefined && charge.currency !== currency;
  if (!isForeign) {
    if (takenAmount === undefined) return decided;
    const why =
      action === 'refund' ? 'the dispute says it, in the currency of its charge' : 'nothing is booked';
    throw fieldProblem('#/disputes', `leave takenAmount of ${name} out: ${why}`);
  }
  if (takenAmount === undefined) {
    const why = `the dispute is in ${currency} and its charge in ${charge.currency}`;
    const way = 'what the bank took of the charge stands in the provider’s dashboard';
    throw fieldProblem('#/disputes', `must name ${name} with its takenAmount: ${why}, and ${way}`);
  }
  if (takenAmount > charge.amount)
    throw fieldProblem('#/disputes', `takenAmount of ${name} must not be more than its charge`);
  return decided;
}
