import type { ProviderErrorCode } from './provider-error.ts';
import { isProviderError } from './provider-error.ts';

/**
 * A breaker: whether calls to a vendor are let through. `closed`: they are. `open`: none is, until a time. `half_open`:
 * one is on its way to find out.
 */
export const CIRCUIT_STATES = ['closed', 'open', 'half_open'] as const;
export type CircuitState = (typeof CIRCUIT_STATES)[number];

/** Failures in a row that open a breaker (docs/operations.md, "a breaker is open"). */
export const FAILURES_TO_OPEN = 10;
/** From here on waiting calls come back soon, so that none sleeps through the breaker's opening and closing. */
export const FAILURES_TO_WORRY = 5;
export const OPEN_SECONDS = 300;
/** Keys that were refused for this long are asked about every hour, later more seldom, and the workspace is told once. */
export const REFUSED_LONG_SECONDS = 86_400;
export const OPEN_AT_MOST_SECONDS = 6 * 3_600;
/** What a trial may take; one that was killed is over after that. Longer than any call to a vendor. */
export const TRIAL_SECONDS = 60;

/** A breaker as it is stored. `opensInMs`: until the next trial may start; of one half-open, until its trial is given up. */
export interface Circuit {
  readonly name: string;
  readonly state: CircuitState;
  readonly failures: number;
  readonly opensInMs: number | null;
}

/**
 * What one call says of the breaker in its way. `nothing`: neither that the other side works nor that it does not.
 * `refused`: a failure, too, of the keys: only a person can mend it.
 */
export type CircuitVerdict = 'success' | 'failure' | 'refused' | 'nothing';

export const isFailure = (verdict: CircuitVerdict): boolean => verdict === 'failure' || verdict === 'refused';

/** Where breakers are kept, shared by all processes. */
export interface CircuitStore {
  /** Those that are not closed or have failures. What is not among them lets calls through. */
  listTroubled(): Promise<readonly Circuit[]>;
  /** Takes the trial of a breaker whose time has come: a token to report by, or null where there is none to be had. */
  admit(name: string): Promise<string | null>;
  /** Counts a call; `trial` is its token where it was one. The breaker afterwards, null where the call did not count. */
  record(name: string, verdict: CircuitVerdict, trial: string | null): Promise<Circuit | null>;
}

/** The breakers in a call's way. A vendor whose accounts each have a host of their own has none for the host. */
export interface CircuitNames {
  readonly host: string | null;
  readonly account: string;
}

/** `payplus:live`; in the sandbox all modes have one host. */
export function hostCircuit(provider: string, place: 'live' | 'test' | 'sandbox'): string {
  return `${provider}:${place}`;
}

/** `payplus:live:acc_…`, below its host's. */
export function accountCircuit(host: string, accountId: string): string {
  return `${host}:${accountId}`;
}

/** What a name is made of. */
export function partsOfCircuit(name: string): { provider: string; place: string; accountId: string | null } {
  const [provider = '', place = '', accountId = null] = name.split(':');
  return { provider, place, accountId };
}

/** The worst state among each provider's breakers; open is worse than half open. */
export function worstCircuitStates(
  providers: readonly string[],
  circuits: readonly Circuit[],
): { provider: string; state: CircuitState }[] {
  return providers.map((provider) => {
    const own = circuits.filter(({ name }) => partsOfCircuit(name).provider === provider);
    const has = (state: CircuitState): boolean => own.some((circuit) => circuit.state === state);
    return { provider, state: has('open') ? 'open' : has('half_open') ? 'half_open' : 'closed' };
  });
}

/** What each failure says of the host and of the account. Wrong keys are an answer: the host that gave it works. */
const VERDICTS: Readonly<Record<ProviderErrorCode, { host: CircuitVerdict; account: CircuitVerdict }>> = {
  unreachable: { host: 'failure', account: 'failure' },
  no_answer: { host: 'failure', account: 'failure' },
  provider_unavailable: { host: 'failure', account: 'failure' },
  bad_answer: { host: 'failure', account: 'failure' },
  credentials_invalid: { host: 'success', account: 'refused' },
  // May be said by an adapter that asked nobody, unless it carries the vendor's code.
  rejected: { host: 'nothing', account: 'nothing' },
  rate_limited: { host: 'nothing', account: 'nothing' },
  circuit_open: { host: 'nothing', account: 'nothing' },
  unsupported_operation: { host: 'nothing', account: 'nothing' },
};

const WORKS = { host: 'success', account: 'success' } as const;
const NOTHING = { host: 'nothing', account: 'nothing' } as const;

/** What a call's end says of host and account; `error` null: it succeeded. A fault of ours says nothing. */
export function verdictsOf(error: unknown): { host: CircuitVerdict; account: CircuitVerdict } {
  if (error === null) return WORKS;
  if (!isProviderError(error)) return NOTHING;
  // An answer that came whole says nothing against who gave it, though nobody can read it: other merchants' may be fine.
  if (error.isWhole) return NOTHING;
  return error.code === 'rejected' && error.vendorCode !== null ? WORKS : VERDICTS[error.code];
}
