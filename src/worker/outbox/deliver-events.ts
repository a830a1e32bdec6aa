import { setTimeout as pause } from 'node:timers/promises';
import { listOwedEndpoints, claimDueStreams } from '../../db/event-streams.ts';
import type { Room, TakenStream } from '../../db/event-streams.ts';
import { withoutTransaction } from '../../db/transaction.ts';
import { deliverEvent } from './deliver-event.ts';
import type { DeliveryParts } from './deliver-event.ts';

/**
 * How many events one worker sends at once. An endpoint has room of its own, so that a slow or dead one takes none from
 * another. The limit of all is there for the memory alone.
 */
const ROOM: Room = { ofOne: 20, ofFailing: 3, inAll: 500 };

/** How often due streams are looked for. At low load an event waits half of it. An idle look is one probe of an index. */
const LOOK_MS = 50;
/** Sends that end together are followed by one look. */
const GATHER_MS = 5;
const TROUBLE_MS = 1_000;

/**
 * Sends due events until it is stopped. Any number of workers share the work. `stop` takes no more streams and lets the
 * running sends end, which takes 10 s at most.
 */
export function startDelivering(parts: DeliveryParts): { stop(): Promise<void> } {
  const sending = new Set<Promise<void>>();
  const busy = new Map<string, number>();
  let isStopping = false;
  const bell = createBell();
  const sql = withoutTransaction(parts.pool);

  const send = async (stream: TakenStream): Promise<void> => {
    const { endpointId, eventId } = stream;
    busy.set(endpointId, (busy.get(endpointId) ?? 0) + 1);
    try {
      await deliverEvent(parts, stream);
    } catch (error) {
      // The stream is due again when its lease ends.
      parts.logger.warn(
        { err: error, eventId, endpointId },
        'a delivery could not be recorded; trying again',
      );
    }
    const rest = (busy.get(endpointId) ?? 1) - 1;
    if (rest === 0) busy.delete(endpointId);
    else busy.set(endpointId, rest);
    bell.ring();
  };

  const look = async (): Promise<void> => {
    const room = { ...ROOM, inAll: ROOM.inAll - sending.size };
    const owed = room.inAll > 0 ? await listOwedEndpoints(sql) : [];
    if (owed.length === 0) return;
    for (const stream of await claimDueStreams(sql, owed, busy, room)) {
      const sent = send(stream).finally(() => sending.delete(sent));
      sending.add(sent);
    }
  };

  const loop = async (): Promise<void> => {
    while (!isStopping) {
      const hasFailed = await look().then(
        () => false,
        (error: unknown) => {
          parts.logger.warn({ err: error }, 'due events could not be taken; trying again');
          return true;
        },
      );
      await bell.wait(hasFailed ? TROUBLE_MS : LOOK_MS);
    }
    await Promise.all(sending);
  };

  const running = loop();
  return {
    stop: () => {
      isStopping = true;
      bell.ring();
      return running;
    },
  };
}

/** A pause that ends early when a send that ended has made room. */
function createBell(): { ring(): void; wait(ms: number): Promise<void> } {
  let ring = (): void => undefined;
  return {
    ring: () => ring(),
    wait: async (ms) => {
      const isRung = await new Promise<boolean>((resolve) => {
        const timer = setTimeout(() => resolve(false), ms);
        ring = () => {
          clearTimeout(timer);
          resolve(true);
        };
      });
      if (isRung) await pause(GATHER_MS);
    },
  };
}
