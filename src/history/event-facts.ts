import { z } from 'zod';
import { INVARIANT_NAMES } from '../db/invariants/index.ts';
import { MONTH_FAILURES } from '../domain/accountant-month.ts';
import { BREAKER_STATES } from '../domain/breaker.ts';
import { EXPORT_KINDS } from '../domain/export.ts';
import { PATUR_STEPS } from '../domain/patur-ceiling.ts';
import { PAYMENT_WARNINGS } from '../domain/payment-warnings.ts';
import { PAYMENT_STATUSES, REVIEW_REASONS } from '../domain/payment.ts';
import { REFUND_ORIGINS } from '../domain/refund.ts';
import { REVIEW_ACTIONS } from '../domain/review.ts';
import { DISPUTE_STATUSES } from '../domain/standing.ts';
import { DOCUMENT_TYPES } from '../domain/tax-document.ts';
import { DISABLED_REASONS, ENDPOINT_CHANGES } from '../domain/webhook-endpoint.ts';

const minor = z.int();
const status = z.enum(PAYMENT_STATUSES);
const review = z.enum(REVIEW_REASONS);

const money = { amount: minor, currency: z.string() };
const document = {
  documentId: z.string(),
  type: z.enum(DOCUMENT_TYPES),
  number: z.int(),
  displayNumber: z.string(),
};
const dispute = { disputeId: z.string(), status, outcome: z.enum(DISPUTE_STATUSES), ...money };
const breaker = { circuit: z.string(), provider: z.string() };
const breakerChange = {
  ...breaker,
  state: z.enum(BREAKER_STATES),
  opensUntil: z.iso.datetime().nullable(),
};

/** Why a payment failed: our code, a sentence without secrets, and the code of the provider, if any. */
export const failureSchema = z.object({
  code: z.string(),
  message: z.string(),
  vendorCode: z.string().nullable(),
});

/**
 * Every type of outgoing event, with the schema of its facts: ids, statuses, amounts in minor units, numbers. Facts never hold
 * a name, an address or a description. `tell` drops what a schema does not name. An event of a payment also carries `paymentId`.
 */
export const EVENT_FACTS = {
  'payment.link_ready': z.object({ status, provider: z.string() }),
  'payment.request_sent': z.object({ status, isReminder: z.boolean() }),
  'payment.overdue': z.object({ status, ...money, askedAt: z.iso.datetime().nullable() }),
  'payment.completed': z.object({ status, ...money, review: review.nullable() }),
  'payment.warned': z.object({ warnings: z.array(z.enum(PAYMENT_WARNINGS)) }),
  'payment.failed': z.object({ status, reason: z.string(), failure: failureSchema }),
  'payment.expired': z.object({ status, reason: z.string() }),
  'payment.cancelled': z.object({ status, reason: z.string() }),
  'payment.review_opened': z.object({
    review,
    status,
    capturedAmount: minor,
    /** The refund that the review is about, if it is about one. Each of several is told. */
    refundId: z.string().nullable(),
  }),
  'payment.review_closed': z.object({
    review,
    /** The decision of a person; null if the reason disappeared. */
    action: z.enum(REVIEW_ACTIONS).nullable(),
    /** The refund for which it closed; null if it closed for everything that it was about. */
    refundId: z.string().nullable(),
  }),
  'payment.refunded': z.object({ refundId: z.string(), ...money, status, refundedAmount: minor }),
  'refund.created': z.object({
    refundId: z.string(),
    ...money,
    origin: z.enum(REFUND_ORIGINS),
  }),
  'refund.completed': z.object({ refundId: z.string(), ...money, documentId: z.string().nullable() }),
  'refund.failed': z.object({ refundId: z.string(), ...money, reason: z.string() }),
  'dispute.opened': z.object(dispute),
  'dispute.closed': z.object(dispute),
  'document.issued': z.object({ ...document, net: minor, vat: minor, total: minor }),
  'document.allocation_required': z.object(document),
  'document.allocation_refused': z.object({ ...document, code: z.string(), message: z.string() }),
  'document.cancelled': z.object(document),
  'invoice.pushed': z.object({ documentId: z.string(), service: z.string(), externalNumber: z.string() }),
  'invoice.failed': z.object({ documentId: z.string(), reason: z.string() }),
  'provider.circuit_opened': z.object(breakerChange),
  'provider.circuit_closed': z.object(breakerChange),
  'provider.credentials_failing': z.object(breaker),
  'provider.webhooks_refused': z.object({ provider: z.string(), reason: z.string(), inARow: z.int() }),
  'workspace.provider_changed': z.object({ provider: z.string() }),
  'workspace.ceiling_reached': z.object({
    year: z.int(),
    /** Percent of the ceiling. */
    step: z.literal(PATUR_STEPS),
    ceiling: minor,
    /** An earlier year where the ceiling of `year` was not known yet. */
    ceilingYear: z.int(),
    turnover: minor,
    currency: z.string(),
  }),
  'tax_authority.connection_expiring': z.object({ expiresAt: z.iso.datetime() }),
  'tax_authority.connection_broken': z.object({}),
  'webhook_endpoint.changed': z.object({ endpointId: z.string(), change: z.enum(ENDPOINT_CHANGES) }),
  'webhook_endpoint.disabled': z.object({ endpointId: z.string(), reason: z.enum(DISABLED_REASONS) }),
  'audit.head': z.object({ sequence: z.int(), link: z.string() }),
  'books.rule_broken': z.object({ rule: z.enum(INVARIANT_NAMES), count: z.int() }),
  'export.completed': z.object({ exportId: z.string(), kind: z.enum(EXPORT_KINDS), rows: z.int() }),
  'accountant_month.sent': z.object({
    month: z.string(),
    exportId: z.string(),
    /** Whether the mail carried the file. Else it was too large, and the mail said where it lies. */
    isAttached: z.boolean(),
  }),
  'accountant_month.failed': z.object({
    month: z.string(),
    exportId: z.string(),
    reason: z.enum(MONTH_FAILURES),
  }),
  /** Sent to one endpoint, because somebody asked. */
  test: z.object({ endpointId: z.string() }),
} as const satisfies Record<'test' | `${string}.${string}`, z.ZodObject>;

export type EventType = keyof typeof EVENT_FACTS;

/** What an endpoint may ask for. A test comes unasked. */
export const WANTABLE_EVENTS = (Object.keys(EVENT_FACTS) as EventType[]).filter((type) => type !== 'test');
export type FactsOf<T extends EventType> = z.output<(typeof EVENT_FACTS)[T]>;

/** An event about to be sent: its type with the facts of that type. */
export type OutgoingEvent = { [T in EventType]: { readonly type: T; readonly facts: FactsOf<T> } }[EventType];
