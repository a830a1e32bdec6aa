import pg from 'pg';
import { createPool } from '../../../src/db/pool.ts';
import type { Pool } from '../../../src/db/pool.ts';
import type { Clock } from './clock.ts';
import { realPause } from './clock.ts';
import { brokenConnection } from './tasks.ts';
import type { Task, Tasks } from './tasks.ts';

/** How long a statement may take before it is looked whether another task holds it up, real milliseconds. */
const LOOK_FOR_LOCKS_MS = 12;

const BEGUN: pg.QueryResult = { command: 'BEGIN', rowCount: null, oid: 0, fields: [], rows: [] };

type Config = { text: string; values?: unknown[] };

interface Connection {
  readonly client: pg.Client;
  readonly pid: number;
  /** What it was last told the time is; null: nothing that can be relied on. */
  told: number | null;
  isInTransaction: boolean;
  isBroken: boolean;
  /** Statements that were sent and not answered. */
  inFlight: number;
}

/** The engine's pool, on the simulator's clock: every statement is a way out at which its task may be held or killed. */
export function createSimulatedPool(
  connectionString: string,
  clock: Clock,
  tasks: Tasks,
): { pool: Pool; close(): Promise<void> } {
  const types = createPool({ connectionString, max: 1, onError: () => undefined }).options.types;
  const free: Connection[] = [];
  const all = new Set<Connection>();
  let monitor: pg.Client | null = null;

  async function connect(): Promise<Connection> {
    const client = new pg.Client({ connectionString, types: types as pg.CustomTypesConfig, pipeline: true });
    client.on('error', () => undefined);
    await client.connect();
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const connection = {
      client,
      pid: rows[0]?.pid ?? 0,
      told: null,
      isInTransaction: false,
      isBroken: false,
      inFlight: 0,
    };
    all.add(connection);
    return connection;
  }
  async function openMonitor(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }
  function cut(connection: Connection): void {
    if (connection.isBroken) return;
    connection.isBroken = true;
    all.delete(connection);
    // A process that dies takes its sockets along: the server rolls back what was open on them.
    (
      connection.client as unknown as { connection: { stream: { destroy(): void } } }
    ).connection.stream.destroy();
  }
  async function take(): Promise<Connection> {
    return free.pop() ?? connect();
  }
  function giveBack(connection: Connection, error?: unknown): void {
    if (error !== undefined && error !== false) cut(connection);
    if (!connection.isBroken) free.push(connection);
  }

  async function isHeldUp({ pid }: Connection): Promise<boolean> {
    const { rows } = await (monitor ??= await openMonitor()).query<{ by: number[] }>(
      'SELECT pg_blocking_pids($1) AS by',
      [pid],
    );
    return (rows[0]?.by.length ?? 0) > 0;
  }
  /** A statement that takes long may wait for a row that a task holds which stands still itself. */
  async function watchForLocks(connection: Connection, task: Task, isOver: () => boolean): Promise<void> {
    const look = async (): Promise<void> => {
      const isBlocked = !isOver() && (await isHeldUp(connection)) && !isOver();
      if (isBlocked === task.isBlocked) return;
      // The row may be held by what stands behind in the task's own line.
      if (isBlocked && task.line.length > 0) tasks.passOn(task);
      else task.isBlocked = isBlocked;
      tasks.changed();
    };
    task.lookAgain = look;
    while (!isOver()) {
      await realPause(LOOK_FOR_LOCKS_MS);
      if (!task.isBlocked) await look();
    }
  }

  async function send(
    connection: Connection,
    config: string | Config,
    values?: readonly unknown[],
  ): Promise<pg.QueryResult> {
    if (typeof config === 'string' && values === undefined) return sendWord(connection, config);
    if (isStale(connection)) {
      unanswered(connection, setTime());
      connection.told = clock.now();
    }
    return typeof config === 'string'
      ? connection.client.query(config, [...(values ?? [])])
      : connection.client.query(config as pg.QueryConfig);
  }

  const setTime = (): string => `SET sim.now = '${new Date(clock.now()).toISOString()}'`;
  const isStale = ({ told, isInTransaction }: Connection): boolean =>
    told !== clock.now() && !isInTransaction;

  /** Its answer is not waited for: the next statement goes right behind it, and says itself if the connection is gone. */
  function unanswered({ client }: Connection, text: string): void {
    client.query(text).catch(() => undefined);
  }

  /** BEGIN, COMMIT, ROLLBACK: a transaction keeps the time at which it began, and one rolled back forgets it. */
  async function sendWord(connection: Connection, word: string): Promise<pg.QueryResult> {
    connection.isInTransaction = word.startsWith('BEGIN');
    if (connection.isInTransaction) {
      const isTold = connection.told !== clock.now();
      unanswered(connection, isTold ? `${setTime()}; ${word}` : word);
      connection.told = clock.now();
      return BEGUN;
    }
    if (word === 'ROLLBACK') connection.told = null;
    return connection.client.query(word);
  }

  async function query(
    connection: Connection,
    config: string | Config,
    values?: readonly unknown[],
  ): Promise<pg.QueryResult> {
    const task = tasks.current.getStore();
    if (connection.inFlight === 0) tasks.noteRoundTrip(task);
    connection.inFlight += 1;
    try {
      return await sendInTurn(connection, task, config, values);
    } finally {
      connection.inFlight -= 1;
    }
  }

  async function sendInTurn(
    connection: Connection,
    task: Task | undefined,
    config: string | Config,
    values?: readonly unknown[],
  ): Promise<pg.QueryResult> {
    const text = typeof config === 'string' ? config : config.text;
    await tasks.leave(task, text);
    let isOver = false;
    if (task !== undefined) {
      task.onLine = () => void watchForLocks(connection, task, () => isOver);
      if (tasks.paused().length > 0) task.onLine();
    }
    try {
      if (connection.isBroken) throw brokenConnection();
      const result = await send(connection, config, values);
      if (result.command === 'UPDATE') result.rows.sort(byId);
      if (text === 'COMMIT' && losesCommit(task)) {
        cut(connection);
        throw brokenConnection();
      }
      return result;
    } finally {
      isOver = true;
      if (task !== undefined) Object.assign(task, { isBlocked: false, lookAgain: null, onLine: null });
      await tasks.back(task);
    }
  }

  function losesCommit(task: Task | undefined): boolean {
    if (task?.fault?.how !== 'lose_commit' || task.waysOut < task.fault.at) return false;
    task.fault = null;
    return true;
  }

  const pool = {
    options: { connectionString },
    async query(config: string | Config, values?: readonly unknown[]) {
      const connection = await take();
      const forget = remember(tasks, () => cut(connection));
      try {
        return await query(connection, config, values ?? (typeof config === 'string' ? [] : undefined));
      } finally {
        forget();
        giveBack(connection);
      }
    },
    async connect() {
      const connection = await take();
      const forget = remember(tasks, () => cut(connection));
      return {
        query: (config: string | Config, values?: readonly unknown[]) => query(connection, config, values),
        release: (error?: unknown) => {
          forget();
          giveBack(connection, error);
        },
        on: () => undefined,
      };
    },
    on: () => undefined,
    end: () => Promise.resolve(),
  };
  return {
    pool: pool as unknown as Pool,
    close: async () => {
      await Promise.all([...all].map(({ client }) => client.end().catch(() => undefined)));
      await monitor?.end();
    },
  };
}

/** In which order an UPDATE returns its rows lies in how they lie on the disk; here in their ids. */
function byId(one: { readonly id?: string }, other: { readonly id?: string }): number {
  return (one.id ?? '') < (other.id ?? '') ? -1 : 1;
}

/** A task's death cuts the connections that it holds. */
function remember(tasks: Tasks, cutIt: () => void): () => void {
  const task = tasks.current.getStore();
  task?.connections.add(cutIt);
  return () => void task?.connections.delete(cutIt);
}
