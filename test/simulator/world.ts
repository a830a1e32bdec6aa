import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { asyncLocalStorage } from '@temporalio/activity';
import type { Context } from '@temporalio/activity';
import { request as send } from 'undici';
import { createActivities } from '../../src/activities/index.ts';
import { createApp } from '../../src/api/app.ts';
import { createAuditChain } from '../../src/db/audit-chain.ts';
import { insertAudit } from '../../src/db/audit-log.ts';
import type { Delivery } from '../../sandbox/ledger/records.ts';
import { createSandbox } from '../../sandbox/sandbox.ts';
import { createSimulatedEngine } from './machine/engine.ts';
import type { Reach } from './machine/engine.ts';
import type { TryEnd, TryOrder } from './machine/execution.ts';
import { MASTER_KEYS } from './machine/host.ts';
import type { Host } from './machine/host.ts';
import { createNetwork } from './machine/network.ts';
import { createPrintDocument } from './machine/print.ts';
import { createMailServer, createQueue, createSweepers, createVendorMemory } from './machine/processes.ts';
import { createRequests } from './machine/requests.ts';
import type { Call, CallOptions } from './machine/requests.ts';
import type { Task, TaskFault } from './machine/tasks.ts';
import { createTemporal } from './machine/temporal.ts';
import { createNotes, describe, isOurRefusal, readJson } from './notes.ts';

export const ADMIN_KEY = 'simulated-admin-key';

/** A webhook that the vendor wants to deliver now. */
export interface Letter {
  readonly delivery: Delivery;
  /** Tells the vendor what was answered, and makes it go on. */
  readonly answered: (status: number) => void;
}

/** Faults of the machine that wait for the next fitting moment. */
export interface Armed {
  /** Of the next tries of activities, each in turn; with a name only of that one. */
  tries: { readonly name: string | null; readonly fault: TaskFault }[];
  /** While the next local activity runs, something else happens. */
  meanwhile: number;
  mails: ('refused' | 'lost' | 'down')[];
}

/** One life's world: engine, vendors, Temporal and the ways between them, all standing still until something is picked. */
export async function openWorld(host: Host) {
  const { clock, tasks, pool, secrets, metrics } = host;
  const stateDir = mkdtempSync(join('/dev/shm', 'simulated-'));
  const requests = createRequests(host);
  const { agent, calls } = requests;
  const letters: Letter[] = [];
  const notes: string[] = [];
  const armed: Armed = { tries: [], meanwhile: 0, mails: [] };
  const refusals: string[] = [];
  const reach: Reach = { away: 0, answersLost: 0 };
  /** May wait for Temporal, as requests do. */
  let background: Task[] = [];
  const tries = new Set<Task>();

  const sandbox = createSandbox({
    stateDir,
    now: () => new Date(),
    courier: (delivery) =>
      new Promise((resolve) => {
        letters.push({ delivery, answered: (status) => resolve({ status, error: null }) });
      }),
  });
  const { url: sandboxUrl } = await sandbox.listen();
  const network = createNetwork(clock, tasks);
  const logger = createNotes(notes);
  const parts = { pool, secrets, metrics, logger, clock, network, sandboxUrl, publicUrl: host.apiUrl };
  const createMemory = () => createVendorMemory(parts);
  const createWork = (): Record<string, (input: never) => Promise<unknown>> => ({
    ...createActivities(createMemory()),
    printDocument: createPrintDocument(pool),
  });
  let activities = createWork();

  const temporal = createTemporal({
    clock,
    creator: host.creator,
    uncaught: host.uncaught,
    runActivity,
    meanwhile,
  });
  const engine = createSimulatedEngine(temporal, clock, tasks, reach);
  const chain = createAuditChain(MASTER_KEYS);
  const queue = createQueue();
  await queue.work('print_document', createPrintDocument(pool));

  function startApi(): void {
    host.serve(
      createApp({
        ...createMemory(),
        ...{ webhookPool: pool, version: '0.0.0', trustedProxies: 0 },
        outboundGuard: { allowLoopback: true },
        adminKeys: [ADMIN_KEY],
        ...{ requestsPerSecond: 1_000_000, migrationNames: [] },
        ...{ isMakerKnown: false, taxAuthority: null },
        hasCertificate: () => Promise.resolve(true),
        temporal: engine,
        queue,
        audit: (tx, entry) => insertAudit(tx, entry, chain),
      }) as never,
    );
  }
  startApi();

  /** The worker's process dies: what it was at is not finished, and what it had in memory is gone. */
  async function restartWorker(): Promise<void> {
    const isHeldUp = (task: Task): boolean => task.gates.length > 0;
    for (const task of [...tries, ...background]) if (!isHeldUp(task)) tasks.kill(task);
    tries.clear();
    background = [];
    await temporal.killWorkers();
    activities = createWork();
    sweepers = createWorkerSweepers();
  }
  /** The API's process dies: requests that wait are never answered. */
  function restartApi(): void {
    for (const { task } of calls) if (task.ended === null) tasks.kill(task);
    startApi();
  }

  async function runActivity(order: TryOrder): Promise<TryEnd> {
    const { label, task } = startActivity(order);
    tries.add(task);
    await untilStill(task);
    if (task.ended !== null) tries.delete(task);
    if (task.isDead) {
      note(`${label}: its worker died at way out ${task.waysOut}`);
      await restartWorker();
      return { kind: 'died' };
    }
    if (task.ended === null) {
      clock.tick(order.isLocal ? 4_000 : 45_000);
      note(`${label}: no answer in time, and it still runs`);
      return { kind: 'timed_out' };
    }
    if ('value' in task.ended) return { kind: 'done', value: task.ended.value };
    const { error } = task.ended;
    note(`${label} failed: ${describe(error)}`);
    if (isOurRefusal(error)) refusals.push(`${label}: ${describe(error)}`);
    return { kind: 'failed', error };
  }

  /** Starts a try as the worker does, with the fault that waits for it. */
  function startActivity({ name, attempt, scheduledAt, isLocal, input }: TryOrder) {
    const at = armed.tries.findIndex((one) => one.name === null || one.name === name);
    const [taken] = at < 0 ? [] : armed.tries.splice(at, 1);
    const info = { attempt, scheduledTimestampMs: scheduledAt, isLocal };
    const around = { info, heartbeat: () => undefined } as unknown as Context;
    const activity = activities[name];
    if (activity === undefined) throw new Error(`no activity ${name}`);
    const label = `${name}${isLocal ? '' : ` try ${attempt}`}`;
    const run = () => asyncLocalStorage.run(around, () => activity(input as never));
    return { label, task: tasks.start(label, run, { fault: taken?.fault ?? null }) };
  }

  /** As far as the task can go; what holds the rows that it waits for is let go on first. */
  async function untilStill(task: Task): Promise<void> {
    await tasks.untilIdle(task);
    while (task.isBlocked) {
      const [holder] = tasks.paused().filter((one) => one !== task);
      if (holder === undefined) {
        await new Promise((resolve) => setImmediate(resolve));
      } else {
        note(`${holder.label} goes on, for ${task.label} waits for it`);
        await tasks.release(holder);
      }
      await tasks.untilIdle(task);
    }
  }

  let isNested = false;
  async function meanwhile(): Promise<void> {
    if (armed.meanwhile <= 0 || isNested || letters.length === 0) return;
    armed.meanwhile -= 1;
    isNested = true;
    await deliver(0);
    isNested = false;
  }

  /** A request that runs until it is answered, or waits for a workflow. */
  async function call(method: string, path: string, options: CallOptions = {}): Promise<Call> {
    const started = requests.start(method, path, options);
    await untilStill(started.task);
    if (started.task.isDead) {
      note(`${started.label}: the API died at way out ${started.task.waysOut}`);
      restartApi();
    }
    return started;
  }

  /** Takes one webhook out of the bag, or brings the same once more, to the API. */
  async function deliver(at: number, again = false): Promise<string> {
    const letter = letters[at];
    if (letter === undefined) return 'no webhook is there';
    if (!again) letters.splice(at, 1);
    const { url, headers, body, provider, mode } = letter.delivery;
    const { answer } = await call('POST', url, { headers, body: Buffer.from(body) });
    const status = answer?.status ?? 0;
    if (!again) letter.answered(status);
    await turns();
    return `${provider} delivers a webhook (${mode}): ${status}`;
  }

  const createWorkerSweepers = () =>
    createSweepers({ ...createMemory(), temporal: engine, queue, mailServer: createMailServer(armed) });
  let sweepers = createWorkerSweepers();

  /** A worker takes the oldest job of the queue; one that fails comes again, a few times. */
  async function runJob(): Promise<string> {
    const taken = queue.take();
    if (taken === undefined) return 'no job is there';
    const task = tasks.start(`job ${taken.name}`, () => taken.run());
    background.push(task);
    await untilStill(task);
    const isFailed = task.ended !== null && 'error' in task.ended;
    if (isFailed) note(`${task.label} failed: ${describe((task.ended as { error: unknown }).error)}`);
    return task.label;
  }

  /** Runs a sweep of the worker, as often as its pause allows. */
  async function sweep(name: string): Promise<void> {
    const run = sweepers[name];
    if (run === undefined) throw new Error(`no sweeper ${name}`);
    const task = tasks.start(`sweep ${name}`, run);
    background.push(task);
    await untilStill(task);
    if (task.ended !== null && 'error' in task.ended)
      note(`${task.label} failed: ${describe(task.ended.error)}`);
  }

  /** Lets what is only waiting for the event loop happen. */
  async function turns(): Promise<void> {
    for (let i = 0; i < 4; i += 1) await new Promise((resolve) => setImmediate(resolve));
    for (const one of calls) if (one.answer === null && !one.task.isDead) await untilStill(one.task);
    background = background.filter(({ ended, isDead }) => ended === null && !isDead);
    for (const task of background) await untilStill(task);
  }

  function note(line: string): void {
    notes.push(`${new Date(clock.now()).toISOString()}  ${line}`);
  }

  return {
    host,
    clock,
    tasks,
    temporal,
    engine,
    reach,
    armed,
    network,
    restartWorker,
    letters,
    notes,
    note,
    refusals,
    calls,
    sweepers: Object.keys(sweepers),
    hasJobs: () => queue.hasJobs(),
    runJob,
    enqueue: queue.enqueue,
    sandboxUrl,
    startCall: requests.start,
    engineAnswers: () => engine.answerLate(),
    call,
    deliver,
    sweep,
    turns,
    untilStill,
    /** The sandbox's control API. */
    async control<T>(
      method: 'GET' | 'POST' | 'DELETE',
      path: string,
      body?: unknown,
    ): Promise<{ status: number; json: T }> {
      const answer = await send(`${sandboxUrl}/control/${path}`, {
        method,
        dispatcher: agent,
        body: body === undefined ? null : JSON.stringify(body),
      });
      const json = readJson(await answer.body.text()) as T;
      await turns();
      return { status: answer.statusCode, json };
    },
    async close(): Promise<void> {
      for (const task of tasks.living()) tasks.kill(task);
      await temporal.close();
      await sandbox.close();
      await network.close();
      await agent.destroy();
      host.expected.clear();
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
}

export type World = Awaited<ReturnType<typeof openWorld>>;
