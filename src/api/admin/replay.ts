import { acceptReread, closeDuplicate, lockDelivery, reopenEvent } from '../../db/inbox.ts';
import type { InboxDelivery } from '../../db/inbox.ts';
import { findAccount } from '../../db/provider-accounts.ts';
import type { Sql } from '../../db/pool.ts';
import type { ProviderEventRow } from '../../db/provider-events.ts';
import { transaction } from '../../db/transaction.ts';

import { isId } from '../../domain/ids.ts';
import { Problem } from '../../domain/problems.ts';
import type { ApiContext } from '../context.ts';
import type { actorOf } from '../http/authenticate.ts';
import { claimOf } from '../webhooks/claim.ts';
import { openDelivery } from '../webhooks/delivery-json.ts';
import { heldToPage } from '../webhooks/page-secret.ts';
import { getWorkspace } from '../workspaces/workspace-access.ts';

/**
 * Acts on an inbox row anew. An accepted one is told to its payment again. A quarantined one is verified by the secrets
 * of now and the time of its arrival, and read again: after a repair of an adapter, or once its payment is known.
 * @throws Problem not_found, not_replayable
 */
export function replay(
  context: ApiContext,
  id: string,
  actor: ReturnType<typeof actorOf>,
): Promise<ProviderEventRow> {
  return transaction(context.pool, async (tx) => {
    const row = isId('providerEvent', id) ? await lockDelivery(tx, id) : null;
    if (row === null) throw new Problem('not_found', 'there is no such row in the inbox');
    const after = row.verdict === 'accepted' ? await reopenEvent(tx, id) : await readAgain(context, tx, row);
    if (after === null) throw new Error(`inbox row ${id} vanished`);
    const { workspaceId, verdict } = after;
    const detail = { provider: row.provider, was: row.verdict, is: verdict };
    await context.audit(tx, { workspaceId, ...actor, action: 'inbox.replayed', subjectId: id, detail });
    return after;
  });
}

async function readAgain(context: ApiContext, tx: Sql, row: InboxDelivery): Promise<ProviderEventRow | null> {
  if (row.verdict === 'refused')
    throw new Problem('not_replayable', 'it did not prove its sender, and its body was not kept');
  const { headers, body } = openDelivery(context, row);
  if (headers === null || body === null)
    throw new Problem('not_replayable', 'its body was deleted after its time');
  const account = await findAccount(tx, row.accountId);
  if (account === null) throw new Error(`inbox row ${row.id} has no account`);
  const { mode } = await getWorkspace(tx, row.workspaceId);
  const delivery = { body, headers, query: {}, receivedAt: row.receivedAt };
  const read = context.adapters.payment(account, mode).readWebhook(delivery);
  const reading = await heldToPage(context, account, read);
  if (reading.verdict === 'bad_signature')
    throw new Problem(
      'not_replayable',
      `the account's secrets of now do not prove its sender: ${reading.reason}`,
    );
  const claim = claimOf(reading, row.bodySha256);
  return (
    (await acceptReread(tx, { id: row.id, accountId: row.accountId, ...claim })) ??
    (await closeDuplicate(tx, row.id))
  );
}
