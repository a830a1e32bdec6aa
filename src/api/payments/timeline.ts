import { findPayment } from '../../db/payments.ts';
import { listPaymentEvents } from '../../db/provider-events.ts';
import { listLines } from '../../db/timeline.ts';
import type { LineRow } from '../../db/timeline.ts';
import type { Sql } from '../../db/pool.ts';
import type { ProviderEventRow } from '../../db/provider-events.ts';
import { isId } from '../../domain/ids.ts';
import type { TimelineEntry } from './payment-answer.ts';
import { noSuchPayment } from './payment-view.ts';

/** Everything that happened, oldest first: our timeline and the webhooks, with their result. */
export async function readTimeline(tx: Sql, paymentId: string): Promise<TimelineEntry[]> {
  if (!isId('payment', paymentId) || (await findPayment(tx, paymentId)) === null)
    throw noSuchPayment(paymentId);
  const lines = await listLines(tx, paymentId);
  const events = await listPaymentEvents(tx, paymentId);
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
