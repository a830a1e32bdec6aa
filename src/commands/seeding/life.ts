import { toSumText } from '../../domain/money.ts';
import type { PaymentStatus } from '../../domain/payment.ts';
import type { IdKind } from '../../domain/ids.ts';
import type { DraftDocument } from '../../domain/document-content.ts';
import type { OutgoingEvent } from '../../history/event-facts.ts';
import type { LineKind } from '../../history/line-kinds.ts';
import type { SeededClinic } from './clinics.ts';
import type { DrawnPayment } from './draw-payment.ts';
import type { SeededIds } from './seeded-ids.ts';
import type { SeededRows } from './seeded-tables.ts';

/** A payment while its rows are written. */
export interface Life {
  readonly id: string;
  readonly drawn: DrawnPayment;
  readonly chargeId: string;
  status: PaymentStatus | null;
  refunded: number;
  /** How many events it has. */
  events: number;
  /** Its documents so far, the original first. */
  readonly documents: { readonly id: string; readonly draft: DraftDocument; readonly number: number }[];
}

/** Everything that is the same for all lives of one batch. */
export interface Writing {
  readonly clinic: SeededClinic;
  readonly ids: SeededIds;
  readonly rows: SeededRows;
  /** The last number of each series; raised by each document. */
  readonly numbers: Map<string, number>;
}

/** Ids of one payment: it has room for 32 of each kind. */
export function idOf({ ids }: Writing, drawn: DrawnPayment, kind: IdKind, at: Date, part = 0): string {
  return ids(kind, at, drawn.place * 32 + part);
}

/** A payment before anything happened to it: with its ids, and without status, events or documents. */
export function beginLife(writing: Writing, drawn: DrawnPayment): Life {
  return {
    id: idOf(writing, drawn, 'payment', drawn.createdAt),
    drawn,
    chargeId: idOf(writing, drawn, 'transaction', drawn.at),
    status: null,
    refunded: 0,
    events: 0,
    documents: [],
  };
}

interface Line {
  readonly kind: LineKind;
  readonly summary: string;
  /** The status from now on, if it changes. */
  readonly to?: PaymentStatus;
  readonly detail?: Readonly<Record<string, string | null>>;
}

/** A line of the timeline and its events, as `src/history` writes them. */
export function tellLife(
  writing: Writing,
  life: Life,
  at: Date,
  line: Line,
  events: readonly OutgoingEvent[] = [],
): void {
  const { rows } = writing;
  const owner = { workspace_id: writing.clinic.workspace.id, payment_id: life.id };
  const changes = line.to !== undefined && line.to !== life.status;
  rows.payment_log.push({
    ...owner,
    at,
    kind: line.kind,
    summary: line.summary,
    from_status: changes ? life.status : null,
    to_status: changes ? (line.to ?? null) : null,
    detail: line.detail ?? {},
  });
  life.status = line.to ?? life.status;
  for (const { type, facts } of events) {
    life.events += 1;
    rows.events.push({
      id: idOf(writing, life.drawn, 'event', at, life.events),
      ...owner,
      type,
      sequence: life.events,
      facts: { paymentId: life.id, ...facts },
      created_at: at,
    });
  }
}

/** Minor units as text for a timeline, in the currency of the clinic. */
export function inShekels(writing: Writing, amount: number): string {
  const { currency } = writing.clinic.workspace;
  return toSumText(amount, currency);
}

/** The instant `ms` milliseconds after another. */
export function later(at: Date, ms: number): Date {
  return new Date(at.getTime() + ms);
}
