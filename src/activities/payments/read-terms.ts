import { findPayment } from '../../db/payments.ts';
import type { PaymentRow } from '../../db/payments.ts';
import { findAccountOfPayment } from '../../db/provider-accounts.ts';
import type { AccountRow } from '../../db/provider-accounts.ts';
import { inOneTrip } from '../../db/transaction.ts';
import { findWorkspace } from '../../db/workspaces.ts';
import type { PrintPolicy } from '../../domain/workspace.ts';
import { impossible } from '../failure.ts';
import type { ActivityContext } from '../context.ts';

/**
 * What a workflow must know before it decides anything. It comes from the database, never from the input of the
 * workflow.
 */
export interface Terms {
  /** When polling starts if no webhook comes, ISO 8601. */
  readonly pollFrom: string;
  readonly expiresAt: string;
  /** When the provider is asked about money on its way, ISO 8601; null if there is none. */
  readonly underWayFrom: string | null;
  readonly print: PrintPolicy;
}

const DEFAULT_LIFE_MS = 30 * 86_400_000;

/**
 * Makes the activity that reads the terms of a payment. It reads only, so it may be repeated.
 * @throws ApplicationFailure `no_such_payment`, final
 */
export function createReadTerms({ pool }: Pick<ActivityContext, 'pool'>) {
  return async function readTerms(ids: { workspaceId: string; paymentId: string }): Promise<Terms> {
    const { workspaceId, paymentId } = ids;
    const [payment, account, workspace] = await inOneTrip(pool, workspaceId, (tx) => [
      findPayment(tx, paymentId),
      findAccountOfPayment(tx, paymentId),
      findWorkspace(tx, workspaceId),
    ]);
    if (payment === null || workspace === null)
      throw impossible('no_such_payment', `no payment ${paymentId}`);
    return {
      pollFrom: pollFromOf(payment, graceMsOf(account)).toISOString(),
      expiresAt: expiryOf(payment).toISOString(),
      underWayFrom: payment.nextCheckAt?.toISOString() ?? null,
      print: workspace.receipt.print,
    };
  };
}

/** When the payment can be paid no longer: its own end, else 30 days after it was made. */
export function expiryOf(payment: Pick<PaymentRow, 'expiresAt' | 'createdAt'>): Date {
  return payment.expiresAt ?? new Date(payment.createdAt.getTime() + DEFAULT_LIFE_MS);
}

/** When polling starts: `graceMs` after the payment was made, but at its expiry at the latest. */
export function pollFromOf(payment: Pick<PaymentRow, 'expiresAt' | 'createdAt'>, graceMs: number): Date {
  return new Date(Math.min(payment.createdAt.getTime() + graceMs, expiryOf(payment).getTime()));
}

/** How long to wait for a webhook; no time at all for a manual payment. */
export function graceMsOf(account: AccountRow | null): number {
  return (account?.options.webhookGraceSeconds ?? 0) * 1_000;
}
