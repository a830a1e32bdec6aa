/** A line of the log of Temporal's runtime. */
interface Line {
  readonly message: string;
  readonly meta?: { readonly runId?: unknown } | undefined;
}

/** Enough for every workflow that fails between two sweeps; those that keep failing are told again. */
const MOST_RUNS = 10_000;

/**
 * Notes a run of a workflow whose task failed in this process. Only the log of Temporal's runtime tells this at once,
 * whatever the reason. It may be an error of ours, a history that does not fit, or an unreadable payload.
 */
export function noteFailedRun(runs: Set<string>, { message, meta }: Line): void {
  if (!message.startsWith('Failing workflow task') || runs.size >= MOST_RUNS) return;
  const runId = meta?.runId;
  if (typeof runId === 'string') runs.add(runId);
}
