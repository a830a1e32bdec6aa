import { createHash } from 'node:crypto';
import { insertRefusedEvent } from '../../db/inbox.ts';
import type { AccountRow } from '../../db/provider-accounts.ts';
import { transaction } from '../../db/transaction.ts';
import { recordRefusal } from '../../db/webhook-refusals.ts';
import { newId } from '../../domain/ids.ts';
import { tellWorkspaces } from '../../history/tell.ts';
import type { WebhookDelivery } from '../../providers/payments/payment-provider.ts';
import { placeIn } from '../../sealed-places.ts';
import type { ApiContext } from '../context.ts';
import { createTokenBuckets } from '../http/rate-limit.ts';
import { redactHeaders } from './redact-delivery.ts';

/** Everybody who knows the address may send garbage: of one account this many are written down at once, then one a second. */
const AT_ONCE = 20;
const PER_SECOND = 1;

/** A webhook that did not prove its sender. */
export interface RefusedWebhook {
  readonly account: AccountRow;
  readonly delivery: WebhookDelivery;
  readonly reason: string;
  readonly remoteAddress: string | null;
}

/**
 * Writes down in one transaction that a webhook was refused. It is in the inbox without its body and on the account;
 * after several in a row it is an event. A worker asks about the open payments of the account. Beyond the limit nothing
 * is written.
 */
export function createRefusedWebhooks(context: Pick<ApiContext, 'pool' | 'secrets' | 'logger'>) {
  const mayRecord = createTokenBuckets(PER_SECOND, AT_ONCE);
  return async function record(refused: RefusedWebhook): Promise<void> {
    const { account, reason } = refused;
    if (!mayRecord(account.id).isAllowed) return;
    context.logger.warn({ accountId: account.id, reason }, 'a webhook was refused');
    const { workspaceId, provider } = account;
    await transaction(context.pool, async (tx) => {
      const { inARow, isNews } = await recordRefusal(tx, { workspaceId, accountId: account.id }, reason);
      await insertRefusedEvent(tx, toRefusedEvent(context, refused));
      if (!isNews) return;
      const facts = { provider, reason, inARow };
      await tellWorkspaces(tx, [workspaceId], { type: 'provider.webhooks_refused', facts });
    });
  };
}

function toRefusedEvent(
  { secrets }: Pick<ApiContext, 'secrets'>,
  { account, delivery, reason, remoteAddress }: RefusedWebhook,
): Parameters<typeof insertRefusedEvent>[1] {
  const id = newId('providerEvent');
  return {
    id,
    workspaceId: account.workspaceId,
    accountId: account.id,
    provider: account.provider,
    reason,
    headersSealed: secrets.seal(
      placeIn('provider_events.headers', id),
      JSON.stringify(redactHeaders(delivery.headers)),
    ),
    bodySha256: createHash('sha256').update(delivery.body).digest(),
    remoteAddress,
    receivedAt: delivery.receivedAt,
  };
}
