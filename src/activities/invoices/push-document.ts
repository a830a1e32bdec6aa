import { activityInfo } from '@temporalio/activity';
import { findPush } from '../../db/invoice-pushes.ts';
import type { PushRow } from '../../db/invoice-pushes.ts';
import { isUniqueViolation } from '../../db/pool.ts';
import { inOneTrip } from '../../db/transaction.ts';
import type { ReviewReason } from '../../domain/payment.ts';
import { isProviderError, ProviderError } from '../../domain/provider-error.ts';
import { comeBack, finalIfRejected } from '../failure.ts';
import type { ActivityContext } from '../context.ts';
import { passBreaker } from '../behind-breaker.ts';
import { loadPush } from './load-push.ts';
import { holdPush } from './push-lease.ts';
import { toPushOrder } from './push-order.ts';
import { storePush } from './store-push.ts';

/**
 * Pushes a document to the invoice service of the workspace. It looks the document up first, so that one payment
 * makes one document whatever happened to an earlier try. One try at a time has the lock, so two tries cannot both
 * find nothing. Only due documents are pushed: not those already pushed, nor those refused finally, which a person
 * may have created by hand. A credit waits for the document that it credits.
 * @throws ApplicationFailure final if the service rejects the document, or returns the id of another one
 */
export function createPushDocument(context: ActivityContext) {
  return async function pushDocument(ids: {
    workspaceId: string;
    documentId: string;
  }): Promise<ReviewReason | null> {
    await passBreaker(context, ids).catch((error: unknown) => {
      throw finalIfRejected(error, pauseMs());
    });
    const [push] = await inOneTrip(context.pool, ids.workspaceId, (tx) => [findPush(tx, ids.documentId)]);
    if (push?.status !== 'pending') return null;
    const lease = await holdPush(context, push);
    try {
      return await bring(context, push);
    } catch (error) {
      await lease.letGoAfter(error);
      throw isOnlyTooEarly(error)
        ? comeBack('not_yet', error.message, error.retryAfterMs)
        : finalIfRejected(error, pauseMs());
    } finally {
      lease.stop();
    }
  };
}

async function bring(context: ActivityContext, push: PushRow): Promise<ReviewReason | null> {
  const loaded = await loadPush(context.pool, push);
  const service = context.adapters.invoice(loaded.account, loaded.workspace.mode);
  const order = toPushOrder(loaded);
  const made = (await service.findDocument?.(order)) ?? (await service.createDocument(order));
  const showsAllocationNumbers = service.findAllocationNumber !== undefined;
  try {
    return await storePush(context, { ...loaded, made, showsAllocationNumbers });
  } catch (error) {
    if (!isUniqueViolation(error, 'invoice_pushes_external_is_unique')) throw error;
    throw new ProviderError(
      'rejected',
      `${loaded.account.provider} answered with the id "${made.id}", which another document of ours already has: ` +
        'it must answer each document with its own id, or with no id',
    );
  }
}

const PAUSE_MS = { least: 1_000, most: 5 * 60_000 };

/**
 * As long as the push has been going on. The policy's pause grows with tries, and waiting in the queue of the service
 * counts as tries: one real failure after it would cost minutes.
 */
function pauseMs(): number {
  const underWayMs = Date.now() - activityInfo().scheduledTimestampMs;
  return Math.min(Math.max(underWayMs, PAUSE_MS.least), PAUSE_MS.most);
}

/** A refusal with a later time is not final. */
function isOnlyTooEarly(error: unknown): error is { message: string; retryAfterMs: number } {
  return isProviderError(error) && error.code === 'rejected' && error.retryAfterMs !== null;
}
