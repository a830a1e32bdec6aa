import { setFailure, setStatus } from '../db/payments.ts';
import type { PaymentRow } from '../db/payments.ts';
import type { SqlTransaction } from '../db/pool.ts';
import type { UnpaidEnd } from '../domain/payment.ts';
import type { Standing } from '../domain/standing.ts';
import type { Metrics } from '../metrics.ts';
import type { OutgoingEvent } from './event-facts.ts';
import { tell } from './tell.ts';

/** The payment is paid. Its books are written, and its standing follows from them. */
export interface PaidEnd {
  readonly status: 'completed';
  readonly now: Pick<Standing, 'status' | 'review'>;
  readonly document: {
    readonly id: string;
    readonly name: string;
    readonly total: number;
    readonly currency: string;
  };
  readonly documentEvents: readonly OutgoingEvent[];
}

/**
 * Ends a payment, paid or not: writes its timeline line, its events, its metric, and the status of one that ends unpaid.
 * The caller has locked the payment and checked that it may end so.
 */
export async function endPayment(
  { metrics }: { readonly metrics: Metrics },
  tx: SqlTransaction,
  payment: PaymentRow,
  end: UnpaidEnd | PaidEnd,
): Promise<void> {
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  if (end.status !== 'completed') await setStatus(tx, payment.id, end.status);
  if (end.status === 'failed') await setFailure(tx, payment.id, end.failure);
  const to = end.status === 'completed' ? end.now.status : end.status;
  await tell(tx, owner, { kind: end.status, from: payment.status, to, ...told(end) });
  tx.afterCommit(() => metrics.payments.inc({ provider: payment.provider, outcome: end.status }));
}

function told(end: UnpaidEnd | PaidEnd): {
  summary: string;
  detail?: Readonly<Record<string, string | null>>;
  events: readonly OutgoingEvent[];
} {
  const { status } = end;
  switch (status) {
    case 'completed': {
      const { document, now } = end;
      const facts = { ...now, amount: document.total, currency: document.currency };
      return {
        summary: `Paid: ${document.name} was issued`,
        detail: { documentId: document.id },
        events: [{ type: 'payment.completed', facts }, ...end.documentEvents],
      };
    }
    case 'failed': {
      const { reason, failure } = end;
      return {
        summary: `The payment failed: ${failure.message}`,
        detail: { code: failure.code, vendorCode: failure.vendorCode },
        events: [{ type: 'payment.failed', facts: { status, reason, failure } }],
      };
    }
    case 'expired':
      return {
        summary: `The link has expired, and ${UNASKED[end.reason] ?? ASKED}`,
        events: [{ type: 'payment.expired', facts: { status, reason: end.reason } }],
      };
    case 'cancelled':
      return {
        summary: `Cancelled: ${UNASKED[end.reason] ?? ASKED}`,
        events: [{ type: 'payment.cancelled', facts: { status, reason: end.reason } }],
      };
  }
}

const ASKED = 'the provider confirmed that nothing was paid';
/** If no provider was asked. */
const UNASKED: Readonly<Record<string, string>> = {
  keys_refused:
    'the provider could not be asked because it refuses our keys. If money comes later, a person is asked about it',
  not_recorded: 'a person decided that this money is not recorded here. It can be entered anew',
};
