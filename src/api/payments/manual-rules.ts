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
export type ManualSurroundings = Pick<Surroundings, 'workspace' | 'profiles' | 'issuer' | 'now'> & {
  /** Its documents go to an invoice service, ours and theirs alike. */
  readonly isPushed: boolean;
};

/** When the money came (a time on `paidOn` in the workspace's time zone), how much, in minor units, how and from whom. */
export interface ManualCharge extends ManualMeans {
  readonly customer: Customer | undefined;
  readonly patient: Patient | undefined;
  readonly paidAt: Date;
  readonly chargeAmount: number;
  /** The day of the tax invoice of post-dated cheques; null where the document says it all at once. */
  readonly invoiceDueOn: Day | null;
}

/**
 * Refuses what a schema cannot see, and payments that no document can be made for.
 * @throws Problem naming the field
 */
export function checkManualPayment(body: ManualPaymentBody, around: ManualSurroundings): ManualCharge {
  checkPaidOn(body, around);
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
  const invoiceDueOn = invoiceDayOf(body, around);
  return { paidAt, chargeAmount, customer, patient, invoiceDueOn, ...paid };
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
 * Who issues no tax invoices gives a receipt at once, which names the day of a post-dated cheque. Every other dealer gives a receipt
 * at once and the tax invoice on that day. One invoice cannot be right for several days, for money that is here already, or for
 * sales of several treatments of VAT, and an invoice service takes no day to come: those are refused.
 * Source: docs/reference/israel-tax.md, "What a document says".
 */
function invoiceDayOf(
  body: ManualPaymentBody,
  { issuer, isPushed, profiles }: ManualSurroundings,
): Day | null {
  const { check, means, paidOn } = body;
  const parts = means ?? [{ method: body.method, check }];
  const later = parts.findIndex((part) => part.check !== undefined && part.check.dueDate > paidOn);
  const due = parts[later]?.check?.dueDate;
  if (due === undefined) return null;
  if (issuer === 'engine' && !mayIssueTaxInvoice(profileOn(profiles, paidOn))) return null;
  const why = whyNoInvoiceDay(
    issuer === 'engine' && !isPushed,
    parts.every((part) => part.check?.dueDate === due),
    isAllTaxed(body),
  );
  if (why === null) return due;
  const pointer = `${means === undefined ? '#' : `#/means/${later}`}/check/dueDate`;
  throw fieldProblem(pointer, `is later than paidOn (${paidOn}): ${why}`, 'postdated_check_unsupported');
}

/** Why the sale can have no tax invoice on the day of its cheques, as the end of a sentence; null: it can. */
function whyNoInvoiceDay(isOurs: boolean, isOneDay: boolean, isTaxed: boolean): string | null {
  if (!isOurs) return 'an invoice service takes no post-dated cheque; record it on its due date';
  if (!isOneDay)
    return 'a dealer of VAT gives a tax invoice for each due date; record cheques of each date, and money that came at once, as payments of their own';
  return isTaxed
    ? null
    : 'its tax invoice must be at the standard rate; record what is exempt or zero-rated on its due date';
}

function isAllTaxed({ items, vatTreatment = 'standard' }: ManualPaymentBody): boolean {
  const treatments = items?.map((item) => item.vatTreatment ?? vatTreatment) ?? [vatTreatment];
  return treatments.every((treatment) => treatment === 'standard');
}

/** The present time for today. For an earlier day its noon, which no clock change moves to another day. */
function paidAtOf(paidOn: Day, { workspace: { timeZone }, now }: ManualSurroundings): Date {
  return paidOn === dayInZone(now, timeZone) ? now : fromZonedStamp(`${paidOn} 12:00:00`, timeZone);
}
