import { randomInt } from 'node:crypto';
import type { Server } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readJson, writeJson } from './files.ts';
import { AlreadyRunningError, takeLock } from './processes/lock.ts';

/** The TCP ports of one environment, all on 127.0.0.1. */
export type Ports = Record<
  'api' | 'sandbox' | 'temporal' | 'temporalUi' | 'postgres' | 'apiMetrics' | 'workerMetrics',
  number
>;

/** The documented ports. If one is taken, the next free one is used. */
export const DEFAULT_PORTS: Ports = {
  api: 8080,
  sandbox: 8090,
  temporal: 7233,
  temporalUi: 8233,
  postgres: 54329,
  apiMetrics: 9464,
  workerMetrics: 9465,
};

const HIGHEST_TRY = 200;

const hold = (port: number): Promise<Server | undefined> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(server));
  });

/** Those of the ports that somebody listens on. */
export const listTaken = async (ports: Ports): Promise<number[]> => {
  const taken: number[] = [];
  for (const port of Object.values(ports)) {
    const server = await hold(port);
    if (server === undefined) taken.push(port);
    else await release(server);
  }
  return taken;
};

const release = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()));

const CLAIMS = join(tmpdir(), 'tashlum-ports');

/**
 * Records a choice for environments that start at the same time, because a chosen port stays free until its program
 * listens. The record ends with its process.
 */
const claim = (port: number): Promise<boolean> =>
  takeLock(join(CLAIMS, String(port))).then(
    () => true,
    (error: unknown) => {
      if (error instanceof AlreadyRunningError) return error.pid === process.pid;
      throw error;
    },
  );

const holdFirstFree = async (wishes: readonly number[]): Promise<[number, Server]> => {
  const last = wishes.at(-1) ?? 0;
  const candidates = [...wishes, ...Array.from({ length: HIGHEST_TRY }, (_, i) => last + i + 1)];
  for (const port of candidates) {
    const server = await hold(port);
    if (server === undefined) continue;
    if (await claim(port)) return [port, server];
    await release(server);
  }
  throw new Error(
    `No free port between ${last} and ${last + HIGHEST_TRY} on 127.0.0.1: stop what listens there`,
  );
};

/**
 * Chooses a free port for each name: the first free one of its wishes, then upwards. All are kept open while
 * choosing, so that no two names get the same one.
 */
export const chooseFree = async (wishes: Record<keyof Ports, readonly number[]>): Promise<Ports> => {
  const held: Server[] = [];
  try {
    const chosen = { ...DEFAULT_PORTS };
    for (const name of Object.keys(DEFAULT_PORTS) as (keyof Ports)[]) {
      const [port, server] = await holdFirstFree(wishes[name]);
      held.push(server);
      chosen[name] = port;
    }
    return chosen;
  } finally {
    await Promise.all(held.map(release));
  }
};

/** Ports for an environment that must disturb nothing. Below 32768, where no outgoing connection gets its port. */
const somewhere = (): readonly number[] => [randomInt(20_000, 32_000)];

/**
 * Ports for this start: those of the last start when still free (links and webhook addresses given out then still
 * lead here), else the defaults, else the next free ones. `isPrivate` starts from random ones instead of the defaults.
 */
export const choosePorts = async (file: string, isPrivate: boolean): Promise<Ports> => {
  const last = ((await readJson(file)) ?? {}) as Partial<Ports>;
  const names = Object.keys(DEFAULT_PORTS) as (keyof Ports)[];
  const wishesOf = (name: keyof Ports): readonly number[] => {
    const before = last[name];
    const usual = isPrivate ? somewhere() : [DEFAULT_PORTS[name]];
    return before === undefined ? usual : [before, ...usual];
  };
  const wishes = Object.fromEntries(names.map((name) => [name, wishesOf(name)])) as Record<
    keyof Ports,
    readonly number[]
  >;
  const ports = await chooseFree(wishes);
  await writeJson(file, ports);
  return ports;
};
