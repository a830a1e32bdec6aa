import { z } from 'zod';
import type { ZodType } from 'zod';
import { ProviderError } from '../../../domain/provider-error.ts';
import type { Mode } from '../../../domain/workspace.ts';
import type { UnreadableRow } from '../payment-provider.ts';
import { toFailure } from './failure.ts';

/** Reads from Stripe and accepts only objects of the documented shape and of the workspace's mode. */
export interface Reader {
  readonly one: <T extends Told>(shape: ZodType<T>, send: () => Promise<unknown>) => Promise<T>;
  /** One page of a list, and whether there are more. */
  readonly page: <T extends Told>(
    shape: ZodType<T>,
    send: () => Promise<unknown>,
    passOver: PassOver,
  ) => Promise<Page<T>>;
  /** A list to its end. `send` gets the cursor of the page before. */
  readonly each: <T extends Told>(
    shape: ZodType<T>,
    send: (after: { starting_after?: string }) => Promise<unknown>,
    passOver: PassOver,
  ) => AsyncIterable<T>;
  /** Only the success counts. */
  readonly done: (send: () => Promise<unknown>) => Promise<void>;
}

/** An object of Stripe; most of them say whether they are live. */
interface Told {
  /** Null if it does not say. */
  readonly isLive: boolean | null;
}
interface Page<T> {
  readonly data: readonly T[];
  readonly has_more: boolean;
  /** Where the next page starts. */
  readonly lastId: string | null;
}
/** Called for each unreadable row, which does not hide the others. */
export type PassOver = (row: UnreadableRow) => void;

const KEY_MODE = /^(?:sk|rk)_(live|test)_/;

/** @throws ProviderError by every method; `credentials_invalid` if key or answer belong to the other mode */
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
  const page = async <T extends Told>(
    shape: ZodType<T>,
    send: () => Promise<unknown>,
    passOver: PassOver,
  ): Promise<Page<T>> => {
    const list = read(LIST, await ask(send));
    const data = list.data.flatMap((row): T[] => {
      const result = shape.safeParse(row);
      if (result.success) return [believe(result.data)];
      passOver({ rowId: row.id, problem: `its ${fieldOf(result.error)} cannot be read` });
      return [];
    });
    return { data, has_more: list.has_more, lastId: list.data.at(-1)?.id ?? null };
  };
  return {
    one: async (shape, send) => believe(read(shape, await ask(send))),
    page,
    async *each(shape, send, passOver) {
      for (let after = {}, hasMore = true; hasMore;) {
        const { data, has_more, lastId } = await page(shape, () => send(after), passOver);
        yield* data;
        if (has_more && lastId === null) throw unreadable('data');
        hasMore = has_more;
        after = { starting_after: lastId };
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
    `secretKey is for Stripe's ${told} mode, but the workspace has mode ${mode}: use a ${mode} key (sk_${mode}_…)`,
  );
}

function read<T>(shape: ZodType<T>, data: unknown): T {
  const result = shape.safeParse(data);
  if (result.success) return result.data;
  throw unreadable(fieldOf(result.error));
}

const LIST = z.object({ data: z.array(z.looseObject({ id: z.string().min(1) })), has_more: z.boolean() });

const fieldOf = ({ issues }: z.ZodError): string => issues[0]?.path.join('.') || 'data';

/** The SDK fails on anything but JSON, so this answer was complete. */
const unreadable = (field: string) =>
  new ProviderError('bad_answer', `Stripe answered without a readable ${field}`, { isWhole: true });
