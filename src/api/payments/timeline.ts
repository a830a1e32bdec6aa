import type { LineRow } from '../../db/timeline.ts';
import type { Sql } from '../../db/pool.ts';
import type { ProviderEventRow } from '../../db/provider-events.ts';
import { Problem } from '../../domain/errors.ts';
import { isId } from '../../domain/ids.ts';
import type { ApiContext } from '../context.ts';

/** One thing that happened to a payment. */
export interface TimelineEntry {
  readonly at: string;
  readonly kind: string;
  readonly summary: string;
  readonly [detail: string]: unknown;
}

/** Everything that happened, oldest first: our timeline and the webhooks, with their result. */
export async function readTimeline(
  context: ApiContext,
  tx: Sql,
  paymentId: string,
): Promise<TimelineEntry[]> {
  if (!isId('payment', paymentId) || (await context.db.payments.findPayment(tx, paymentId)) === null)
    throw new Problem('not_found', 'there is no such payment in this workspace');
  const lines = await context.db.timeline.listLines(tx, paymentId);
  const events = await context.db.providerEvents.listPaymentEvents(tx, paymentId);
  return [...lines.map(fromLine), ...events.map(fromEvent)].sort((a, b) =>
    a.at < b.at ? -1 : a.at > b.at ? 1 : 0,
  );
}

function fromLine(row: LineRow): TimelineEntry {
  const change = row.toStatus === null ? {} : { from: row.fromStatus, to: row.toStatus };
  return { ...row.detail, at: row.at.toISOString(), kind: row.kind, summary: row.summary, ...change };
}

function fromEvent(event: ProviderEventRow): TimelineEntry {
  return {
    at: event.receivedAt.toISOString(),
    kind: 'webhook',
    summary: `A webhook from ${event.provider} arrived (${event.kind ?? 'unknown'}): ${event.handledAs ?? 'not acted on yet'}`,
    providerEventId: event.id,
    verdict: event.verdict,
    handledAt: event.handledAt?.toISOString() ?? null,
  };
}
