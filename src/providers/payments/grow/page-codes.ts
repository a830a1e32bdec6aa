import type { PaymentMethod } from '../../../domain/means.ts';
import type { GrowCredentials } from './credentials.ts';
import { TRANSACTION_TYPES } from './page-fields.ts';

/** What Grow wants to see for a page or transaction, and the page code it was made under (null: the usual one). */
interface Shown {
  readonly token: string;
  readonly method: PaymentMethod | null;
}

/** The method whose page code a page uses: the only requested method, if it has a code. */
export function methodOfPage(
  { pageCodes }: GrowCredentials,
  methods: readonly string[] | null,
): PaymentMethod | null {
  const offered = Object.values(TRANSACTION_TYPES).filter((method) => methods?.includes(method));
  const [only] = offered;
  return offered.length === 1 && only !== undefined && pageCodes?.[only] !== undefined ? only : null;
}

/** The page code under which a page of this method is made. A method without a code of its own has the usual one. */
export const codeOf = ({ pageCode, pageCodes }: GrowCredentials, method: PaymentMethod | null): string =>
  (method === null ? undefined : pageCodes?.[method]) ?? pageCode;

/** Every page code of an account, once each, the usual one first. */
export const allCodes = ({ pageCode, pageCodes }: GrowCredentials): string[] => [
  ...new Set([pageCode, ...Object.values(pageCodes ?? {})]),
];

/** Every later question about a payment must name its page code, so the secret includes it: `bit:<token>`. */
export const toSecret = ({ token, method }: Shown): string =>
  method === null ? token : `${method}:${token}`;

/** Reads what `toSecret` wrote. A secret without a method is the token alone. */
export function fromSecret(secret: string): Shown {
  const [name, ...rest] = secret.split(':');
  const method = toMethod(name);
  return method === null ? { token: secret, method } : { token: rest.join(':'), method };
}

/** The method in `cField2` of a page, null for any other text. */
export function toMethod(name: string | null | undefined): PaymentMethod | null {
  return Object.values(TRANSACTION_TYPES).find((method) => method === name) ?? null;
}
