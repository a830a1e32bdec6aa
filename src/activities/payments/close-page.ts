import { listPages, markPageDead } from '../../db/provider-pages.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { isProviderError } from '../../domain/provider-error.ts';
import { tell } from '../../history/tell.ts';
import type { PageHandle, PaymentProvider } from '../../providers/payments/payment-provider.ts';
import { retryable } from '../failure.ts';
import type { ActivityContext } from '../context.ts';
import { failsForKeys, passBreaker } from '../behind-breaker.ts';
import { toPageHandle } from '../books/vendor-handles.ts';
import { loadPayment } from '../books/load-payment.ts';

/** `refused`: the page was already paid or dead, and the provider must be asked which. */
export type LinkEnd = 'dead' | 'refused';

/**
 * Closes the live page at the provider, if it can do that. Otherwise, and if our keys are refused, only our own link
 * is dead, and money that still comes is late money.
 */
export function createClosePage(context: ActivityContext) {
  return async function closePage(ids: PaymentIds): Promise<LinkEnd> {
    try {
      await passBreaker(context, ids);
      return await kill(context, ids);
    } catch (error) {
      if (!(await failsForKeys(context, ids.paymentId, error))) throw retryable(error);
      await leaveOpen(context, ids);
      return 'dead';
    }
  };
}

interface PaymentIds {
  readonly workspaceId: string;
  readonly paymentId: string;
}

async function kill(context: ActivityContext, ids: PaymentIds): Promise<LinkEnd> {
  const { account, workspace, pages } = await loadPayment(context.pool, ids);
  const live = pages.find((page) => page.state === 'live');
  if (live === undefined) return 'dead';
  const end = await closeAtProvider(
    context.adapters.payment(account, workspace.mode),
    toPageHandle(context.secrets, live),
  );
  await inWorkspace(context.pool, ids.workspaceId, (tx) => markPageDead(tx, live.id));
  return end;
}

async function closeAtProvider(provider: PaymentProvider, page: PageHandle): Promise<LinkEnd> {
  try {
    await provider.closePage?.(page);
    return 'dead';
  } catch (error) {
    if (isProviderError(error) && error.code === 'rejected') return 'refused';
    throw error;
  }
}

async function leaveOpen({ pool }: ActivityContext, ids: PaymentIds): Promise<void> {
  const summary =
    'The page could not be closed because the provider refuses our keys. If money comes through it, a person is asked about it';
  await inWorkspace(pool, ids.workspaceId, async (tx) => {
    for (const { id, state } of await listPages(tx, ids.paymentId))
      if (state === 'live') await markPageDead(tx, id);
    await tell(tx, ids, { kind: 'page_left_open', summary });
  });
}
