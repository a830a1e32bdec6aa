import { setAllocationNumber, claimAllocationWaits } from '../../db/invoice-pushes.ts';
import type { PushRow } from '../../db/invoice-pushes.ts';
import { findAccount } from '../../db/provider-accounts.ts';
import { findDocument } from '../../db/tax-documents.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { findWorkspace } from '../../db/workspaces.ts';
import { isProviderError } from '../../domain/provider-error.ts';
import { tell } from '../../history/tell.ts';
import type { ActivityContext } from '../../activities/context.ts';
import { sweepEach } from './sweep-each.ts';

const AT_ONCE = 20;

/**
 * Asks services for the allocation numbers that were missing at the push and are due. Each is asked for again after a
 * quarter of its age, for 30 days. Run it every few seconds, in any number of processes. @returns how many numbers were
 * found
 */
export function createFetchAllocationNumbers(context: Pick<ActivityContext, 'pool' | 'adapters' | 'logger'>) {
  return async function fetchAllocationNumbers(): Promise<number> {
    const waits = await claimAllocationWaits(context.pool, AT_ONCE);
    let found = 0;
    await sweepEach(waits, {
      idsOf: ({ documentId }) => ({ documentId }),
      run: async (push) => {
        if (await fetchOne(context, push)) found += 1;
      },
    });
    return found;
  };
}

async function fetchOne(
  context: Pick<ActivityContext, 'pool' | 'adapters' | 'logger'>,
  push: PushRow,
): Promise<boolean> {
  try {
    const number = await askFor(context, push);
    if (number === null) return false;
    await store(context, push, number);
    return true;
  } catch (error) {
    if (!isProviderError(error)) throw error;
    context.logger.warn(
      { err: error, documentId: push.documentId },
      'no allocation number could be asked for',
    );
    return false;
  }
}

async function askFor(
  { pool, adapters }: Pick<ActivityContext, 'pool' | 'adapters'>,
  push: PushRow,
): Promise<string | null> {
  const { account, workspace } = await inWorkspace(pool, push.workspaceId, async (tx) => ({
    account: await findAccount(tx, push.accountId),
    workspace: await findWorkspace(tx, push.workspaceId),
  }));
  if (account === null || workspace === null || push.externalId === null) return null;
  return (await adapters.invoice(account, workspace.mode).findAllocationNumber?.(push.externalId)) ?? null;
}

function store(
  { pool }: Pick<ActivityContext, 'pool'>,
  { workspaceId, documentId, service }: PushRow,
  number: string,
): Promise<void> {
  return inWorkspace(pool, workspaceId, async (tx) => {
    const isNews = await setAllocationNumber(tx, documentId, number);
    const document = await findDocument(tx, documentId);
    if (!isNews || document === null) return;
    await tell(
      tx,
      { workspaceId, paymentId: document.paymentId },
      {
        kind: 'allocation_number',
        summary: `${service} shows the allocation number ${number}`,
      },
    );
  });
}
