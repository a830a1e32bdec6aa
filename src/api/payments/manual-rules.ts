import { dayInZone, fromZonedStamp, yearBefore } from '../../domain/calendar.ts';
import type { Day } from '../../domain/calendar.ts';
import { fieldProblem } from '../../domain/problems.ts';
import type { Customer, Patient } from '../../domain/payer.ts';
import { mayIssueTaxInvoice, profileOn } from '../../domain/tax-document.ts';
import { israeliVatRateBp } from '../../domain/vat.ts';
import type { TaxProfile } from '../../domain/workspace.ts';
import { checkMeans } from './manual-means.ts';
import type { ManualMeans } from './manual-means.ts';
import type { ManualPaymentBody } from './manual-schema.ts';
import { chargeAmountOf, checkPayment } from './payment-rules.ts';
import type { Surroundings } from './payment-rules.ts';

/** What a manual payment is checked against. No provider is involved. */
export type ManualSurroundings = Pick<Surroundings, 'workspace' | 'profiles' | 'issuer' | 'now'>;

/** When the money came (a time on `paidOn` in the workspace's time zone), how much, in minor units, how and from whom. */
export interface ManualCharge extends ManualMeans {
  readonly customer: Customer | undefined;
  readonly patient: Patient | undefined;
  readonly paidAt: Date;
  readonly chargeAmount: number;
}

/**
 * Refuses what a schema cannot see, and payments that no document can be made for.
 * @throws Problem naming the field
 */
export function checkManualPayment(body: ManualPaymentBody, around: ManualSurroundings): ManualCharge {
  checkPaidOn(body, around);
  checkDueDates(body, around);
  const { workspace } = around;
  const paidAt = paidAtOf(body.paidOn, around);
  // VAT and dealer type are those on the day of payment.
  const asOfThen = {
    ...around,
    now: paidAt,
    providerCurrencies: [workspace.currency],
    providerName: 'manual',
  };
  const { customer, patient } = checkPayment(body, asOfThen);
  const chargeAmount = chargeAmountOf(body, asOfThen);
  const paid = checkMeans(body, chargeAmount);
  return { paidAt, chargeAmount, customer, patient, ...paid };
}

function checkPaidOn(
  { paidOn, lateReason }: ManualPaymentBody,
  { workspace, profiles, now }: ManualSurroundings,
): void {
  const today = dayInZone(now, workspace.timeZone);
  if (paidOn > today)
    throw fieldProblem('#/paidOn', `must not be in the future: it is ${today} in ${workspace.timeZone}`);
  if (paidOn <= yearBefore(today) && lateReason === undefined)
    throw fieldProblem('#/lateReason', `is required: the money came a year ago or earlier, on ${paidOn}`);
  checkTaxDay(paidOn, profiles);
}

/** Before the first tax profile, or the first known VAT rate, any document would be a guess. */
function checkTaxDay(paidOn: Day, profiles: readonly TaxProfile[]): void {
  try {
    if (mayIssueTaxInvoice(profileOn(profiles, paidOn))) israeliVatRateBp(paidOn);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw fieldProblem('#/paidOn', `no document can be issued for that day: ${error.message}`);
  }
}

/**
 * Who issues no tax invoices gives a receipt at once, which names the day of a post-dated cheque. For every other dealer the
 * law requires a receipt now and the tax invoice on that day, and an invoice service takes no day to come: neither is
 * built yet. Source: docs/reference/israel-tax.md, "What a document says".
 */
function checkDueDates(
  { check, means, paidOn }: ManualPaymentBody,
  { issuer, profiles }: ManualSurroundings,
): void {
  if (issuer === 'engine' && !mayIssueTaxInvoice(profileOn(profiles, paidOn))) return;
  const checks = [
    ['#/check', check] as const,
    ...(means ?? []).map((one, index) => [`#/means/${index}/check`, one.check] as const),
  ];
  for (const [pointer, given] of checks)
    if (given !== undefined && given.dueDate > paidOn)
      throw fieldProblem(
        `${pointer}/dueDate`,
        `is later than paidOn (${paidOn}); record a post-dated cheque on its due date`,
        'postdated_check_unsupported',
      );
}

/** The present time for today. For an earlier day its noon, which no clock change moves to another day. */
function paidAtOf(paidOn: Day, { workspace: { timeZone }, now }: ManualSurroundings): Date {
  return paidOn === dayInZone(now, timeZone) ? now : fromZonedStamp(`${paidOn} 12:00:00`, timeZone);
}
