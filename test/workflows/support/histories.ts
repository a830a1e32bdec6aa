import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Recorded runs of real workflows, as proto-JSON. `record-histories.ts` writes them. */
export const HISTORIES = join(import.meta.dirname, '..', 'histories');

/** The parts of an event that tests look at. */
export interface HistoryEvent {
  eventType: string;
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
