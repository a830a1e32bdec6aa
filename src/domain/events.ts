/** Types of outgoing events (api.md). A closed list: an app can switch over it. */
export const EVENT_TYPES = [
  'payment.link_ready',
  'payment.request_sent',
  'payment.overdue',
  'payment.completed',
  'payment.failed',
  'payment.expired',
  'payment.cancelled',
  'payment.review_opened',
  'payment.review_closed',
  'payment.refunded',
  'refund.created',
  'refund.completed',
  'refund.failed',
  'dispute.opened',
  'dispute.closed',
  'document.issued',
  'document.allocation_required',
  'invoice.pushed',
  'invoice.failed',
  'provider.circuit_opened',
  'provider.circuit_closed',
  'provider.credentials_failing',
  'workspace.provider_changed',
  'webhook_endpoint.changed',
  'webhook_endpoint.disabled',
  'audit.head',
  'export.completed',
  'test',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** Thin facts of an event: ids, statuses, amounts, numbers. Never names, mails, descriptions. */
export type EventFacts = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
