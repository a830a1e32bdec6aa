import type { ZodType } from 'zod';
import type { AccountFamily, AccountOptions } from '../../db/provider-accounts.ts';
import type { Currency } from '../../domain/money.ts';
import type { Mode } from '../../domain/workspace.ts';
import type { Adapters } from '../../providers/adapters.ts';
import type { VendorOption } from '../../providers/payments/payment-provider.ts';

/** The names of a family of provider accounts in paths, fields and the audit log. */
export const FAMILY_NAMES = {
  payment: {
    name: 'payment',
    path: 'payment-provider',
    nameField: 'provider',
    auditNoun: 'payment_provider',
  },
  invoice: { name: 'invoice', path: 'invoice-service', nameField: 'service', auditNoun: 'invoice_service' },
} as const satisfies Record<AccountFamily, object>;

/** One family of provider accounts, and the vendors that it allows. */
export type ProviderFamily = (typeof FAMILY_NAMES)[AccountFamily] & {
  readonly supported: readonly string[];
  face(name: string): AccountFace | null;
};

/** What the routes need of a provider or an invoice service. */
export interface AccountFace {
  readonly name: string;
  readonly credentials: ZodType;
  readonly issuesLegalDocuments: boolean;
  /** Of a payment provider: the settings that only some have. */
  readonly options?: readonly VendorOption[];
  /** Of a payment provider: what it takes. */
  readonly currencies?: readonly Currency[];
  accountKey(credentials: unknown): string;
  /**
   * The credentials including the webhook secret. Vendors that must be told our webhook address are told now. Throws
   * ProviderError.
   */
  complete(credentials: unknown, options: AccountOptions, mode: Mode, webhookUrl: string): Promise<unknown>;
  /** Succeeds or throws ProviderError; it moves and creates nothing. */
  check(credentials: unknown, options: AccountOptions, mode: Mode): Promise<void>;
}

/** Both families, for the routes that are the same for each: payment providers first, then invoice services. */
export function createProviderFamilies(adapters: Adapters): readonly [ProviderFamily, ProviderFamily] {
  return [
    {
      ...FAMILY_NAMES.payment,
      supported: adapters.supported.payment,
      face: (name) => toPaymentFace(adapters, name),
    },
    {
      ...FAMILY_NAMES.invoice,
      supported: adapters.supported.invoice,
      face: (name) => toInvoiceFace(adapters, name),
    },
  ];
}

function toPaymentFace(adapters: Adapters, name: string): AccountFace | null {
  const face = adapters.paymentFace(name);
  if (face === null) return null;
  return {
    name,
    credentials: face.credentials,
    issuesLegalDocuments: false,
    options: face.options,
    currencies: face.currencies,
    accountKey: (credentials) => face.accountKey(credentials),
    complete: async (credentials, options, mode, webhookUrl) =>
      (await adapters.tryPayment(face, credentials, options, mode).enrolWebhooks?.(webhookUrl)) ??
      credentials,
    check: (credentials, options, mode) =>
      adapters.tryPayment(face, credentials, options, mode).checkCredentials(),
  };
}

function toInvoiceFace(adapters: Adapters, name: string): AccountFace | null {
  const face = adapters.invoiceFace(name);
  if (face === null) return null;
  return {
    name,
    credentials: face.credentials,
    issuesLegalDocuments: face.issuesLegalDocuments,
    accountKey: (credentials) => face.accountKey(credentials),
    complete: (credentials) => Promise.resolve(credentials),
    check: (credentials, _options, mode) => adapters.tryInvoice(face, credentials, mode).checkCredentials(),
  };
}
