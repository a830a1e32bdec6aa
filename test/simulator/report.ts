import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Report } from './process.ts';
import { toKept } from './seeds.ts';

/** What a person needs to understand a life that failed, and the command that lives it again; of any other what happened. */
export function toReport(report: Report): string {
  const { plan, steps, failures, story, state } = report;
  const isFailed = failures.length > 0;
  const ofFailure = [
    ...failures.map((failure) => `  ✗ ${failure}`),
    `  again: ${againOf(report)}`,
    `  the shortest: npm run simulate -- --seed ${plan.seed} --lives 1 --moves ${Buffer.from(JSON.stringify(steps)).toString('base64url')}`,
    `  to keep it in fixed-lives.json: ${JSON.stringify(toKept(plan, steps))}`,
  ];
  return [
    `LIFE ${plan.seed}${isFailed ? ' FAILED' : ''}`,
    ...(isFailed ? ofFailure : []),
    `  plan: ${JSON.stringify(plan)}`,
    `  moves: ${steps.map(({ move }) => move).join(' → ')}`,
    '  what happened:',
    ...story.map((line) => `    ${line}`),
    ...(isFailed ? [`  what is left: ${JSON.stringify(state, null, 1)}`] : []),
  ].join('\n');
}

const againOf = ({ plan, isFixed }: Report): string =>
  `npm run simulate -- ${isFixed ? '--fixed' : `--seed ${plan.seed} --lives 1`}`;

const KEPT = fileURLToPath(new URL('../../.tashlum/failed-lives/', import.meta.url));

/** Keeps the report of a life that failed. Returns the line that ends a run: what failed, the command, and where it is kept. */
export function keepReport(report: Report): string {
  mkdirSync(KEPT, { recursive: true });
  const file = join(KEPT, `${report.plan.seed}.txt`);
  writeFileSync(file, `${toReport(report)}\n`);
  const [failure = ''] = report.failures;
  return `✗ life ${report.plan.seed}: ${failure.slice(0, 160)}\n  again: ${againOf(report)}; kept in ${file}`;
}

interface Count {
  readonly lives: number;
  readonly failed: number;
  readonly seconds: number;
  /** Seeds of the lives that were lived and are no fixed ones. */
  readonly seeds: readonly number[];
}

/** The last line of a run. The time is that of everything, also of looking for the shortest moves. */
export function toLastLine({ lives, failed, seconds, seeds }: Count): string {
  const range =
    seeds.length === 0 ? 'the fixed ones' : `seeds ${Math.min(...seeds)} to ${Math.max(...seeds)}`;
  return `${lives} lives, ${failed} failed, ${(lives / seconds).toFixed(2)} lives a second, ${range}`;
}
