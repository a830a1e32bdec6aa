import type { Report } from './process.ts';
import { toKept } from './seeds.ts';

/** What a person needs to understand a life that failed, and the command that lives it again. */
export function toReport(report: Report): string {
  const { plan, steps, failures, story, state } = report;
  return [
    `LIFE ${plan.seed} FAILED`,
    ...failures.map((failure) => `  ✗ ${failure}`),
    `  again: npm run simulate -- --seed ${plan.seed} --lives 1`,
    `  the shortest: npm run simulate -- --seed ${plan.seed} --lives 1 --moves ${Buffer.from(JSON.stringify(steps)).toString('base64url')}`,
    `  to keep it in fixed-lives.json: ${JSON.stringify(toKept(plan, steps))}`,
    `  plan: ${JSON.stringify(plan)}`,
    `  moves: ${steps.map(({ move }) => move).join(' → ')}`,
    '  what happened:',
    ...story.map((line) => `    ${line}`),
    `  what is left: ${JSON.stringify(state, null, 1)}`,
  ].join('\n');
}
