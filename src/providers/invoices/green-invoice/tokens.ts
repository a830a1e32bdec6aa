/** A bearer token; `expiresAt` in unix seconds. */
export interface Token {
  readonly value: string;
  readonly expiresAt: number;
}

/** The token of the account, fetched once and shared by all calls until it is about to expire. */
export interface Tokens {
  current(): Promise<string>;
  /** Gets another token than `refused`, which the service no longer accepts. */
  replace(refused: string): Promise<string>;
  /** Gets a fresh token: an old one does not show whether the key is still good. */
  renew(): Promise<string>;
}

/** A token this close to its expiry may expire on the way. */
const MARGIN_MS = 60_000;

/**
 * @param fetchToken calls the service; its errors go to all waiting callers and are not stored
 */
export function createTokens(fetchToken: () => Promise<Token>, now: () => number): Tokens {
  let held: Promise<Token> | null = null;

  function ask(): Promise<Token> {
    const asked = fetchToken();
    held = asked;
    asked.catch(() => {
      if (held === asked) held = null;
    });
    return asked;
  }

  /** The first caller that finds a token bad fetches a new one, and the others wait for it. */
  function askInsteadOf(bad: Promise<Token>): Promise<Token> {
    return held === null || held === bad ? ask() : held;
  }

  /** `isGood` checks the stored token only. A new one is used in any case, or a wrong clock would cause a loop. */
  async function take(isGood: (token: Token) => boolean): Promise<string> {
    if (held === null) return (await ask()).value;
    const looked = held;
    const token = await looked;
    if (isGood(token)) return token.value;
    return (await askInsteadOf(looked)).value;
  }

  return {
    current: () => take((token) => token.expiresAt * 1000 - MARGIN_MS > now()),
    replace: (refused) => take((token) => token.value !== refused),
    renew: () => take(() => false),
  };
}
