import { accountBreaker, hostBreaker } from '../domain/breaker.ts';
import type { BreakerNames } from '../domain/breaker.ts';
import { createHttp } from '../http.ts';
import type { Http } from '../http.ts';
import type { Secrets } from '../secrets.ts';
import type { Mode } from '../domain/workspace.ts';
import { cleanAnswers } from './clean-answers.ts';
import { createGuardCalls } from './guard-calls.ts';
import type { Breakers } from './breakers.ts';
import { invoiceServices } from './invoices/index.ts';
import type { InvoiceService, InvoiceServiceFace } from './invoices/invoice-service.ts';
import { PAYMENT_PROVIDERS } from './payments/index.ts';
import type { PaymentProvider, PaymentProviderFace, ProviderOptions } from './payments/payment-provider.ts';
import { placeIn } from '../sealed-places.ts';

/** A stored account, reduced to what an adapter needs. */
export interface StoredAccount {
  readonly id: string;
  readonly provider: string;
  readonly credentialsSealed: Buffer;
  readonly previousSealed: Buffer | null;
  readonly previousValidUntil: Date | null;
  readonly options: ProviderOptions;
}

/** Makes adapters from stored accounts or from credentials on trial. Only this module knows how. */
export interface Adapters {
  paymentFace(name: string): PaymentProviderFace | null;
  invoiceFace(name: string): InvoiceServiceFace | null;
  /** Outside names that a provider account may have. */
  readonly supported: { readonly payment: readonly string[]; readonly invoice: readonly string[] };
  /** Seals and opens stored credentials. Previous credentials are stored apart and open only there. */
  sealCredentials(accountId: string, credentials: unknown, column?: CredentialsColumn): Buffer;
  openCredentials(accountId: string, sealed: Buffer, column?: CredentialsColumn): unknown;
  /** The breakers of all hosts that may be called. */
  readonly hostBreakers: readonly string[];
  /** The breakers that calls of an account must pass. */
  breakersOf(account: Pick<StoredAccount, 'id' | 'provider'>, mode: Mode): BreakerNames;
  /** Checks whether the breakers let a call through now. @throws ProviderError `circuit_open` */
  mayCall(account: Pick<StoredAccount, 'id' | 'provider'>, mode: Mode): Promise<void>;
  /** The adapter of an account. Its calls count at its breakers, and an open breaker stops them. */
  payment(account: StoredAccount, mode: Mode): PaymentProvider;
  invoice(account: StoredAccount, mode: Mode): InvoiceService;
  /** An adapter for credentials that are not stored yet. Its calls pass no breaker. */
  tryPayment(
    face: PaymentProviderFace,
    credentials: unknown,
    options: ProviderOptions,
    mode: Mode,
  ): PaymentProvider;
  tryInvoice(face: InvoiceServiceFace, credentials: unknown, mode: Mode): InvoiceService;
}

type CredentialsColumn = 'credentials' | 'previous';

const credentialsPlace = (accountId: string, column: CredentialsColumn = 'credentials') =>
  placeIn(`provider_accounts.${column}`, accountId);

/** Every vendor that there is, without any account. */
export type Registry = Pick<Adapters, 'paymentFace' | 'invoiceFace' | 'supported'>;

/** The faces of all vendors by name; `null` where no vendor has the name. */
export const REGISTRY: Registry = {
  paymentFace: (name) => find(PAYMENT_PROVIDERS, name),
  invoiceFace: (name) => find(invoiceServices, name),
  supported: { payment: Object.keys(PAYMENT_PROVIDERS), invoice: Object.keys(invoiceServices) },
};

/**
 * `customerHttp` is for services at addresses that customers enter; it is always guarded. Without `breakers`, calls
 * pass no breaker: for processes that only test credentials.
 */
export function createAdapters(deps: {
  http: Http;
  customerHttp?: Http;
  secrets: Secrets;
  sandboxUrl: string | null;
  breakers?: Breakers;
}): Adapters {
  const { http, customerHttp = createHttp({ guard: { allowLoopback: false } }) } = deps;
  const httpFor = (face: InvoiceServiceFace): Http => (face.callsCustomersUrl === true ? customerHttp : http);
  const baseUrl = (name: string): string | null =>
    deps.sandboxUrl === null ? null : `${deps.sandboxUrl}/${name}`;
  const vault = createVault(deps.secrets);
  const ways = createBreakerNames(deps.sandboxUrl !== null);
  const guard = deps.breakers === undefined ? null : createGuardCalls(deps.breakers);
  const once = createStock((adapter, account, mode) =>
    cleanAnswers(guard === null ? adapter : guard(adapter, ways.breakersOf(account, mode))),
  );

  return {
    ...REGISTRY,
    ...vault,
    ...ways,
    mayCall: async (account, mode) => deps.breakers?.look(ways.breakersOf(account, mode)),
    payment: (account, mode) =>
      once(account, mode, () => {
        const face = getFace(REGISTRY.paymentFace(account.provider), account.provider);
        return face.create({
          http,
          credentials: vault.openCredentials(account.id, account.credentialsSealed),
          previousCredentials: isStillValid(account)
            ? vault.openCredentials(account.id, account.previousSealed, 'previous')
            : null,
          mode,
          baseUrl: baseUrl(account.provider),
          options: account.options,
        });
      }),
    invoice: (account, mode) =>
      once(account, mode, () => {
        const face = getFace(REGISTRY.invoiceFace(account.provider), account.provider);
        return face.create({
          http: httpFor(face),
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
      face.create({ http: httpFor(face), credentials, mode, baseUrl: baseUrl(face.name) }),
  };
}

/**
 * Names the breakers. Vendors have one host per mode; with a sandbox there is only that one. A service at an address
 * of a customer has no host breaker, because one customer's failures must not stop another's calls.
 */
function createBreakerNames(isSandbox: boolean): Pick<Adapters, 'hostBreakers' | 'breakersOf'> {
  const { payment, invoice } = REGISTRY.supported;
  const places = isSandbox ? (['sandbox'] as const) : (['live', 'test'] as const);
  const hasHost = (name: string): boolean => REGISTRY.invoiceFace(name)?.callsCustomersUrl !== true;
  return {
    hostBreakers: [...payment, ...invoice]
      .filter(hasHost)
      .flatMap((name) => places.map((place) => hostBreaker(name, place))),
    breakersOf: ({ id, provider }, mode) => {
      const host = hostBreaker(provider, isSandbox ? 'sandbox' : mode);
      return { host: hasHost(provider) ? host : null, account: accountBreaker(host, id) };
    },
  };
}

/** Keeps one adapter per account until its row changes: tokens and rate limits live in it. */
function createStock(
  finish: <T extends PaymentProvider | InvoiceService>(adapter: T, account: StoredAccount, mode: Mode) => T,
) {
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
    const adapter = finish(build(), account, mode);
    built.set(account.id, { madeFrom, adapter });
    return adapter;
  };
}

function createVault(secrets: Secrets): Pick<Adapters, 'sealCredentials' | 'openCredentials'> {
  return {
    sealCredentials: (accountId, credentials, column) =>
      secrets.seal(credentialsPlace(accountId, column), JSON.stringify(credentials)),
    openCredentials: (accountId, sealed, column) =>
      JSON.parse(secrets.open(credentialsPlace(accountId, column), sealed).toString()) as unknown,
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

function getFace<Face>(face: Face | null, name: string): Face {
  if (face === null) throw new Error(`the registry knows no "${name}"`);
  return face;
}
