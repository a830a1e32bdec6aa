import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Concern } from '../db/provider-accounts.ts';
import { findRefund } from '../db/refunds.ts';
import { findDocument } from '../db/tax-documents.ts';
import { inWorkspace } from '../db/transaction.ts';
import type { Sql } from '../db/pool.ts';
import { PROVIDER_ERRORS } from '../domain/provider-error.ts';
import { tell } from '../history/tell.ts';
import type { ActivityContext } from './context.ts';

/** What a try is about. */
type Subject = { readonly workspaceId: string } & Concern;

/** How an activity is told of on the timeline. */
interface Wording {
  /** Ends with "failed". */
  readonly what: string;
  /** Its first try is made inside the workflow task (`localFirst`), so a regular try counts one more. */
  readonly isLocalFirst: boolean;
}

/** The first failed try, and every tenth: a vendor that is down for a day must not bury the timeline. */
const EACH = 10;

/**
 * The same activity, whose failed tries at a vendor stand on the timeline of their payment. Not told: waiting for a breaker
 * or as the vendor asked, and a final refusal, which ends what it is about and is told there.
 */
export function tellFailures<Order extends Subject, Result>(
  context: Pick<ActivityContext, 'pool' | 'logger'>,
  wording: Wording,
  run: (order: Order) => Promise<Result>,
): (order: Order) => Promise<Result> {
  return async (order) => {
    try {
      return await run(order);
    } catch (error) {
      const tries = triesToTell(activityInfo(), wording.isLocalFirst);
      if (isFailedTry(error) && tries !== null) await note(context, wording, order, { error, tries });
      throw error;
    }
  };
}

/** How many tries there were, if this one is told. */
export function triesToTell(
  { attempt, isLocal }: { readonly attempt: number; readonly isLocal: boolean },
  isLocalFirst: boolean,
): number | null {
  const tries = isLocalFirst && !isLocal ? attempt + 1 : attempt;
  return tries === 1 || tries % EACH === 0 ? tries : null;
}

const WAITING: readonly string[] = ['circuit_open', 'rate_limited'];

function isFailedTry(error: unknown): error is ApplicationFailure & { type: string } {
  if (!(error instanceof ApplicationFailure) || error.nonRetryable === true) return false;
  const { type } = error;
  return typeof type === 'string' && Object.hasOwn(PROVIDER_ERRORS, type) && !WAITING.includes(type);
}

/** That it cannot be written is logged: the failure of the vendor is what counts. */
async function note(
  { pool, logger }: Pick<ActivityContext, 'pool' | 'logger'>,
  { what }: Wording,
  order: Subject,
  { error, tries }: { readonly error: ApplicationFailure & { type: string }; readonly tries: number },
): Promise<void> {
  const { workspaceId } = order;
  try {
    await inWorkspace(pool, workspaceId, async (tx) => {
      const paymentId = await paymentOf(tx, order);
      if (paymentId === null) return;
      const summary = `${what} failed${tries === 1 ? '' : ` ${tries} times`}, and is tried again: ${error.message}`;
      const detail = { code: error.type, tries };
      await tell(tx, { workspaceId, paymentId }, { kind: 'try_failed', summary, detail });
    });
  } catch (fault) {
    logger.warn({ err: fault, workspaceId, failure: error.type }, 'a failed try could not be told of');
  }
}

async function paymentOf(tx: Sql, about: Concern): Promise<string | null> {
  if ('paymentId' in about) return about.paymentId;
  const found =
    'refundId' in about ? await findRefund(tx, about.refundId) : await findDocument(tx, about.documentId);
  return found?.paymentId ?? null;
}
