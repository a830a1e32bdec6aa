import { randomUUID } from 'node:crypto';
import { readEnvironment } from '../../support/environment.ts';
import { PAYMENT_PROVIDERS } from '../../../src/providers/payments/index.ts';
import type { PaymentProviderName } from '../../../src/providers/payments/index.ts';
import { PAYMENT_SUBJECTS } from '../../contract/payment-subjects.ts';
import type { VendorAccount } from '../../support/faults.ts';

/** The payment providers that a clinic can be paid through. What tests must know of each is in its contract subject. */
export const PROVIDERS = Object.keys(PAYMENT_PROVIDERS) as readonly PaymentProviderName[];
export type Provider = PaymentProviderName;

export type Credentials = Readonly<Record<string, string>>;

/** Which credential names the account at the service. */
const SERVICE_FIELD: Readonly<Record<Exclude<InvoiceService, 'custom'>, string>> = {
  'green-invoice': 'apiKeyId',
  sumit: 'companyId',
};

/** The vendor account that these credentials open. */
export function toAccount(vendor: Provider | InvoiceService, credentials: Credentials): VendorAccount {
  if (vendor === 'custom') return { vendor, account: credentials['url']?.split('/').at(-2) ?? '' };
  const field = isService(vendor) ? SERVICE_FIELD[vendor] : PAYMENT_SUBJECTS[vendor].accountField;
  return { vendor, account: credentials[field] ?? '' };
}

const isService = (vendor: string): vendor is keyof typeof SERVICE_FIELD =>
  Object.hasOwn(SERVICE_FIELD, vendor);

/** Keys of a vendor account that no other test has. */
export const newCredentials = (provider: Provider): Credentials =>
  PAYMENT_SUBJECTS[provider].newCredentials(newOwn());

const newOwn = (): string => randomUUID().replaceAll('-', '').slice(0, 12);

/** The services that documents are pushed to. */
export const INVOICE_SERVICES = ['green-invoice', 'sumit', 'custom'] as const;
export type InvoiceService = (typeof INVOICE_SERVICES)[number];

const SERVICE_CREDENTIALS: Readonly<Record<InvoiceService, (own: string) => Credentials>> = {
  'green-invoice': (own) => ({ apiKeyId: `id-${own}`, apiKeySecret: `secret-${own}` }),
  sumit: (own) => ({ companyId: String(parseInt(own.slice(0, 7), 16) + 1), apiKey: `key-${own}` }),
  custom: (own) => ({
    url: `${readEnvironment().sandboxUrl}/custom/${own}/documents`,
    secret: `secret-of-${own}`,
  }),
};

/** An order to push to an account that no other test has. */
export const newServiceSlot = (service: InvoiceService) => ({
  service,
  credentials: SERVICE_CREDENTIALS[service](newOwn()),
});

/** A payer as every provider wants one: Grow asks for two words and an Israeli mobile. */
export const PAYER = { name: 'Dana Levi', phone: '0501234567' };
