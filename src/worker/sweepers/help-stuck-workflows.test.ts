import { expect, it } from '#jest';
import { noteFailedRun } from '../failed-runs.ts';
import { createHelpStuckWorkflows } from './help-stuck-workflows.ts';

type Deps = Parameters<typeof createHelpStuckWorkflows>[0];

/**
 * A fake Temporal with this many running workflows, listed page by page, all of them stuck unless told otherwise;
 * `asked` counts questions by workflow. The run of a workflow is called as the workflow is.
 */
function createTemporal(count: number, isStuck: (id: string) => boolean = () => true) {
  const ids = Array.from({ length: count }, (_, n) => `refund/ws_1/ref_${n}`);
  const asked = new Map<string, number>();
  let stuckCount = 0;
  const temporal = {
    isStuck: (id: string) => {
      asked.set(id, (asked.get(id) ?? 0) + 1);
      return Promise.resolve(isStuck(id));
    },
    listRunningAmong: (runIds: readonly string[]) => Promise.resolve(runIds),
    listRunning: ({ after, limit }: { after: Uint8Array | null; limit: number }) => {
      const from = after === null ? 0 : Number(Buffer.from(after).toString());
      const next = from + limit < count ? Buffer.from(String(from + limit)) : null;
      return Promise.resolve({ workflowIds: ids.slice(from, from + limit), next });
    },
  };
  const deps = {
    pool: { query: () => Promise.resolve({ rows: [] }) },
    temporal,
    failedRuns: new Set<string>(),
    logger: { error: () => undefined, info: () => undefined, warn: () => undefined },
    metrics: {
      stuckWorkflows: {
        reset: () => (stuckCount = 0),
        set: () => undefined,
        inc: () => (stuckCount += 1),
      },
    },
  } as unknown as Deps;
  return { deps, asked, stuckCount: () => stuckCount };
}

it('however many workflows are stuck, a sweep asks about a few hundred, and each of them in its turn', async () => {
  const { deps, asked, stuckCount } = createTemporal(1_000);
  const sweep = createHelpStuckWorkflows(deps);
  for (let n = 0; n < 10; n += 1) await sweep();
  expect(stuckCount()).toBe(1_000);

  asked.clear();
  await sweep();
  expect([...asked.values()].reduce((sum, times) => sum + times, 0)).toBeLessThanOrEqual(200);
  for (let n = 0; n < 10; n += 1) await sweep();
  expect(asked.size).toBe(1_000);
});

it('among any number of running workflows, the next sweep finds the one whose task failed here', async () => {
  const last = 'refund/ws_1/ref_9999';
  const { deps, asked, stuckCount } = createTemporal(10_000, (id) => id === last);
  const sweep = createHelpStuckWorkflows(deps);
  await sweep();
  expect(stuckCount()).toBe(0);

  noteFailedRun(deps.failedRuns, { message: 'another line', meta: { runId: 'refund/ws_1/ref_8888' } });
  noteFailedRun(deps.failedRuns, { message: 'Failing workflow task', meta: { runId: last } });
  await sweep();
  expect(stuckCount()).toBe(1);
  expect(asked.size).toBeLessThanOrEqual(201);
  expect([...deps.failedRuns]).toEqual([]);
});
