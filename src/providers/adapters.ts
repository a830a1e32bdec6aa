import type { Http } from '../http.ts';
import type { Secrets } from '../secrets.ts';
import type { Mode } from '../domain/workspace.ts';
import { invoiceServices } from './invoices/index.ts';
import type { InvoiceService, InvoiceServiceFace } from './invoices/invoice-service.ts';
import { PAYMENT_PROVIDERS } from './payments/index.ts';
import type { PaymentProvider, PaymentProviderFace, ProviderOptions } from './payments/payment-provider.ts';

/** An account as stored, as far as an adapter needs it. */
export interface StoredAccount {
  readonly id: string;
  readonly provider: string;
  readonly credentialsSealed: Buffer;
  readonly previousSealed: Buffer | null;
  readonly previousValidUntil: Date | null;
  readonly options: ProviderOptions;
}

/** Turns stored accounts, or credentials on trial, into adapters: the one place that knows how both are built. */
export interface Adapters {
  paymentFace(name: string): PaymentProviderFace | null;
  invoiceFace(name: string): InvoiceServiceFace | null;
  /** Outside names that a slot may be given. */
  readonly supported: { readonly payment: readonly string[]; readonly invoice: readonly string[] };
  /** Credentials as they are stored, and back; both columns of an account hold values sealed for the same place. */
  sealCredentials(accountId: string, credentials: unknown): Buffer;
  openCredentials(accountId: string, sealed: Buffer): unknown;
  payment(account: StoredAccount, mode: Mode): PaymentProvider;
  invoice(account: StoredAccount, mode: Mode): InvoiceService;
  /** An adapter from credentials that are not stored yet. */
  tryPayment(
    face: PaymentProviderFace,
    credentials: unknown,
    options: ProviderOptions,
    mode: Mode,
  ): PaymentProvider;
  tryInvoice(face: InvoiceServiceFace, credentials: unknown, mode: Mode): InvoiceService;
}

/** Where a sealed credential lives: part of what it is authenticated with. */
export function credentialsPlace(accountId: string) {
  return { table: 'provider_accounts', rowId: accountId, column: 'credentials' };
}

const REGISTRY: Pick<Adapters, 'paymentFace' | 'invoiceFace' | 'supported'> = {
  paymentFace: (name) => find(PAYMENT_PROVIDERS, name),
  invoiceFace: (name) => find(invoiceServices, name),
  supported: { payment: Object.keys(PAYMENT_PROVIDERS), invoice: Object.keys(invoiceServices) },
};

export function createAdapters(deps: { http: Http; secrets: Secrets; sandboxUrl: string | null }): Adapters {
  const { http } = deps;
  const baseUrl = (name: string): string | null =>
    deps.sandboxUrl === null ? null : `${deps.sandboxUrl}/${name}`;
  const vault = createVault(deps.secrets);
  const once = createStock();

  return {
    ...REGISTRY,
    ...vault,
    payment: (account, mode) =>
      once(account, mode, () => {
        const face = mustKnow(REGISTRY.paymentFace(account.provider), account.provider);
        return face.create({
          http,
          credentials: vault.openCredentials(account.id, account.credentialsSealed),
          previousCredentials: isStillValid(account)
            ? vault.openCredentials(account.id, account.previousSealed)
            : null,
          mode,
          baseUrl: baseUrl(account.provider),
          options: account.options,
        });
      }),
    invoice: (account, mode) =>
      once(account, mode, () => {
        const face = mustKnow(REGISTRY.invoiceFace(account.provider), account.provider);
        return face.create({
          http,
          credentials: vault.openCredentials(account.id, account.credentialsSealed),
          mode,
          baseUrl: baseUrl(account.provider),
        });
      }),
    tryPayment: (face, credentials, options, mode) =>
      face.create({
        http,
        credentials,
        previousCredentials: null,
        mode,
        baseUrl: baseUrl(face.name),
        options,
      }),
    tryInvoice: (face, credentials, mode) =>
      face.create({ http, credentials, mode, baseUrl: baseUrl(face.name) }),
  };
}

/** One adapter an account for as long as its row does not change: tokens and rate limits live in it. */
function createStock() {
  const built = new Map<string, { madeFrom: string; adapter: PaymentProvider | InvoiceService }>();
  return <T extends PaymentProvider | InvoiceService>(
    account: StoredAccount,
    mode: Mode,
    build: () => T,
  ): T => {
    const secrets = [account.credentialsSealed, isStillValid(account) ? account.previousSealed : null];
    const madeFrom = JSON.stringify([
      mode,
      account.options,
      ...secrets.map((sealed) => sealed?.toString('base64')),
    ]);
    const known = built.get(account.id);
    if (known?.madeFrom === madeFrom) return known.adapter as T;
    const adapter = build();
    built.set(account.id, { madeFrom, adapter });
    return adapter;
  };
}

function createVault(secrets: Secrets): Pick<Adapters, 'sealCredentials' | 'openCredentials'> {
  return {
    sealCredentials: (accountId, credentials) =>
      secrets.seal('credentials', credentialsPlace(accountId), JSON.stringify(credentials)),
    openCredentials: (accountId, sealed) =>
      JSON.parse(secrets.open('credentials', credentialsPlace(accountId), sealed).toString()) as unknown,
  };
}

function isStillValid(account: StoredAccount): account is StoredAccount & { previousSealed: Buffer } {
  return (
    account.previousSealed !== null &&
    account.previousValidUntil !== null &&
    account.previousValidUntil > new Date()
  );
}

function find<Face>(registry: Readonly<Record<string, unknown>>, name: string): Face | null {
  return Object.hasOwn(registry, name) ? (registry[name] as Face) : null;
}

function mustKnow<Face>(face: Face | null, name: string): Face {
  if (face === null) throw new Error(`the registry knows no "${name}"`);
  return face;
}
