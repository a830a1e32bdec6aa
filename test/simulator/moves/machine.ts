import type { Chance } from '../machine/chance.ts';
import type { TaskFault } from '../machine/tasks.ts';
import type { Life } from '../life.ts';
import { passTime } from '../time.ts';
import type { Call } from '../machine/requests.ts';
import type { Move } from './move.ts';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

/** What the engine itself does next, where there is anything to do: one piece of work of all that could be done now. */
export async function work({ world }: Life, chance: Chance): Promise<string | null> {
  const jobs: (() => Promise<string>)[] = [
    ...world.temporal.tasks().map((execution) => async () => {
      const end = await execution.runTask();
      return `workflow task of ${execution.type}${end === 'done' ? '' : ' (lost)'}`;
    }),
    ...world.temporal.tries().map(({ execution, seq }) => async () => {
      const name = execution.pendingActivities()[0]?.name ?? 'activity';
      return `${name} of ${execution.type}: ${await execution.runTry(seq)}`;
    }),
    ...world.letters.map((_letter, at) => () => world.deliver(at)),
    ...world.tasks.paused().map((task) => async () => {
      if (chance.once(2)) await world.tasks.release(task);
      else await world.tasks.step(task);
      return `${task.label} goes on`;
    }),
  ];
  if (world.hasJobs()) jobs.push(() => world.runJob());
  if (jobs.length === 0) return null;
  const said = await chance.pick(jobs)();
  world.engineAnswers();
  await world.turns();
  return said;
}

/** Mostly a worker is there and answers at once; now and then a request is left waiting. */
export async function workUntil(life: Life, chance: Chance, call: Call): Promise<void> {
  if (chance.once(4)) return;
  for (let i = 0; i < 12 && call.answer === null && !call.task.isDead && hasWork(life); i += 1)
    life.world.note((await work(life, chance)) ?? '');
}

/** Whether there is anything that could be done now. */
export const hasWork = ({ world }: Life): boolean =>
  world.temporal.tasks().length +
    world.temporal.tries().length +
    world.letters.length +
    world.tasks.paused().length >
    0 || world.hasJobs();

/** Every night the books are compared with what vendors say. */
export async function night({ world, clinic }: Life): Promise<void> {
  await world.enqueue('reconcile', { kind: 'all', workspaceId: clinic.id }, 'all');
}

const hasTrouble = ({ plan }: Life, weight: number): number => weight * plan.trouble;

const HOW: readonly TaskFault['how'][] = ['die_before', 'die_after', 'stall', 'lose_commit', 'break'];

function drawFault(chance: Chance): TaskFault {
  return { at: chance.between(1, 16), how: chance.pick(HOW) };
}

export const MACHINE_MOVES: readonly Move[] = [
  {
    name: 'work',
    weight: (life) => (hasWork(life) ? 60 : 0),
    make: async (life, chance) => {
      const said: string[] = [];
      for (let i = chance.between(1, 6); i > 0 && hasWork(life); i -= 1)
        said.push((await work(life, chance)) ?? '');
      return [...new Set(said)].join('; ');
    },
  },
  {
    name: 'time passes',
    weight: ({ payments }) => (payments.length === 0 ? 0 : 14),
    make: async (life, chance) => {
      const ms = chance.pick([SECOND, 4 * SECOND, 15 * SECOND, 70 * SECOND, 600 * SECOND, HOUR]);
      await passTime(life, life.world.clock.now() + chance.between(ms / 2, ms));
      return `${Math.round(ms / SECOND)} s at most`;
    },
  },
  {
    name: 'the clock jumps',
    weight: (life) => hasTrouble(life, 1.5),
    make: async (life, chance) => {
      const ms = chance.pick([6 * HOUR, 25 * HOUR, 72 * HOUR, 31 * 24 * HOUR]);
      await passTime(life, life.world.clock.now() + ms);
      await night(life);
      return `${ms / HOUR} h`;
    },
  },
  {
    name: 'a try goes wrong',
    weight: (life) => hasTrouble(life, 7),
    make: ({ world }, chance) => {
      const fault = drawFault(chance);
      world.armed.tries.push({ name: null, fault });
      return Promise.resolve(`the next one: ${fault.how} at way out ${fault.at}`);
    },
  },
  {
    name: 'a refund’s try goes wrong',
    weight: (life) => hasTrouble(life, 2),
    make: ({ world }, chance) => {
      const fault = drawFault(chance);
      const name = chance.pick(['sendRefund', 'lookUpRefund', 'settleRefund', 'applyResolution']);
      world.armed.tries.push({ name, fault });
      return Promise.resolve(`${name}: ${fault.how} at way out ${fault.at}`);
    },
  },
  {
    name: 'a settlement’s try goes wrong',
    weight: (life) => hasTrouble(life, 2),
    make: ({ world }, chance) => {
      const fault = drawFault(chance);
      const name = chance.pick([
        'verifyPayment',
        'settlePayment',
        'pushDocument',
        'createPage',
        'closePayment',
      ]);
      world.armed.tries.push({ name, fault });
      return Promise.resolve(`${name}: ${fault.how} at way out ${fault.at}`);
    },
  },
  {
    name: 'news in the middle of a task',
    weight: (life) => hasTrouble(life, 2),
    make: ({ world }) => {
      world.armed.meanwhile += 1;
      return Promise.resolve('armed');
    },
  },
  {
    name: 'workers restart',
    weight: (life) => hasTrouble(life, 2),
    make: async ({ world }) => {
      for (const task of world.tasks.paused()) world.tasks.kill(task);
      await world.restartWorker();
      return 'what they had in memory is gone';
    },
  },
  {
    name: 'a signal comes again',
    weight: (life) => hasTrouble(life, life.world.temporal.running().length > 0 ? 2 : 0),
    make: async ({ world, clinic }, chance) => {
      const { rows } = await world.host.owner.query<{ id: string }>(
        'SELECT id FROM provider_events WHERE workspace_id = $1 ORDER BY received_at, id',
        [clinic.id],
      );
      const execution = chance.pick(world.temporal.running());
      const id = rows.length > 0 && !chance.once(4) ? chance.pick(rows).id : 'in_of_nobody';
      if (execution.type !== 'collectPayment') return 'nobody listens';
      for (let i = chance.between(1, 3); i > 0; i -= 1) execution.signal('providerEvent', id);
      return 'a known id, or one of nobody';
    },
  },
  {
    name: 'Temporal is away',
    weight: (life) => hasTrouble(life, 1.5),
    make: ({ world }, chance) => {
      if (chance.once(2)) world.reach.away += chance.between(1, 3);
      else world.reach.answersLost += 1;
      return Promise.resolve('for the next calls');
    },
  },
  {
    name: 'mails go wrong',
    weight: (life) => hasTrouble(life, life.plan.mailsReceipts ? 1 : 0),
    make: ({ world }, chance) => {
      const how = chance.pick(['refused', 'lost', 'down'] as const);
      world.armed.mails.push(how);
      return Promise.resolve(how);
    },
  },
];
