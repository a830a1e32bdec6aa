import type { Invariant } from './invariant.ts';

/** What goes out and comes in, and who looks at what is open. */
export const TRAFFIC_INVARIANTS = [
  {
    name: 'events_are_sent',
    sentence: 'No event has waited for more than an hour at an enabled endpoint without a try.',
    // A stream that an endpoint refuses has a next try. One whose time is over, or that has none, nobody sends.
    broken: `
      SELECT v.id, v.workspace_id, format('%s for endpoint %s since %s', v.type, d.endpoint_id, to_char(v.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI"Z"')) AS detail
      FROM event_deliveries d JOIN webhook_endpoints w ON w.id = d.endpoint_id AND w.status = 'enabled'
      JOIN events v ON v.id = d.event_id
      LEFT JOIN event_streams s ON s.endpoint_id = d.endpoint_id AND s.subject = d.subject
      WHERE d.status = 'waiting' AND v.created_at < now() - interval '1 hour'
        AND (s.due_at IS NULL OR s.due_at < now() - interval '1 hour')`,
  },
  {
    name: 'events_are_numbered',
    sentence: 'The events of a payment are numbered without a gap, up to its counter.',
    broken: `
      SELECT p.id, p.workspace_id, format('%s events numbered %s to %s, counter at %s', v.count, v.first, v.last, p.event_sequence) AS detail
      FROM (SELECT payment_id, count(*) AS count, min(sequence) AS first, max(sequence) AS last
        FROM events WHERE payment_id IS NOT NULL GROUP BY payment_id) v JOIN payments p ON p.id = v.payment_id
      WHERE v.last - v.first + 1 <> v.count OR v.last <> p.event_sequence`,
  },
  {
    name: 'inbox_is_handled',
    sentence: 'No webhook has been open for more than five minutes without a time for its next look.',
    broken: `
      SELECT id, workspace_id, format('%s of %s since %s', coalesce(kind, 'event'), payment_id, to_char(received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI"Z"')) AS detail
      FROM provider_events
      WHERE handled_at IS NULL AND verdict = 'accepted' AND received_at < now() - interval '5 minutes'
        AND (due_at IS NULL OR due_at < now() - interval '5 minutes')`,
  },
  {
    name: 'unknown_is_pursued',
    sentence: 'Every unknown outcome has a time at which the vendor is asked again.',
    broken: `
      SELECT id, workspace_id, 'outcome unknown, no next check' AS detail FROM payments
      WHERE outcome = 'unknown' AND next_check_at IS NULL`,
  },
] as const satisfies readonly Invariant[];

/** Webhooks that wait for what the vendor will say: explained, and counted apart. */
export const WAITING_INBOX = `
  SELECT count(*)::int AS waiting FROM provider_events
  WHERE handled_at IS NULL AND verdict = 'accepted' AND received_at < now() - interval '5 minutes' AND due_at >= now() - interval '5 minutes'`;
