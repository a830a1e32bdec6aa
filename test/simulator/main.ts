import { execFileSync, fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startCluster } from './machine/cluster.ts';
import type { Cluster } from './machine/cluster.ts';
import type { Order, Report } from './process.ts';
import { keepReport, toLastLine, toReport } from './report.ts';
import { FIXED_LIVES } from './seeds.ts';
import { shrink } from './shrink.ts';

const USAGE = `npm run simulate -- [--seed N] [--lives M] [--processes P] [--calm] [--story]

  --seed N       lives the seeds N, N+1, …; default: a fresh one, which is printed
  --commit       takes the first seed from the tree of the commit: other code has other lives, the same code has the same verdict
  --lives M      how many; default 2000
  --processes P  how many processes share them; default 2
  --fixed        the fixed lives alone: they showed a fault once
  --calm         no faults: every life is the usual one
  --twice        lives each life twice, and says where the second one is otherwise
  --moves LIST   makes these moves of the one life, as a report gives them, and no others
  --first        stops at the first life that fails, and does not look for its shortest moves
  --story        prints what happened in each life`;

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    commit: { type: 'boolean', default: false },
    lives: { type: 'string', default: '2000' },
    processes: { type: 'string', default: '2' },
    fixed: { type: 'boolean', default: false },
    calm: { type: 'boolean', default: false },
    twice: { type: 'boolean', default: false },
    moves: { type: 'string' },
    first: { type: 'boolean', default: false },
    story: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function openProcess(cluster: Cluster, name: string): Promise<ChildProcess> {
  const databases = await cluster.createDatabase(name);
  const child = fork(fileURLToPath(new URL('./process.ts', import.meta.url)), [JSON.stringify(databases)], {
    execArgv: [
      '--no-warnings',
      ...(process.env['SIMULATE_PROFILE'] === undefined
        ? []
        : ['--cpu-prof', `--cpu-prof-dir=${join(tmpdir(), 'simulator-profile')}`]),
    ],
  });
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) => reject(new Error(`a process ended with ${code}`)));
  });
  return child;
}

function stopProcess(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.send('stop');
  });
}

function ask(child: ChildProcess, order: Order): Promise<Report> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null): void =>
      reject(new Error(`the process of life ${order.seed} ended with ${code}`));
    child.once('exit', onExit);
    child.once('message', (report: Report) => {
      child.off('exit', onExit);
      resolve(report);
    });
    child.send(order);
  });
}

/** Moves on a command line: their names' places in the list would change with it, so they go by name. */
const readMoves = (text: string | undefined): Order['steps'] =>
  text === undefined
    ? null
    : (JSON.parse(Buffer.from(text, 'base64url').toString()) as NonNullable<Order['steps']>);

/** How many lives the search for the shortest one may take. */
const SHRINK_TRIES = 60;

/** The same failure with as few moves as can be; sentences about ids and sums differ from run to run. */
async function shorten(child: ChildProcess, report: Report, order: Order): Promise<Report> {
  if (report.isStuck || report.steps.length === 0) return report;
  const kindOf = (failure: string): string =>
    failure.replace(/[a-z]+_[0-9a-z]{26}|[0-9a-f-]{36}|\d+/g, '').slice(0, 60);
  const wanted = new Set(report.failures.map(kindOf));
  let best = report;
  await shrink(
    report.steps,
    async (steps) => {
      const tried = await ask(child, { ...order, steps, isTwice: false });
      const isSame = tried.failures.some((failure) => wanted.has(kindOf(failure)));
      if (isSame) best = tried;
      return isSame;
    },
    SHRINK_TRIES,
  );
  return best;
}

type Wanted = Pick<Order, 'seed' | 'plan' | 'steps'>;

/** The fixed lives, and those that were asked for or fresh ones. */
function chooseLives(): { readonly lives: Wanted[]; readonly text: string } {
  const fixed = FIXED_LIVES.map(({ plan, steps }) => ({ seed: plan.seed, plan, steps }));
  if (values.fixed) return { lives: fixed, text: `the ${fixed.length} fixed lives` };
  const first = firstSeed();
  const count = Number(values.lives);
  const steps = readMoves(values.moves);
  const wanted = Array.from({ length: count }, (_, index) => ({ seed: first + index, plan: null, steps }));
  const lives = values.seed === undefined && !values.calm ? [...fixed, ...wanted] : wanted;
  return { lives, text: `${count} lives from seed ${first} on` };
}

function firstSeed(): number {
  if (values.seed !== undefined) return Number(values.seed);
  return values.commit ? seedOfCommit() : randomInt(1_000_000_000);
}

/** From the tree and not the commit's id: a commit that is made anew from the same files has the same lives. */
function seedOfCommit(): number {
  const tree = execFileSync('git', ['rev-parse', 'HEAD^{tree}'], { encoding: 'utf8' });
  return Number.parseInt(tree.slice(0, 12), 16) % 1_000_000_000;
}

async function main(): Promise<number> {
  if (values.help) {
    say(USAGE);
    return 0;
  }
  const { lives, text } = chooseLives();
  const count = lives.length;
  say(`simulating ${text}`);
  const cluster = await startCluster();
  const failed: Report[] = [];
  const seeds: number[] = [];
  let done = 0;
  try {
    const children = await Promise.all(
      Array.from({ length: Math.min(Number(values.processes), count) }, (_, index) =>
        openProcess(cluster, `lives_${index + 1}`),
      ),
    );
    const startedAt = Date.now();
    let opened = children.length;
    const note = (life: Wanted, report: Report): void => {
      done += 1;
      if (life.plan === null) seeds.push(life.seed);
      const isFailed = report.failures.length > 0;
      if (isFailed || values.story) say(toReport(report));
      if (isFailed) failed.push(report);
      if (isFailed && values.first) lives.splice(0);
      if (done % 100 !== 0) return;
      const speed = (done / ((Date.now() - startedAt) / 1_000)).toFixed(1);
      say(`${done} lives, ${speed} a second, ${failed.length} failed`);
    };
    const lane = async (own: ChildProcess): Promise<void> => {
      let child = own;
      for (let life = lives.shift(); life !== undefined; life = lives.shift()) {
        const order = {
          ...life,
          hasTrouble: !values.calm,
          isTwice: values.twice,
          isTold: values.story,
        };
        const first = await ask(child, order);
        const isToShorten = first.failures.length > 0 && !values.first;
        const report = isToShorten ? await shorten(child, first, order) : first;
        note(life, report);
        if (report.isStuck) {
          child.kill('SIGKILL');
          opened += 1;
          child = await openProcess(cluster, `lives_${opened}`);
          children.push(child);
        }
      }
    };
    await Promise.all(children.map(lane));
    const seconds = (Date.now() - startedAt) / 1_000;
    await Promise.all(children.filter(({ killed }) => !killed).map(stopProcess));
    for (const report of failed) say(keepReport(report));
    say(toLastLine({ lives: done, failed: failed.length, seconds, seeds }));
  } finally {
    await cluster.stop();
  }
  return failed.length === 0 && done >= count ? 0 : 1;
}

process.exit(await main());
