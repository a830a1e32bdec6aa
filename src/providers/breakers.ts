import { FAILURES_TO_WORRY, isFailure, verdictsOf } from '../domain/breaker.ts';
import type { Breaker, BreakerNames, BreakerStore, CallVerdict } from '../domain/breaker.ts';
import { isProviderError, ProviderError } from '../domain/provider-error.ts';
import type { Logger } from '../logger.ts';

/** Permission for one call. Its holder reports how the call ended; this also ends a trial. */
export interface Pass {
  /** `error` is null after a success. Never throws; returns the error to be thrown on. */
  end(error: unknown): Promise<unknown>;
}

/** Puts breakers before calls to vendors. */
export interface Breakers {
  /** @throws ProviderError `circuit_open` if a breaker is open */
  admit(names: BreakerNames): Promise<Pass>;
  /** The same check without a call, before everything else for the call is read. @throws as `admit` */
  look(names: BreakerNames): Promise<void>;
}

/**
 * When a stopped call looks again while its breaker is open or soon may be. Well below the 20 s that
 * docs/operations.md, "a breaker is open", promises.
 */
const LOOK_AGAIN_MS = 12_000;

/** Maximum age of what a process knows about breakers, to let a call through. */
const FRESH_MS = 1_000;
/** The same for stopping a call: after a breaker is closed by hand, calls go through at once. */
const SHUT_FRESH_MS = 100;

/**
 * Breakers with their state from the store, read at most once a second: one statement for all accounts and usually no
 * row. A call through a closed breaker without failures costs nothing more. So a process may still call for a second
 * after another opened a breaker. A success within a second of another's failure is not recorded. That can open a
 * breaker after failures that were not quite in a row. It never keeps one closed and never makes two trials, because
 * the store gives them out.
 * @param deps.now a monotonic clock, milliseconds
 */
export function createBreakers(deps: { store: BreakerStore; logger: Logger; now?: () => number }): Breakers {
  const view = createView(deps.store, deps.now ?? (() => performance.now()));

  /** The token of a trial, or null if the breaker is closed. */
  async function enter(name: string): Promise<string | null> {
    if (view.find(name).state === 'closed') return null;
    const trial = await deps.store.admit(name);
    if (trial !== null) return trial;
    // Another process has the trial, or it has ended.
    await view.refresh();
    const breaker = view.find(name);
    if (breaker.state === 'closed') return null;
    throw shut(breaker);
  }

  async function look(breakers: BreakerNames): Promise<void> {
    const names = namesOf(breakers);
    await view.refreshAfter(FRESH_MS);
    if (!names.every((name) => mayTry(view.find(name)))) await view.refreshAfter(SHUT_FRESH_MS);
    for (const breaker of names.map((name) => view.find(name))) if (!mayTry(breaker)) throw shut(breaker);
  }

  async function admit({ host, account }: BreakerNames): Promise<Pass> {
    await look({ host, account });
    const trials = new Map<string, string>();
    const pass = createPass(deps, view, { host, account }, trials);
    try {
      for (const name of namesOf({ host, account })) {
        const trial = await enter(name);
        if (trial !== null) trials.set(name, trial);
      }
    } catch (error) {
      throw await pass.end(error);
    }
    return pass;
  }
  return { admit, look };
}

const namesOf = ({ host, account }: BreakerNames): string[] => (host === null ? [account] : [host, account]);

function createPass(
  { store, logger }: { store: BreakerStore; logger: Logger },
  view: View,
  { host, account }: BreakerNames,
  trials: ReadonlyMap<string, string>,
): Pass {
  async function say(name: string, verdict: CallVerdict): Promise<Breaker> {
    const trial = trials.get(name) ?? null;
    const known = view.find(name);
    const isNews = isFailure(verdict) || (verdict === 'success' && known.failures > 0);
    if (trial === null && !(isNews && known.state === 'closed')) return known;
    try {
      const breaker = await store.record(name, verdict, trial);
      // The call did not count, so the breaker has changed since we read it.
      if (breaker === null) await view.refresh();
      else view.put(breaker);
    } catch (error) {
      // The result of the call matters more than its count. A trial that is not reported ends by itself.
      logger.warn({ err: error, circuit: name }, 'the result of a call to a vendor could not be counted');
    }
    return view.find(name);
  }

  return {
    async end(error) {
      const verdicts = verdictsOf(error);
      const ofHost = host === null ? null : await say(host, verdicts.host);
      // If the host breaker stops the call, the account is not blamed: one cause opens one breaker.
      const isHosts = isFailure(verdicts.host) && ofHost !== null && ofHost.state !== 'closed';
      const ofAccount = await say(account, isHosts ? 'nothing' : verdicts.account);
      const isWorrying = [ofHost, ofAccount].some(
        (breaker) =>
          breaker !== null && (breaker.state !== 'closed' || breaker.failures >= FAILURES_TO_WORRY),
      );
      return isFailure(verdicts.account) && isWorrying ? lookingAgainSoon(error) : error;
    },
  };
}

/** The vendor's own time to come back has priority. */
function lookingAgainSoon(error: unknown): unknown {
  if (!isProviderError(error) || error.retryAfterMs !== null) return error;
  const { vendorCode } = error;
  return new ProviderError(error.code, error.message, { vendorCode, retryAfterMs: LOOK_AGAIN_MS });
}

/** Whether the breaker is closed or its trial is due. */
function mayTry({ opensInMs }: Breaker): boolean {
  return opensInMs === null || opensInMs <= 0;
}

function shut({ name, opensInMs }: Breaker): ProviderError {
  return new ProviderError('circuit_open', `calls to ${name} are paused: too many failed in a row`, {
    retryAfterMs: Math.max(opensInMs ?? 0, 0),
  });
}

type View = ReturnType<typeof createView>;

/** What this process knows about the breakers in the store. Unknown ones are closed. */
function createView(store: BreakerStore, now: () => number) {
  let seen = new Map<string, Breaker & { at: number }>();
  let readAt = -Infinity;
  let reading: Promise<void> | null = null;

  async function read(): Promise<void> {
    const troubled = await store.listTroubled();
    readAt = now();
    seen = new Map(troubled.map((breaker) => [breaker.name, { ...breaker, at: readAt }]));
  }
  const view = {
    find(name: string): Breaker {
      const breaker = seen.get(name);
      if (breaker === undefined) return { name, state: 'closed', failures: 0, opensInMs: null };
      const opensInMs = breaker.opensInMs === null ? null : breaker.opensInMs - (now() - breaker.at);
      return { name, state: breaker.state, failures: breaker.failures, opensInMs };
    },
    put(breaker: Breaker): void {
      seen.set(breaker.name, { ...breaker, at: now() });
    },
    /** Concurrent callers share one read. */
    refresh(): Promise<void> {
      reading ??= read().finally(() => (reading = null));
      return reading;
    },
    async refreshAfter(ms: number): Promise<void> {
      if (now() - readAt >= ms) await view.refresh();
    },
  };
  return view;
}
