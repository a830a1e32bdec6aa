import { markPageDead } from '../../db/provider-pages.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { isProviderError } from '../../domain/provider-error.ts';
import { retryable } from '../failure.ts';
import type { ActivityContext } from '../context.ts';
import { toPageHandle } from './handles.ts';
import { loadPayment } from './load-payment.ts';

/** `refused`: the page was paid or dead already, and the provider must be asked which. */
export type LinkEnd = 'dead' | 'refused';

/**
 * Kills the payment's live page at the provider, where it can do that; elsewhere only our own link is dead, and money
 * that still comes is late money.
 */
export function createCancelLink(context: ActivityContext) {
  return async function cancelLink(ids: { workspaceId: string; paymentId: string }): Promise<LinkEnd> {
    const loaded = await loadPayment(context.pool, ids);
    const live = loaded.pages.find((page) => page.state === 'live');
    if (live === undefined) return 'dead';
    const end = await kill(context, loaded, toPageHandle(context.secrets, live));
    await inWorkspace(context.pool, ids.workspaceId, (tx) => markPageDead(tx, live.id));
    return end;
  };
}

async function kill(
  context: ActivityContext,
  { account, workspace }: Awaited<ReturnType<typeof loadPayment>>,
  page: ReturnType<typeof toPageHandle>,
): Promise<LinkEnd> {
  const provider = context.adapters.payment(account, workspace.mode);
  try {
    await provider.cancelLink?.(page);
    return 'dead';
  } catch (error) {
    if (isProviderError(error) && error.code === 'rejected') return 'refused';
    throw retryable(error);
  }
}
