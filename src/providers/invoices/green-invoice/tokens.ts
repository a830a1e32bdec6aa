/** A bearer token; `expiresAt` in unix seconds. */
export interface Token {
  readonly value: string;
  readonly expiresAt: number;
}

/** The account's token, asked for once and shared by all calls until it is about to end. */
export interface Tokens {
  current(): Promise<string>;
  /** Another token than `refused`, which the service no longer takes. */
  replace(refused: string): Promise<string>;
  /** A token that is new for certain: whether the key is still good, an old one does not tell. */
  renew(): Promise<string>;
}

/** A token this close to its end may die on the way. */
const MARGIN_MS = 60_000;

/** @param fetchToken asks the service; its errors go to whoever waits and are not remembered */
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

  /** Of all that find the same token bad, the first asks and the others join. */
  function askInsteadOf(bad: Promise<Token>): Promise<Token> {
    return held === null || held === bad ? ask() : held;
  }

  /** `isGood` judges the held token only: a new one is used whatever it says of itself, or a wrong clock would loop. */
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
