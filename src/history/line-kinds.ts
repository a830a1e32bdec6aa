import type { DisputeStatus } from '../domain/standing.ts';

/** Every kind of timeline line. */
export type LineKind =
  | 'created'
  | 'link_ready'
  | 'page_left_open'
  | `${'charge' | 'refund'}_${'succeeded' | 'declined' | 'pending'}`
  | 'acknowledge_refused'
  | 'charge_moved'
  | 'completed'
  | 'warned'
  | 'converted'
  | 'erased'
  | 'failed'
  | 'expired'
  | 'cancelled'
  | 'overdue'
  | 'news_unconfirmed'
  | 'unreadable_row'
  | 'read_back_failing'
  | 'try_failed'
  | 'refused'
  | 'reconciliation'
  | 'review_opened'
  | 'review_closed'
  | 'review_left_open'
  | 'resolution_void'
  | `refund_${'created' | 'credited' | 'noticed' | 'unknown' | 'failed' | 'taken_back'}`
  | 'refunded'
  | 'invoice_issued'
  | `dispute_${DisputeStatus | 'written_off'}`
  | 'pushed'
  | 'push_failed'
  | 'allocation_number'
  | 'allocation_entered'
  | 'allocation_not_needed'
  | 'allocation_refused'
  | `mail_${'sent' | 'delayed' | 'failed' | 'unconfirmed' | 'dropped'}`;
