import { createCallQueue } from './call-queue.ts';
import type { CallQueue } from './call-queue.ts';
import type { BreakerNames } from '../domain/breaker.ts';
import { isProviderError, ProviderError } from '../domain/provider-error.ts';
import type { Breakers, Pass } from './breakers.ts';

/** Verbs without a call. */
const PURE = ['readWebhook'];
/** Verbs that answer in several pages: they count as one call from first to last. */
const STREAMS = ['listPayments', 'listDisputes', 'listDocuments'];

const UNREADABLE_MS = 5_000;

interface Way {
  readonly breakers: Breakers;
  readonly queue: CallQueue;
  readonly names: BreakerNames;
}
type Call = (...given: unknown[]) => Promise<unknown>;
type Stream = (...given: unknown[]) => AsyncIterable<unknown>;

/** Puts breakers and the vendor's queue before every call of an adapter. Missing verbs stay missing. */
export type GuardCalls = <Adapter extends object>(adapter: Adapter, names: BreakerNames) => Adapter;

/** All calls of stored accounts are counted and stopped here. */
export function createGuardCalls(breakers: Breakers): GuardCalls {
  const queues = new Map<string, CallQueue>();
  const queueOf = (name: string): CallQueue => {
    const queue = queues.get(name) ?? createCallQueue(name);
    queues.set(name, queue);
    return queue;
  };

  return <Adapter extends object>(adapter: Adapter, names: BreakerNames): Adapter => {
    const way = { breakers, names, queue: queueOf(names.host ?? names.account) };
    const guarded = Object.entries(adapter).map(([verb, run]: [string, Call | Stream]) => {
      if (PURE.includes(verb)) return [verb, run];
      return [verb, STREAMS.includes(verb) ? guardStream(run as Stream, way) : guardCall(run as Call, way)];
    });
    return Object.fromEntries(guarded) as Adapter;
  };
}

/** If the breakers cannot be read, the call is stopped: nothing was sent, and callers may rely on that. */
async function admit(breakers: Breakers, names: BreakerNames): Promise<Pass> {
  try {
    return await breakers.admit(names);
  } catch (error) {
    if (isProviderError(error)) throw error;
    throw new ProviderError('circuit_open', 'the breakers could not be read', {
      retryAfterMs: UNREADABLE_MS,
    });
  }
}

function guardCall(run: Call, { breakers, queue, names }: Way): Call {
  return async (...given) => {
    const pass = await admit(breakers, names);
    try {
      const result = await queue.run(() => run(...given));
      await pass.end(null);
      return result;
    } catch (error) {
      throw await pass.end(error);
    }
  };
}

/** Ending the iteration early counts as a success. */
function guardStream(run: Stream, { breakers, names }: Way): Stream {
  return async function* (...given) {
    const pass = await admit(breakers, names);
    let hasFailed = false;
    try {
      yield* run(...given);
    } catch (error) {
      hasFailed = true;
      throw await pass.end(error);
    } finally {
      if (!hasFailed) await pass.end(null);
    }
  };
}
