import type { ProviderErrorCode } from './provider-error.ts';
import { isProviderError } from './provider-error.ts';

/**
 * A breaker lets calls to a vendor through or not. `closed`: all calls. `open`: none, until a time. `half_open`: one
 * call is trying whether the vendor works again.
 */
export const BREAKER_STATES = ['closed', 'open', 'half_open'] as const;
export type BreakerState = (typeof BREAKER_STATES)[number];

/** Failures in a row that open a breaker (docs/operations.md, "a breaker is open"). */
export const FAILURES_TO_OPEN = 10;
/**
 * From this many failures on, waiting calls look again soon, so that none sleeps through the opening and closing of
 * the breaker.
 */
export const FAILURES_TO_WORRY = 5;
/** How long a breaker stays open the first time. */
export const OPEN_SECONDS = 300;
/** After this long, refused keys are tried every hour and later less often, and the workspace is told once. */
export const REFUSED_LONG_SECONDS = 86_400;
/** The longest pause between two trials of an open breaker. */
export const OPEN_AT_MOST_SECONDS = 6 * 3_600;
/**
 * The longest time of a trial, longer than any call to a vendor. After it, a trial whose process was killed counts as
 * over.
 */
export const TRIAL_SECONDS = 60;

/**
 * A stored breaker. `opensInMs`: time until the next trial may start, or, while half open, until the running trial is
 * given up.
 */
export interface Breaker {
  readonly name: string;
  readonly state: BreakerState;
  readonly failures: number;
  readonly opensInMs: number | null;
}

/**
 * What the end of one call means for a breaker. `nothing`: it tells nothing about the other side. `refused`: a
 * failure because of the keys, which only a person can fix.
 */
export type CallVerdict = 'success' | 'failure' | 'refused' | 'nothing';

/** Whether the end of a call counts against its breaker. */
export const isFailure = (verdict: CallVerdict): boolean => verdict === 'failure' || verdict === 'refused';

/** Where breakers are kept, shared by all processes. */
export interface BreakerStore {
  /** Breakers that are not closed or have failures. All others let calls through. */
  listTroubled(): Promise<readonly Breaker[]>;
  /**
   * Starts the trial of a breaker whose time has come. Returns a token to report with, or null if no trial is due.
   */
  admit(name: string): Promise<string | null>;
  /**
   * Counts a call. `trial` is the token if the call was a trial. Returns the new breaker, or null if the call did not
   * count.
   */
  record(name: string, verdict: CallVerdict, trial: string | null): Promise<Breaker | null>;
}

/** The breakers that a call must pass. A vendor whose accounts each have a host of their own has no host breaker. */
export interface BreakerNames {
  readonly host: string | null;
  readonly account: string;
}

/** `payplus:live`; in the sandbox all modes have one host. */
export function hostBreaker(provider: string, place: 'live' | 'test' | 'sandbox'): string {
  return `${provider}:${place}`;
}

/** `payplus:live:acc_…`, below its host's. */
export function accountBreaker(host: string, accountId: string): string {
  return `${host}:${accountId}`;
}

/** The parts of a name. */
export function partsOfBreaker(name: string): { provider: string; place: string; accountId: string | null } {
  const [provider = '', place = '', accountId = null] = name.split(':');
  return { provider, place, accountId };
}

/** The worst state among each provider's breakers; open is worse than half open. */
export function worstBreakerStates(
  providers: readonly string[],
  breakers: readonly Breaker[],
): { provider: string; state: BreakerState }[] {
  return providers.map((provider) => {
    const own = breakers.filter(({ name }) => partsOfBreaker(name).provider === provider);
    const has = (state: BreakerState): boolean => own.some((breaker) => breaker.state === state);
    return { provider, state: has('open') ? 'open' : has('half_open') ? 'half_open' : 'closed' };
  });
}

/** What each failure means for the host and for the account. A refusal of keys is an answer, so the host works. */
const VERDICTS: Readonly<Record<ProviderErrorCode, { host: CallVerdict; account: CallVerdict }>> = {
  unreachable: { host: 'failure', account: 'failure' },
  no_answer: { host: 'failure', account: 'failure' },
  provider_unavailable: { host: 'failure', account: 'failure' },
  bad_answer: { host: 'failure', account: 'failure' },
  credentials_invalid: { host: 'success', account: 'refused' },
  // An adapter may say this without asking the vendor, unless the error has a vendor code.
  rejected: { host: 'nothing', account: 'nothing' },
  rate_limited: { host: 'nothing', account: 'nothing' },
  circuit_open: { host: 'nothing', account: 'nothing' },
  unsupported_operation: { host: 'nothing', account: 'nothing' },
};

const WORKS = { host: 'success', account: 'success' } as const;
const NOTHING = { host: 'nothing', account: 'nothing' } as const;

/**
 * What the end of a call means for host and account; `error` is null after a success. A fault of ours means nothing.
 */
export function verdictsOf(error: unknown): { host: CallVerdict; account: CallVerdict } {
  if (error === null) return WORKS;
  if (!isProviderError(error)) return NOTHING;
  // A complete answer that we cannot read is not held against the vendor: other merchants may be fine.
  if (error.isWhole) return NOTHING;
  return error.code === 'rejected' && error.vendorCode !== null ? WORKS : VERDICTS[error.code];
}
