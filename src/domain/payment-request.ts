import { isOpen } from './payment.ts';
import type { Outcome, PaymentStatus, ReviewReason } from './payment.ts';
import { overdueAt, reminderAt } from './request-times.ts';

/** The most reminders of a payer. After that, the business has to speak with them. */
export const MAX_REMINDERS = 3;

/** While a payer must not be asked, the request looks again after this long. */
const HELD_MS = 6 * 3_600_000;

/** The state of a payment request: what was wished for, and what was done. */
export interface PaymentRequest {
  /** null: only on demand. */
  readonly dueAt: Date | null;
  readonly remindAfterDays: number | null;
  readonly overdueAfterHours: number;
  /** When the payer was first asked. */
  readonly askedAt: Date | null;
  /** When the payer was last asked or reminded. */
  readonly lastAskedAt: Date | null;
  readonly reminders: number;
  /** When `payment.overdue` was raised. It is raised once. */
  readonly overdueAt: Date | null;
}

/** The part of a payment that decides whether its payer may be asked. */
export interface AskedPayment {
  readonly status: PaymentStatus;
  readonly outcome: Outcome;
  readonly review: ReviewReason | null;
  readonly expiresAt: Date | null;
}

/** `open`: the payer may be asked. `held`: money may have come already, so not now. `over`: never again. */
export function readinessOf(payment: AskedPayment, now: Date): 'open' | 'held' | 'over' {
  if (!isOpen(payment.status)) return 'over';
  if (payment.expiresAt !== null && payment.expiresAt <= now) return 'over';
  return payment.review !== null || payment.outcome === 'unknown' ? 'held' : 'open';
}

/** The next step of a request, or when to look again. */
export type RequestStep =
  | { readonly kind: 'ask' }
  | { readonly kind: 'remind' }
  | { readonly kind: 'raise_overdue' }
  | { readonly kind: 'wait'; readonly until: Date }
  | { readonly kind: 'end' };

const END: RequestStep = { kind: 'end' };

/** The next step of a payment request. Pure: the caller records the step in the request and asks again. */
export function nextRequestStep(
  request: PaymentRequest,
  payment: AskedPayment,
  now: Date,
  timeZone: string,
): RequestStep {
  const readiness = readinessOf(payment, now);
  if (readiness === 'over') return END;
  if (readiness === 'held') return waitUntil(new Date(now.getTime() + HELD_MS), payment);
  const due = dueSteps(request, timeZone);
  const ripe = due.find(({ at }) => at <= now);
  if (ripe !== undefined) return { kind: ripe.kind };
  const [next] = due.sort((a, b) => a.at.getTime() - b.at.getTime());
  return next === undefined ? END : waitUntil(next.at, payment);
}

/** The remaining steps, each with its time. */
function dueSteps(
  request: PaymentRequest,
  timeZone: string,
): { kind: 'ask' | 'remind' | 'raise_overdue'; at: Date }[] {
  const { askedAt, remindAfterDays } = request;
  if (askedAt === null) return request.dueAt === null ? [] : [{ kind: 'ask', at: request.dueAt }];
  const steps: { kind: 'remind' | 'raise_overdue'; at: Date }[] = [];
  if (request.overdueAt === null)
    steps.push({ kind: 'raise_overdue', at: overdueAt(askedAt, request.overdueAfterHours) });
  if (remindAfterDays !== null && request.reminders < MAX_REMINDERS) {
    steps.push({ kind: 'remind', at: reminderAt(request.lastAskedAt ?? askedAt, remindAfterDays, timeZone) });
  }
  return steps;
}

/** After its expiry, nobody is asked about a payment. */
function waitUntil(until: Date, { expiresAt }: AskedPayment): RequestStep {
  return expiresAt !== null && until >= expiresAt ? END : { kind: 'wait', until };
}

/** The shortest time between two mails to one payer, for whichever payment. */
export const ASKING_COOL_DOWN_MS = 10 * 60_000;
