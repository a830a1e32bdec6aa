import { randomUUID } from 'node:crypto';
import { readEnvironment } from '../../support/environment.ts';
import type { VendorAccount } from '../../support/faults.ts';

/** The payment providers that a clinic can be paid through. What a test of all of them must know of each is here. */
export const PROVIDERS = ['payplus', 'grow', 'stripe'] as const;
export type Provider = (typeof PROVIDERS)[number];

export type Credentials = Readonly<Record<string, string>>;

const NEW_CREDENTIALS: Readonly<Record<Provider, (own: string) => Credentials>> = {
  payplus: (own) => ({ apiKey: `key-${own}`, secretKey: `secret-${own}`, paymentPageUid: `page-${own}` }),
  grow: (own) => ({ userId: `user-${own}`, pageCode: `page-${own}`, apiKey: `key-${own}` }),
  // The engine enrols its webhook address and keeps the secret that it is told.
  stripe: (own) => ({ secretKey: `sk_test_${own}` }),
};

/** Which credential names the account at the vendor. */
const ACCOUNT_FIELD: Readonly<Record<Provider | Exclude<InvoiceService, 'custom'>, string>> = {
  payplus: 'apiKey',
  grow: 'userId',
  stripe: 'secretKey',
  'green-invoice': 'apiKeyId',
  sumit: 'companyId',
};

/** The vendor account that these credentials open. */
export function toAccount(vendor: Provider | InvoiceService, credentials: Credentials): VendorAccount {
  if (vendor === 'custom') return { vendor, account: credentials['url']?.split('/').at(-2) ?? '' };
  return { vendor, account: credentials[ACCOUNT_FIELD[vendor]] ?? '' };
}

/** Keys of a vendor account that no other test has. */
export const newCredentials = (provider: Provider): Credentials => NEW_CREDENTIALS[provider](newOwn());

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

/** How the vendors' own habits show in tests. */
export const HABITS: Readonly<
  Record<
    Provider,
    {
      /** Webhooks that the engine gets for one payment. */
      readonly webhooks: number;
      /** A declined card is told by a webhook. */
      readonly tellsDeclines: boolean;
      /** A page can be killed: nobody can pay on it any more. */
      readonly killsPages: boolean;
    }
  >
> = {
  payplus: { webhooks: 1, tellsDeclines: true, killsPages: true },
  grow: { webhooks: 1, tellsDeclines: false, killsPages: false },
  stripe: { webhooks: 2, tellsDeclines: true, killsPages: true },
};
