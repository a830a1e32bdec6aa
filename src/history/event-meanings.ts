import type { EventType } from './event-facts.ts';

/** When each event is sent. */
export const EVENT_MEANINGS: Readonly<Record<EventType, string>> = {
  'payment.link_ready': 'The link of a payment can be sent to the payer.',
  'payment.request_sent': 'A payment request was mailed to the payer.',
  'payment.overdue': 'A payer was asked and has not paid in time.',
  'payment.completed': 'A payment is paid, and its document is issued.',
  'payment.warned':
    'Money came that your accountant should know of: much cash, or a customer without a number. It is documented all the same.',
  'payment.failed': 'A payment failed. It cannot be paid any more.',
  'payment.expired': 'Nobody paid in time.',
  'payment.cancelled': 'A payment was cancelled.',
  'payment.review_opened': 'A person must decide something about a payment.',
  'payment.review_closed': 'A review is decided, or its reason went away by itself.',
  'payment.refunded': 'Money of a payment went back: its sums have changed.',
  'refund.created': 'A refund is ordered.',
  'refund.completed': 'A refund is completed.',
  'refund.failed': 'A refund failed.',
  'dispute.opened': 'The bank of a payer asks for the money back.',
  'dispute.closed': 'A dispute ended.',
  'document.issued': 'A document got its number.',
  'document.allocation_required': 'A document waits for an allocation number of the tax authority.',
  'document.allocation_refused':
    'The tax authority refused an allocation number. The document waits; a person must decide.',
  'document.cancelled': 'A document that had not left was cancelled, because all of its money went back.',
  'invoice.pushed': 'The invoice service has the document.',
  'invoice.failed': 'The invoice service refused the document.',
  'provider.circuit_opened': 'A vendor fails, and calls to it wait.',
  'provider.circuit_closed': 'Calls to a vendor go on.',
  'provider.credentials_failing': 'A vendor has refused the credentials for a long time.',
  'provider.webhooks_refused':
    'Webhooks of the payment provider are refused, three or more in a row: its secret is wrong here, or a stranger sends them. Open payments are asked about meanwhile.',
  'workspace.provider_changed': 'The workspace has another payment provider.',
  'workspace.ceiling_reached':
    'An osek patur has turned over 80 or 100 percent of the ceiling of the year. Each step is told once a year.',
  'tax_authority.connection_expiring':
    'The connection with the tax authority ends within 14 days and could not be renewed: connect again.',
  'tax_authority.connection_broken':
    'The tax authority takes the connection of the workspace no more: connect again. Documents wait for their numbers.',
  'webhook_endpoint.changed': 'An endpoint was made, changed or deleted, or got another secret.',
  'webhook_endpoint.disabled':
    'An endpoint took nothing for days, or answered 410: its events wait until it is enabled.',
  'audit.head':
    'The last entry of the audit log, once an hour where it has grown. Keep it: it proves that no entry was removed from the end.',
  'books.rule_broken':
    'The nightly check found rows of the workspace that break a rule of its books: ask who runs Tashlum. It is sent every night until the rule holds again.',
  'export.completed': 'The file of an export can be downloaded.',
  'accountant_month.sent':
    'The mail server took the file of a month to the accountant. Where it was too large to attach, the mail says where it lies.',
  'accountant_month.failed':
    'The accountant did not get the file of a month by mail, or nobody knows (`unconfirmed`). It is not tried again: send them the file of `exportId`, or of a new export.',
  test: 'Somebody asked for a test event.',
};
