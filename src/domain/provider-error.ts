import { cleanText } from './text.ts';

/**
 * Whether the same call may be sent again. `unknown`: it was sent and its effect is unknown, so look before you
 * repeat it.
 */
export type RetryAdvice = 'safe' | 'never' | 'unknown';

/** Every way a call to a vendor can fail, with its consequence. Adapters translate into these and nothing else. */
export const PROVIDER_ERRORS = {
  /** No connection was made; the vendor saw nothing. */
  unreachable: 'safe',
  /** Sent, no whole answer came back. */
  no_answer: 'unknown',
  /** 5xx: the vendor is in trouble and may have acted. */
  provider_unavailable: 'unknown',
  /** HTML, empty, half a JSON, or a shape that the vendor does not document. */
  bad_answer: 'unknown',
  /** 429. `retryAfterMs` says when, if the vendor said so. */
  rate_limited: 'safe',
  /** Our own breaker is open after failures in a row; nothing was sent. `retryAfterMs` says how long. */
  circuit_open: 'safe',
  /** Wrong or revoked keys. A person must act. */
  credentials_invalid: 'never',
  /** A business answer: declined, refused, a field that the vendor does not accept. */
  rejected: 'never',
  /** The vendor has no such verb. */
  unsupported_operation: 'never',
} as const satisfies Record<string, RetryAdvice>;
export type ProviderErrorCode = keyof typeof PROVIDER_ERRORS;

/**
 * The failure of a call to a payment provider or invoice service. The message is ours. It holds no secret and no text
 * of the vendor.
 */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly code: ProviderErrorCode;
  /** The vendor's own code, if there is one. It is cut short, because it ends up in logs and metrics. */
  readonly vendorCode: string | null;
  readonly retryAfterMs: number | null;
  /** For `bad_answer`: the answer was complete, but its content is not what the vendor documents. */
  readonly isWhole: boolean;

  constructor(
    code: ProviderErrorCode,
    message: string,
    details: { vendorCode?: string | null; retryAfterMs?: number | null; isWhole?: boolean } = {},
  ) {
    super(message);
    this.code = code;
    const { vendorCode = null } = details;
    this.vendorCode = vendorCode === null ? null : cleanText(vendorCode, 60);
    this.retryAfterMs = details.retryAfterMs ?? null;
    this.isWhole = details.isWhole ?? false;
  }

  get retry(): RetryAdvice {
    return PROVIDER_ERRORS[this.code];
  }
}

/** Whether an unknown thing thrown is a ProviderError. */
export function isProviderError(error: unknown): error is ProviderError {
  return error instanceof ProviderError;
}
