import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Recorded runs of real workflows, as proto-JSON. `record-histories.ts` writes them. */
export const HISTORIES = join(import.meta.dirname, '..', 'histories');

/**
 * What can become of a workflow, a shape each: paid by webhook, found by the poll, held for a person, refused by the provider,
 * taken by the business, by cheques that fall due later, their tax invoice, never paid, cancelled after and before its page was made; money given back at once, looked up,
 * refused; a review resolved, a payer asked, money and a dispute after the end, a push tried again.
 */
export const SHAPES = [
  'paid',
  'polled',
  'review',
  'failed',
  'manual',
  'post-dated',
  'cheques-due',
  'expired',
  'cancelled',
  'cancelled-early',
  'refunded',
  'refund-looked-up',
  'refund-failed',
  'resolved',
  'asked',
  'late',
  'disputed',
  'pushed-again',
] as const;
export type Shape = (typeof SHAPES)[number];

/** The parts of an event that tests look at. */
export interface HistoryEvent {
  eventType: string;
  workflowExecutionStartedEventAttributes?: { workflowType: { name: string } };
  workflowExecutionCompletedEventAttributes?: { result?: { payloads: { data?: string }[] } };
  markerRecordedEventAttributes?: { details: Record<string, { payloads: { data?: string }[] }> };
  activityTaskScheduledEventAttributes?: { activityType: { name: string } };
  workflowExecutionSignaledEventAttributes?: { signalName: string };
  upsertWorkflowSearchAttributesEventAttributes?: {
    searchAttributes: { indexedFields: Record<string, { data?: string }> };
  };
}
export interface RecordedHistory {
  readonly name: string;
  readonly history: { events: HistoryEvent[] };
}

/** Every recorded history, by the file's name without `.json`. */
export function readHistories(): RecordedHistory[] {
  if (!existsSync(HISTORIES)) return [];
  return readdirSync(HISTORIES)
    .filter((file) => file.endsWith('.json'))
    .map((file) => ({
      name: file.replace(/\.json$/, ''),
      history: JSON.parse(readFileSync(join(HISTORIES, file), 'utf8')) as RecordedHistory['history'],
    }));
}
