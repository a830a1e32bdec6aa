import { z } from 'zod';
import type { ZodType } from 'zod';
import { ProviderError } from '../../../domain/provider-error.ts';
import type { Mode } from '../../../domain/workspace.ts';
import { toFailure } from './failure.ts';

/** Asks Stripe and believes only what has the documented shape and is of the workspace's mode. */
export interface Reader {
  readonly one: <T extends Told>(shape: ZodType<T>, send: () => Promise<unknown>) => Promise<T>;
  /** One page of a list, and whether there are more. */
  readonly page: <T extends Told>(shape: ZodType<T>, send: () => Promise<unknown>) => Promise<Page<T>>;
  /** A list to its end. `send` gets where the page before ended. */
  readonly each: <T extends Told & { readonly id: string }>(
    shape: ZodType<T>,
    send: (after: { starting_after?: string }) => Promise<unknown>,
  ) => AsyncIterable<T>;
  /** Only that it went well counts. */
  readonly done: (send: () => Promise<unknown>) => Promise<void>;
}

/** What Stripe tells; most of it says whether it is of live money. */
interface Told {
  /** Null: it does not say. */
  readonly isLive: boolean | null;
}
interface Page<T> {
  readonly data: readonly T[];
  readonly has_more: boolean;
}

const KEY_MODE = /^(?:sk|rk)_(live|test)_/;

/** @throws ProviderError by every method; `credentials_invalid` when key or answer are of the other mode */
export function createReader(secretKey: string, mode: Mode): Reader {
  const ask = async (send: () => Promise<unknown>): Promise<unknown> => {
    insistOnMode(KEY_MODE.exec(secretKey)?.[1] ?? mode, mode);
    return send().catch((error: unknown) => {
      throw toFailure(error);
    });
  };
  const believe = <T extends Told>(told: T): T => {
    if (told.isLive !== null) insistOnMode(told.isLive ? 'live' : 'test', mode);
    return told;
  };
  const page = async <T extends Told>(shape: ZodType<T>, send: () => Promise<unknown>): Promise<Page<T>> => {
    const list = read(z.object({ data: z.array(shape), has_more: z.boolean() }), await ask(send));
    list.data.forEach(believe);
    return list;
  };
  return {
    one: async (shape, send) => believe(read(shape, await ask(send))),
    page,
    async *each(shape, send) {
      for (let after = {}, hasMore = true; hasMore;) {
        const { data, has_more } = await page(shape, () => send(after));
        yield* data;
        const last = data.at(-1);
        if (has_more && last === undefined) throw unreadable('data');
        hasMore = has_more;
        after = { starting_after: last?.id };
      }
    },
    async done(send) {
      await ask(send);
    },
  };
}

function insistOnMode(told: string, mode: Mode): void {
  if (told === mode) return;
  throw new ProviderError(
    'credentials_invalid',
    `secretKey is of Stripe's ${told} mode, but the workspace is of mode ${mode}: give a ${mode} key (sk_${mode}_…)`,
  );
}

function read<T>(shape: ZodType<T>, data: unknown): T {
  const result = shape.safeParse(data);
  if (result.success) return result.data;
  throw unreadable(result.error.issues[0]?.path.join('.') || 'data');
}

const unreadable = (field: string) =>
  new ProviderError('bad_answer', `Stripe answered without a readable ${field}`);
