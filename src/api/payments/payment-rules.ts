import { dayInZone } from '../../domain/calendar.ts';
import { pricedLines } from '../../domain/document-lines.ts';
import { fieldProblem, Problem } from '../../domain/problems.ts';
import { sumMinor } from '../../domain/money.ts';
import type { Currency } from '../../domain/money.ts';
import type { Customer } from '../../domain/payer.ts';
import { priceOf } from '../../domain/quantity.ts';
import { isBlank } from '../../domain/text.ts';
import { mayIssueTaxInvoice, profileOn } from '../../domain/tax-document.ts';
import { israeliVatRateBp, splitExclusive } from '../../domain/vat.ts';
import type { DocumentIssuer, TaxProfile, Workspace } from '../../domain/workspace.ts';
import { checkCustomer, toStoredPatient } from './customer-rules.ts';
import type { CreatePaymentBody } from './payment-schema.ts';

const YEAR_MS = 366 * 86_400_000;
const MAX_CHARGE = Number.MAX_SAFE_INTEGER;

/** What a payment is checked against. */
export interface Surroundings {
  readonly workspace: Workspace;
  readonly profiles: readonly TaxProfile[];
  readonly issuer: DocumentIssuer;
  readonly providerCurrencies: readonly Currency[];
  readonly providerName: string;
  readonly now: Date;
}

/** Refuses what a schema cannot see, and returns the body as it is stored. @throws Problem naming the field */
export function checkPayment<Body extends CreatePaymentBody>(body: Body, around: Surroundings): Body {
  checkCurrency(body, around);
  checkItems(body);
  checkVat(body, around);
  checkTimes(body, around.now);
  checkIssuer(around);
  const customer = checkCustomer(body.customer, around.workspace);
  checkRegisteredCustomer(customer);
  if (body.printPatient && body.patient === undefined)
    throw fieldProblem('#/printPatient', 'needs the field patient: name who was treated, or leave it out');
  return { ...body, customer, patient: toStoredPatient(body.patient, around.workspace) };
}

function checkCurrency(
  body: CreatePaymentBody,
  { workspace, providerCurrencies, providerName }: Surroundings,
): void {
  const currency = body.currency ?? workspace.currency;
  if (currency !== workspace.currency)
    throw fieldProblem('#/currency', `must be ${workspace.currency}, the currency of this workspace`);
  if (!providerCurrencies.includes(currency)) {
    throw fieldProblem(
      '#/currency',
      `${providerName} takes ${providerCurrencies.join(', ')}`,
      'unsupported_operation',
    );
  }
}

/** Sums are added as BigInt: a wrong one may be beyond 2^53. */
function checkItems({ items, amount, discount = 0 }: CreatePaymentBody): void {
  if (items === undefined) {
    if (discount > 0) throw fieldProblem('#/discount', 'is taken off `items`: list them, or leave it out');
    return;
  }
  const totals = items.map(({ quantity, unitPrice, discount: own = 0 }, place) => {
    const price = priceOf(quantity, unitPrice);
    if (BigInt(own) > price)
      throw fieldProblem(`#/items/${place}/discount`, `must be ${price} at most, the price of the line`);
    return price - BigInt(own);
  });
  const sum = totals.reduce((all, total) => all + total, 0n) - BigInt(discount);
  if (sum !== BigInt(amount)) {
    throw fieldProblem(
      '#/items',
      `quantity × unitPrice of all items, less discounts, must add up to amount (${amount}); it comes to ${sum}`,
    );
  }
}

function checkVat(body: CreatePaymentBody, { workspace, profiles, issuer, now }: Surroundings): void {
  const { items, vatTreatment = 'standard' } = body;
  const ofLines = items?.map((item) => item.vatTreatment ?? vatTreatment) ?? [vatTreatment];
  const isUntaxed = [vatTreatment, ...ofLines].some((treatment) => treatment !== 'standard');
  if (isUntaxed && body.vatReason === undefined)
    throw fieldProblem('#/vatReason', 'is required: say why the payment has no VAT');
  if (workspace.currency === 'ILS' || issuer !== 'engine') return;
  if (!mayIssueTaxInvoice(profileOn(profiles, dayInZone(now, workspace.timeZone)))) return;
  // Source: docs/reference/israel-tax.md, "Other currencies".
  if (ofLines.some((treatment) => treatment !== 'zero_rated'))
    throw fieldProblem(
      '#/currency',
      'must be ILS: a dealer of VAT can use another currency only where all of the payment is zero-rated',
    );
}

/**
 * A tax invoice names the address of the business. After the payment it would be too late to ask for it.
 * Source: docs/reference/israel-tax.md, "What a document says".
 */
function checkIssuer({ workspace, profiles, issuer, now }: Surroundings): void {
  const { address, timeZone } = workspace;
  const profile = profileOn(profiles, dayInZone(now, timeZone));
  if (issuer !== 'engine' || !mayIssueTaxInvoice(profile)) return;
  const missing = (['street', 'city'] as const).filter((part) => isBlank(address[part]));
  if (missing.length === 0) return;
  const fields = missing.map((part) => `address.${part}`).join(' and ');
  const sentence = `a tax invoice names the street and town of the business: set ${fields} of the workspace first`;
  throw new Problem('issuer_incomplete', sentence);
}

/** Who deducts the VAT is named on the invoice. */
function checkRegisteredCustomer(customer: Customer | undefined): void {
  const { taxIdKind = 'private', name = '' } = customer ?? {};
  if (taxIdKind === 'private' || !isBlank(name)) return;
  throw fieldProblem('#/customer/name', `is required for a customer that is a ${taxIdKind}`);
}

function checkTimes({ expiresAt, serviceDate }: CreatePaymentBody, now: Date): void {
  if (serviceDate !== undefined && (serviceDate < '2000-01-01' || serviceDate > '2100-01-01')) {
    throw fieldProblem('#/serviceDate', 'must be a day between 2000-01-01 and 2100-01-01');
  }
  if (expiresAt === undefined) return;
  if (expiresAt.getTime() <= now.getTime()) throw fieldProblem('#/expiresAt', 'must be in the future');
  if (expiresAt.getTime() > now.getTime() + YEAR_MS)
    throw fieldProblem('#/expiresAt', 'must be within a year');
}

/**
 * What the payer is asked for: `amount`, plus VAT if it is before VAT. VAT is computed once, on the sum of the taxed
 * lines, as on the document.
 */
export function chargeAmountOf(body: CreatePaymentBody, around: TaxDay): number {
  if (body.vatIncluded) return body.amount;
  const rateBp = vatRateOn(around);
  const treatment = body.vatTreatment ?? 'standard';
  const lines = pricedLines(body.items ?? [{ description: '', quantity: 1, unitPrice: body.amount }], {
    ...{ discount: body.discount ?? 0, vatTreatment: treatment },
  });
  const standard = lines.filter(({ vatTreatment }) => vatTreatment === 'standard').map(({ total }) => total);
  const charge = body.amount + splitExclusive(sumMinor(standard), rateBp).vat;
  if (charge > MAX_CHARGE) throw new Problem('validation_failed', 'the amount with VAT is too large');
  return charge;
}

/** What decides the VAT rate of a payment. */
export type TaxDay = Pick<Surroundings, 'workspace' | 'profiles' | 'now'>;

/** The VAT rate of the day; 0 for a dealer without VAT. */
export function vatRateOn({ workspace, profiles, now }: TaxDay): number {
  const today = dayInZone(now, workspace.timeZone);
  return mayIssueTaxInvoice(profileOn(profiles, today)) ? israeliVatRateBp(today) : 0;
}
