import { createLane } from './lane.ts';
import type { Lane } from './lane.ts';
import type { CircuitNames } from '../domain/circuit.ts';
import { isProviderError, ProviderError } from '../domain/provider-error.ts';
import type { Circuits, Pass } from './circuits.ts';

/** Verbs without a call. */
const PURE = ['readWebhook'];
/** Verbs that answer in several pages: they count as one call from first to last. */
const STREAMS = ['listPayments', 'listDisputes', 'listDocuments'];

const UNREADABLE_MS = 5_000;

interface Way {
  readonly circuits: Circuits;
  readonly lane: Lane;
  readonly names: CircuitNames;
}
type Call = (...given: unknown[]) => Promise<unknown>;
type Stream = (...given: unknown[]) => AsyncIterable<unknown>;

/** Puts breakers and the vendor's lane before every call of an adapter. Missing verbs stay missing. */
export type GuardCalls = <Adapter extends object>(adapter: Adapter, names: CircuitNames) => Adapter;

/** All calls of stored accounts are counted and stopped here. */
export function createGuardCalls(circuits: Circuits): GuardCalls {
  const lanes = new Map<string, Lane>();
  const laneOf = (name: string): Lane => {
    const lane = lanes.get(name) ?? createLane(name);
    lanes.set(name, lane);
    return lane;
  };

  return <Adapter extends object>(adapter: Adapter, names: CircuitNames): Adapter => {
    const way = { circuits, names, lane: laneOf(names.host ?? names.account) };
    const guarded = Object.entries(adapter).map(([verb, run]: [string, Call | Stream]) => {
      if (PURE.includes(verb)) return [verb, run];
      return [verb, STREAMS.includes(verb) ? guardStream(run as Stream, way) : guardCall(run as Call, way)];
    });
    return Object.fromEntries(guarded) as Adapter;
  };
}

/** If the breakers cannot be read, the call is stopped: nothing was sent, and callers may rely on that. */
async function admit(circuits: Circuits, names: CircuitNames): Promise<Pass> {
  try {
    return await circuits.admit(names);
  } catch (error) {
    if (isProviderError(error)) throw error;
    throw new ProviderError('circuit_open', 'the breakers could not be read', {
      retryAfterMs: UNREADABLE_MS,
    });
  }
}

function guardCall(run: Call, { circuits, lane, names }: Way): Call {
  return async (...given) => {
    const pass = await admit(circuits, names);
    try {
      const result = await lane.run(() => run(...given));
      await pass.end(null);
      return result;
    } catch (error) {
      throw await pass.end(error);
    }
  };
}

/** Ending the iteration early counts as a success. */
function guardStream(run: Stream, { circuits, names }: Way): Stream {
  return async function* (...given) {
    const pass = await admit(circuits, names);
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
