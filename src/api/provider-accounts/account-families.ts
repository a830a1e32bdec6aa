import type { ZodType } from 'zod';
import type { AccountFamily, AccountOptions } from '../../db/provider-accounts.ts';
import type { Mode } from '../../domain/workspace.ts';
import type { Adapters } from '../../providers/adapters.ts';

/** One family of provider accounts: its name in paths, fields and the audit log, and the vendors that it allows. */
export interface ProviderFamily {
  readonly name: AccountFamily;
  readonly path: 'payment-provider' | 'invoice-service';
  readonly nameField: 'provider' | 'service';
  readonly auditNoun: 'payment_provider' | 'invoice_service';
  readonly supported: readonly string[];
  face(name: string): AccountFace | null;
}

/** What the routes need of a provider or an invoice service. */
export interface AccountFace {
  readonly name: string;
  readonly credentials: ZodType;
  readonly issuesLegalDocuments: boolean;
  accountKey(credentials: unknown): string;
  /**
   * The credentials including the webhook secret. Vendors that must be told our webhook address are told now. Throws
   * ProviderError.
   */
  complete(credentials: unknown, options: AccountOptions, mode: Mode, webhookUrl: string): Promise<unknown>;
  /** Succeeds or throws ProviderError; it moves and creates nothing. */
  check(credentials: unknown, options: AccountOptions, mode: Mode): Promise<void>;
}

export function createProviderFamilies(adapters: Adapters): readonly [ProviderFamily, ProviderFamily] {
  return [
    {
      name: 'payment',
      path: 'payment-provider',
      nameField: 'provider',
      auditNoun: 'payment_provider',
      supported: adapters.supported.payment,
      face: (name) => toPaymentFace(adapters, name),
    },
    {
      name: 'invoice',
      path: 'invoice-service',
      nameField: 'service',
      auditNoun: 'invoice_service',
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
