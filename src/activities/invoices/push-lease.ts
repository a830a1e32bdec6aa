import { extendPushLease, leasePush } from '../../db/invoice-pushes.ts';
import type { PushRow } from '../../db/invoice-pushes.ts';
import { inOneTrip } from '../../db/transaction.ts';
import { isProviderError } from '../../domain/provider-error.ts';
import type { ActivityContext } from '../context.ts';
import { comeBack } from '../failure.ts';

/** When to check again whether the other try has ended. */
const BUSY_MS = 1_000;
/** How long a service may take to show a document after a lost answer. */
const SETTLE_SECONDS = 2;
const EXTEND_EVERY_MS = 5_000;

/** The lock of one try on its push. */
export interface PushLease {
  /** Releases the push for the next try. Never throws: a lock that cannot be released expires. */
  letGoAfter(error: unknown): Promise<void>;
  /** Stops extending it. */
  stop(): void;
}

/**
 * Locks a push for as long as the try runs.
 * @throws ApplicationFailure `busy`, to come back in a second, if another try has the lock
 */
export async function holdPush(
  { pool, logger }: Pick<ActivityContext, 'pool' | 'logger'>,
  { workspaceId, documentId }: PushRow,
): Promise<PushLease> {
  const [isTaken] = await inOneTrip(pool, workspaceId, (tx) => [leasePush(tx, documentId)]);
  if (!isTaken) throw comeBack('busy', 'another try of this push is in progress', BUSY_MS);
  const extend = async (seconds?: number): Promise<void> => {
    try {
      await inOneTrip(pool, workspaceId, (tx) => [extendPushLease(tx, documentId, seconds)]);
    } catch (error) {
      logger.warn({ err: error, documentId }, 'the hold on a push could not be changed');
    }
  };
  const timer = setInterval(() => void extend(), EXTEND_EVERY_MS);
  return {
    letGoAfter: (error) => {
      clearInterval(timer);
      // A service that did not answer may still be creating the document: nobody looks before it must be visible.
      return extend(isProviderError(error) && error.code === 'no_answer' ? SETTLE_SECONDS : 0);
    },
    stop: () => clearInterval(timer),
  };
}
