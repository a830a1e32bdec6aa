import { findPayment } from '../../db/payments.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { findAccount } from '../../db/provider-accounts.ts';
import { inWorkspace } from '../../db/transaction.ts';
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

export function createReadTerms({ pool }: Pick<ActivityContext, 'pool'>) {
  return function readTerms(ids: { workspaceId: string; paymentId: string }): Promise<Terms> {
    return inWorkspace(pool, ids.workspaceId, async (tx) => {
      const payment = await findPayment(tx, ids.paymentId);
      const workspace = await findWorkspace(tx, ids.workspaceId);
      if (payment === null || workspace === null)
        throw impossible('no_such_payment', `no payment ${ids.paymentId}`);
      const expiresAt = expiryOf(payment);
      const pollFrom = pollFromOf(payment, await readGraceMs(tx, payment));
      return {
        pollFrom: pollFrom.toISOString(),
        expiresAt: expiresAt.toISOString(),
        underWayFrom: payment.nextCheckAt?.toISOString() ?? null,
        print: workspace.receipt.print,
      };
    });
  };
}

export function expiryOf(payment: Pick<PaymentRow, 'expiresAt' | 'createdAt'>): Date {
  return payment.expiresAt ?? new Date(payment.createdAt.getTime() + DEFAULT_LIFE_MS);
}

export function pollFromOf(payment: Pick<PaymentRow, 'expiresAt' | 'createdAt'>, graceMs: number): Date {
  return new Date(Math.min(payment.createdAt.getTime() + graceMs, expiryOf(payment).getTime()));
}

/** How long to wait for a webhook; no time at all for a manual payment. */
export async function readGraceMs(tx: Sql, payment: Pick<PaymentRow, 'accountId'>): Promise<number> {
  const account = payment.accountId === null ? null : await findAccount(tx, payment.accountId);
  return (account?.options.webhookGraceSeconds ?? 0) * 1_000;
}
