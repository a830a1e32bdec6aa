import type { PaymentMethod } from '../../../domain/means.ts';
import { TRANSACTION_TYPES } from './page-fields.ts';

/** The ids of an account. Where Grow issued page codes by way to pay, `pageCodes` has those beside the usual one. */
export interface GrowCredentials {
  readonly userId: string;
  readonly pageCode: string;
  readonly pageCodes?: Readonly<Partial<Record<PaymentMethod, string>>> | undefined;
  /** Platforms have one; a plain merchant has none. */
  readonly apiKey?: string | undefined;
}

/** What Grow wants to be shown of a page or a transaction, and whose page code it was made under (null: the usual one). */
interface Shown {
  readonly token: string;
  readonly method: PaymentMethod | null;
}

/** The method whose own code serves a page: the only one that is asked for, where it has a code. */
export function methodOfPage(
  { pageCodes }: GrowCredentials,
  methods: readonly string[] | null,
): PaymentMethod | null {
  const offered = Object.values(TRANSACTION_TYPES).filter((method) => methods?.includes(method));
  const [only] = offered;
  return offered.length === 1 && only !== undefined && pageCodes?.[only] !== undefined ? only : null;
}

export const codeOf = ({ pageCode, pageCodes }: GrowCredentials, method: PaymentMethod | null): string =>
  (method === null ? undefined : pageCodes?.[method]) ?? pageCode;

export const allCodes = ({ pageCode, pageCodes }: GrowCredentials): string[] => [
  ...new Set([pageCode, ...Object.values(pageCodes ?? {})]),
];

/** Whatever is asked of a payment later must name its page code, so the secret says which: `bit:<token>`. */
export const toSecret = ({ token, method }: Shown): string =>
  method === null ? token : `${method}:${token}`;

export function fromSecret(secret: string): Shown {
  const [name, ...rest] = secret.split(':');
  const method = toMethod(name);
  return method === null ? { token: secret, method } : { token: rest.join(':'), method };
}

/** The method that a page's `cField2` names, null for any other text. */
export function toMethod(name: string | null | undefined): PaymentMethod | null {
  return Object.values(TRANSACTION_TYPES).find((method) => method === name) ?? null;
}
