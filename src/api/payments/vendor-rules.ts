import { linesOf, splitOf } from '../../domain/document-lines.ts';
import { fieldProblem, Problem } from '../../domain/problems.ts';
import type { FieldProblem } from '../../domain/problems.ts';
import type { Currency } from '../../domain/money.ts';
import { contactOf } from '../../domain/payer.ts';
import type { InvoiceServiceFace } from '../../providers/invoices/invoice-service.ts';
import type { PaymentProviderFace, ProviderOptions } from '../../providers/payments/payment-provider.ts';
import { vatRateOn } from './payment-rules.ts';
import type { TaxDay } from './payment-rules.ts';
import type { CreatePaymentBody } from './payment-schema.ts';

/** Refuses what is above the account's limit, and what the vendor is known to refuse, before anything is written. @throws Problem naming the fields */
export function checkAtVendor(
  face: PaymentProviderFace | null,
  options: ProviderOptions & { readonly maxAmount?: number },
  body: CreatePaymentBody,
  charge: { readonly amount: number; readonly currency: Currency },
): void {
  const { maxAmount = Infinity } = options;
  if (charge.amount > maxAmount)
    throw fieldProblem(
      '#/amount',
      `comes to ${charge.amount} with VAT, above the limit of ${maxAmount} (minor units): lower it, or raise options.maxAmount of the payment provider`,
    );
  const { maxInstallments = null, methods = null } = body;
  const terms = { ...charge, maxInstallments, methods, customer: contactOf(body.customer) };
  refuse(face?.checkOrder?.(terms, options));
}

/**
 * Refuses what the invoice service has no document for: after the payment it would be too late.
 * @param amount what the payer is asked for, minor units
 * @throws Problem naming the fields
 */
export function checkAtInvoiceService(
  service: InvoiceServiceFace | null,
  body: CreatePaymentBody,
  amount: number,
  on: TaxDay,
): void {
  if (service?.checkDocument === undefined) return;
  const { items = null, discount = 0, vatTreatment = 'standard' } = body;
  const rateBp = vatRateOn(on);
  const lines = linesOf({ ...body, items, discount, vatTreatment }, amount, rateBp);
  const split = splitOf(amount, lines, rateBp);
  refuse(service.checkDocument({ split, lines, pricesIncludeVat: body.vatIncluded }));
}

function refuse(fields: readonly FieldProblem[] = []): void {
  const [first] = fields;
  if (first) throw new Problem('validation_failed', `${first.pointer}: ${first.detail}`, { fields });
}
