import { Problem } from '../../domain/errors.ts';
import type { Currency } from '../../domain/money.ts';
import { contactOf } from '../../domain/payer.ts';
import type { PaymentProviderFace, ProviderOptions } from '../../providers/payments/payment-provider.ts';
import type { CreatePaymentBody } from './payment-schema.ts';

/** Refuses what the vendor is known to refuse, before anything is written. @throws Problem naming the fields */
export function checkAtVendor(
  face: PaymentProviderFace | null,
  options: ProviderOptions,
  body: CreatePaymentBody,
  charge: { readonly amount: number; readonly currency: Currency },
): void {
  const { maxInstallments = null, methods = null } = body;
  const terms = { ...charge, maxInstallments, methods, customer: contactOf(body.customer) };
  const fields = face?.checkOrder?.(terms, options) ?? [];
  const [first] = fields;
  if (first) throw new Problem('validation_failed', `${first.pointer}: ${first.detail}`, { fields });
}
