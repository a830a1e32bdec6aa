import { listUnheard } from '../../db/provider-events.ts';
import type { Pool } from '../../db/pool.ts';
import type { Temporal } from '../../temporal/temporal.ts';
import type { Logger } from '../../logger.ts';
import type { Metrics } from '../../metrics.ts';
import { paymentWorkflowId } from '../../workflows/messages.ts';
import { sweepEach } from './sweep-each.ts';

/** How many running workflows one sweep checks, besides those with unheard signals: all get their turn. */
const AT_A_TIME = 100;
const HELPED_AT_ONCE = 10;
/** How often a stuck payment without news is asked about. */
const ASK_AGAIN_MS = 15 * 60_000;
/** Starts only; it does not wait for the end. */
const START_MS = 2_000;

interface Deps {
  readonly pool: Pool;
  readonly temporal: Pick<
    Temporal,
    'isStuck' | 'listRunningAmong' | 'listRunning' | 'settleLate' | 'checkLate'
  >;
  /** Runs whose tasks failed in this process (`failed-runs.ts`); those that were checked are taken out. */
  readonly failedRuns: Set<string>;
  readonly logger: Logger;
  readonly metrics: Pick<Metrics, 'stuckWorkflows'>;
}

/**
 * Finds workflows that cannot continue because their tasks fail: code that does not fit a history, an error of ours,
 * an unreadable payload. A stuck payment receives no signals, so the late path handles its news, and the provider is
 * asked from time to time. Each sweep checks some workflows: those whose tasks failed in this process, those with
 * unread signals, and those that were stuck before. Others take turns, because the process that saw one fail may be
 * gone.
 */
export function createHelpStuckWorkflows(deps: Deps) {
  /**
   * Stuck workflows by id, and when a payment is asked about again. The one not checked for the longest time comes
   * first.
   */
  const stuck = new Map<string, number>();
  let page: Uint8Array | null = null;
  return async function helpStuckWorkflows(): Promise<void> {
    const failed = await findFailed(deps);
    const unheard = await listUnheard(deps.pool, AT_A_TIME);
    const running = await deps.temporal.listRunning({ after: page, limit: AT_A_TIME });
    page = running.next;
    const told = unheard.map(({ workspaceId, paymentId }) => paymentWorkflowId(workspaceId, paymentId));
    const stuckBefore = [...stuck.keys()].slice(0, AT_A_TIME);
    const suspects = new Set([...failed, ...told, ...running.workflowIds, ...stuckBefore]);
    await Promise.all([...suspects].map((workflowId) => look(deps, stuck, workflowId)));
    tellMetrics(deps, stuck);
    const unheardOfStuck = unheard
      .map((event) => ({ event, workflowId: paymentWorkflowId(event.workspaceId, event.paymentId) }))
      .filter(({ workflowId }) => stuck.has(workflowId))
      .map(({ event, workflowId }) => ({ workflowId, help: () => deps.temporal.settleLate(event) }));
    const due = [...stuck]
      .filter(([, askAt]) => askAt <= Date.now())
      .slice(0, AT_A_TIME)
      .map(([workflowId]) => ({ workflowId, help: () => askAbout(deps, stuck, workflowId) }));
    await sweepEach<Help>([...unheardOfStuck, ...due], {
      idsOf: ({ workflowId }) => ({ workflowId }),
      run: ({ help }) => help(),
      atOnce: HELPED_AT_ONCE,
    });
  };
}

/** What is done about a stuck workflow. */
interface Help {
  readonly workflowId: string;
  readonly help: () => Promise<unknown>;
}

/** The workflows of some failed runs. */
async function findFailed({ temporal, failedRuns }: Deps): Promise<readonly string[]> {
  const runIds = [...failedRuns].slice(0, AT_A_TIME);
  if (runIds.length === 0) return [];
  const workflowIds = await temporal.listRunningAmong(runIds);
  runIds.forEach((runId) => failedRuns.delete(runId));
  return workflowIds;
}

/** Records whether a workflow is stuck. If Temporal does not answer, this is logged and the others still get help. */
async function look(
  { temporal, logger }: Deps,
  stuck: Map<string, number>,
  workflowId: string,
): Promise<void> {
  const isStuck = await temporal.isStuck(workflowId).catch((error: unknown) => {
    logger.warn({ err: error, workflowId }, 'the check for stuck workflows failed');
    return stuck.has(workflowId);
  });
  const askAt = stuck.get(workflowId);
  // Removed and inserted again, it is the last one to be checked.
  stuck.delete(workflowId);
  if (isStuck) stuck.set(workflowId, askAt ?? Date.now());
  if (isStuck === (askAt !== undefined)) return;
  if (isStuck) {
    logger.error(
      { workflowId },
      'a workflow is stuck because its tasks fail; see its history in the Temporal UI',
    );
  } else {
    logger.info({ workflowId }, 'a stuck workflow continues or has ended');
  }
}

function tellMetrics({ metrics }: Deps, stuck: ReadonlyMap<string, number>): void {
  metrics.stuckWorkflows.reset();
  metrics.stuckWorkflows.set({ workflow: 'pay' }, 0);
  for (const workflowId of stuck.keys()) metrics.stuckWorkflows.inc({ workflow: kindOf(workflowId) });
}

/** A webhook of a payment may be lost, so the provider is asked. For other workflows only a person can help. */
async function askAbout({ temporal }: Deps, stuck: Map<string, number>, workflowId: string): Promise<void> {
  const [, workspaceId, id] = workflowId.split('/');
  stuck.set(workflowId, Date.now() + ASK_AGAIN_MS);
  if (kindOf(workflowId) !== 'pay' || workspaceId === undefined || id === undefined) return;
  await temporal.checkLate({ workspaceId, id }, START_MS);
}

const KINDS = ['pay', 'refund', 'push', 'resolve', 'ask', 'late'];

/** The kinds in `workflows/messages.ts`; a workflow started by somebody else is `other`. */
function kindOf(workflowId: string): string {
  return KINDS.find((kind) => workflowId.startsWith(`${kind}/`)) ?? 'other';
}
