import { z } from 'zod';
import type { RequestWishes } from '../../db/payment-requests.ts';
import type { PaymentRequestSettings } from '../../db/workspaces.ts';
import { fieldProblem } from '../../domain/problems.ts';
import type { Customer } from '../../domain/payer.ts';
import { REQUEST_TIMES, requestDueAt } from '../../domain/request-times.ts';
import type { RequestTime } from '../../domain/request-times.ts';
import { PAYMENT_REQUEST } from '../workspaces/workspace-rules.ts';
import { instant } from '../http/read-input.ts';

/** What an app may set for its payment request: field `request` of `POST /v1/payments`. */
export const requestWish = z.strictObject({
  channel: z.literal('email', { error: 'must be "email"' }),
  at: z.union([z.enum(REQUEST_TIMES), instant], {
    error: `must be one of ${REQUEST_TIMES.join(', ')}, or an instant such as 2026-01-31T12:00:00Z`,
  }),
  remindAfterDays: z
    .int({ error: 'must be a whole number of days' })
    .min(1, 'must be 1 or more')
    .max(365, 'must be 365 at most')
    .optional(),
});
export type RequestWish = z.output<typeof requestWish>;

interface Asking {
  readonly request?: RequestWish | undefined;
  readonly customer?: Pick<Customer, 'email'> | undefined;
  readonly expiresAt?: Date | undefined;
}

interface Around {
  readonly workspace: { readonly timeZone: string; readonly paymentRequest: PaymentRequestSettings | null };
  readonly now: Date;
}

/** A time is not later than a link may live. */
const YEAR_MS = 366 * 86_400_000;

/**
 * When the payer is asked; null: only on demand. The app's wish has priority over the workspace's setting, which asks
 * only payers with an address.
 * @throws Problem validation_failed naming the field
 */
export function planRequest(body: Asking, { workspace, now }: Around): RequestWishes | null {
  const habit = workspace.paymentRequest ?? PAYMENT_REQUEST;
  const { overdueAfterHours } = habit;
  if (body.request === undefined) {
    if (habit.at === 'manual' || body.customer?.email === undefined) return null;
    const dueAt = requestDueAt(habit.at, now, workspace.timeZone);
    // If the link ends before, the workspace's setting does not apply: the app shows the link itself.
    if (isTooLate(dueAt, body.expiresAt)) return null;
    return { dueAt, remindAfterDays: habit.remindAfterDays, overdueAfterHours };
  }
  if (body.customer?.email === undefined)
    throw fieldProblem('#/customer/email', 'is required to send a payment request by e-mail');
  const { at, remindAfterDays = habit.remindAfterDays } = body.request;
  const dueAt = requestDueAt(at, now, workspace.timeZone);
  checkDue(at, dueAt, body.expiresAt, now);
  return { dueAt, remindAfterDays, overdueAfterHours };
}

function checkDue(at: RequestTime | Date, dueAt: Date | null, expiresAt: Date | undefined, now: Date): void {
  if (at instanceof Date && at <= now)
    throw fieldProblem('#/request/at', 'must be in the future; "immediately" asks at once');
  if (dueAt !== null && dueAt.getTime() >= now.getTime() + YEAR_MS)
    throw fieldProblem('#/request/at', 'must be within a year');
  if (isTooLate(dueAt, expiresAt)) throw fieldProblem('#/request/at', 'must be before expiresAt');
}

function isTooLate(dueAt: Date | null, expiresAt: Date | undefined): boolean {
  return dueAt !== null && expiresAt !== undefined && dueAt >= expiresAt;
}
