import { AsyncLocalStorage } from 'node:async_hooks';
import nodeCrypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import timersPromises from 'node:timers/promises';
import { createChance } from './chance.ts';

/**
 * Time and chance of a whole process, in the simulator's hand: `Date`, `performance.now`, timers of our own code, and all
 * that is random. Timers of packages (sockets, pools) keep to the real clock, for nothing of ours waits for them.
 */
export interface Clock {
  now(): number;
  /** Time passes, and each timer that is due rings in its order. */
  advanceTo(at: number): void;
  /** The same by a moment, without ringing anything. */
  tick(ms: number): void;
  /** When the next timer rings; null: none is set. */
  nextTimerAt(): number | null;
  /** Forgets every timer, and goes on from another moment with other random numbers. */
  restart(at: number, seed: string): void;
}

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly ring: () => void;
  readonly everyMs: number | null;
}

const RealDate = Date;
const realTimeout = globalThis.setTimeout;
const realClearTimeout = globalThis.clearTimeout;
const realInterval = globalThis.setInterval;
const realClearInterval = globalThis.clearInterval;

/** The machine's own clock, for waits for real processes. */
export const realNow = (): number => RealDate.now();
export const realPause = (ms: number): Promise<void> =>
  new Promise((resolve) => void realTimeout(resolve, ms));

/** Takes over the process's time. Once a process; everything that keeps time must be imported after or ask anew each time. */
export function takeTime(): Clock {
  let now = RealDate.UTC(2026, 0, 5, 8);
  let order = 0;
  const timers = new Map<object, Timer>();

  class VirtualDate extends RealDate {
    constructor(...given: readonly unknown[]) {
      if (given.length === 0) super(now);
      else super(...(given as [number]));
    }
    static override now(): number {
      return now;
    }
    static override [Symbol.hasInstance](value: unknown): boolean {
      return value instanceof RealDate;
    }
  }
  globalThis.Date = VirtualDate as unknown as DateConstructor;
  performance.now = () => now;

  const set = (ring: () => void, ms: number, everyMs: number | null): object => {
    const handle = { ref: () => handle, unref: () => handle, hasRef: () => false };
    const bound = AsyncLocalStorage.bind(ring);
    timers.set(handle, { at: now + Math.max(0, ms), order: (order += 1), ring: bound, everyMs });
    return handle;
  };
  const replaceTimers = (): void => {
    const own = { setTimeout: realTimeout, setInterval: realInterval };
    Object.assign(globalThis, {
      setTimeout: (ring: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) =>
        isOurs() ? set(() => ring(...given), ms, null) : own.setTimeout(ring, ms, ...given),
      setInterval: (ring: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) =>
        isOurs() ? set(() => ring(...given), ms, ms) : own.setInterval(ring, ms, ...given),
      clearTimeout: (handle: object) => {
        if (!timers.delete(handle)) realClearTimeout(handle as NodeJS.Timeout);
      },
      clearInterval: (handle: object) => {
        if (!timers.delete(handle)) realClearInterval(handle as NodeJS.Timeout);
      },
    });
  };
  replaceTimers();
  const reseed = takeChance();

  const next = (isMeant = (_timer: Timer): boolean => true): [object, Timer] | undefined =>
    [...timers]
      .filter(([, timer]) => isMeant(timer))
      .sort(([, one], [, other]) => one.at - other.at || one.order - other.order)[0];
  return {
    now: () => now,
    tick: (ms) => void (now += ms),
    nextTimerAt: () => next(({ everyMs }) => everyMs === null)?.[1].at ?? null,
    advanceTo(at) {
      for (let due = next(); due !== undefined && due[1].at <= at; due = next()) {
        const [handle, timer] = due;
        now = Math.max(now, Math.ceil(timer.at));
        if (timer.everyMs === null) timers.delete(handle);
        // However long it was, what rings again and again rings once.
        else timers.set(handle, { ...timer, at: Math.max(now, at) + Math.max(1, timer.everyMs) });
        timer.ring();
      }
      now = Math.max(now, Math.ceil(at));
    },
    restart(at, seed) {
      timers.clear();
      now = at;
      reseed(seed);
    },
  };
}

/** Everything below it but packages is ours: engine, sandbox and the simulator itself. */
const ROOT = new URL('../../../', import.meta.url).href;

/** Whether the timer was asked for by our own source: the frame above the replaced function. */
function isOurs(): boolean {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 4;
  const frame = new Error().stack?.split('\n')[3] ?? '';
  Error.stackTraceLimit = limit;
  return frame.includes(ROOT) && !frame.includes('/node_modules/');
}

/** Every run of a life has other ids, so that one database holds them all; within a run their order is the seed's. */
function takeChance(): (seed: string) => void {
  let bytesOf = createChance('nothing yet');
  let numbers = createChance('nothing yet');
  let run = 0;
  const realFill = globalThis.crypto.getRandomValues.bind(globalThis.crypto);
  const fill = <T extends NodeJS.ArrayBufferView>(view: T): T => {
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = bytesOf.below(256);
    if (bytes.length >= 10) new DataView(bytes.buffer, bytes.byteOffset).setUint32(0, run);
    return view;
  };
  const uuid = (): string => {
    const hex = Buffer.from(fill(new Uint8Array(16))).toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
  };
  Math.random = () => numbers.next() / 2 ** 32;
  // A connection that is made anew draws for its log-in; how often that is, no seed decides.
  const fillOurs = <T extends NodeJS.ArrayBufferView>(view: T): T =>
    isOurs() ? fill(view) : realFill(view as never);
  Object.defineProperty(globalThis.crypto, 'getRandomValues', { value: fillOurs, configurable: true });
  Object.defineProperty(globalThis.crypto, 'randomUUID', { value: uuid, configurable: true });
  // A pause that somebody takes out of courtesy takes no time.
  Object.assign(timersPromises, { setTimeout: () => Promise.resolve() });
  Object.assign(nodeCrypto, {
    randomUUID: uuid,
    randomBytes: (size: number) => fill(Buffer.alloc(size)),
    randomInt: (least: number, most?: number) =>
      most === undefined ? bytesOf.below(least) : least + bytesOf.below(most - least),
  });
  syncBuiltinESMExports();
  return (seed) => {
    bytesOf = createChance(`ids of ${seed}`);
    numbers = createChance(`numbers of ${seed}`);
    run += 1;
  };
}
