import type { InboxStatus } from '../../db/inbox.ts';
import type { ProviderEventRow } from '../../db/provider-events.ts';
import type { InboxRowJson } from './admin-schema.ts';

/** The state of an event: refused, handled, waiting, or quarantined because it could not be read or matched. */
export function inboxStatus(row: Pick<ProviderEventRow, 'handledAt' | 'verdict'>): InboxStatus {
  if (row.verdict === 'refused') return 'refused';
  if (row.handledAt !== null) return 'handled';
  return row.verdict === 'quarantined' ? 'quarantined' : 'pending';
}

/** A row of the inbox as an admin sees it. Body and headers stay sealed. */
export function toInboxJson(row: ProviderEventRow): InboxRowJson {
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    provider: row.provider,
    eventId: row.eventId,
    kind: row.kind,
    paymentId: row.paymentId,
    status: inboxStatus(row),
    verdict: row.verdict,
    reason: row.reason,
    receivedAt: row.receivedAt.toISOString(),
    signalledAt: row.signalledAt?.toISOString() ?? null,
    handledAt: row.handledAt?.toISOString() ?? null,
    handledAs: row.handledAs,
  };
}
