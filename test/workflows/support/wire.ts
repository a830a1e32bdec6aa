import { defaultFailureConverter, defaultPayloadConverter, TimeoutFailure } from '@temporalio/common';
import { msToTs, tsToMs } from '@temporalio/common/lib/time.js';
import type { coresdk, temporal } from '@temporalio/proto';

/** The protobuf face of the workflow sandbox: jobs that go in, commands that come out. The driver speaks plain values. */

export type Job = coresdk.workflow_activation.IWorkflowActivationJob;
export type Activation = coresdk.workflow_activation.IWorkflowActivation;

/** An activity that the workflow wants done. */
export interface Call {
  readonly seq: number;
  readonly name: string;
  readonly isLocal: boolean;
  readonly input: unknown;
  /** Task queue of a regular activity; null for a local one. */
  readonly queue: string | null;
}

/** A workflow that the workflow starts beside itself. */
export interface Child {
  readonly type: string;
  readonly workflowId: string;
  readonly input: unknown;
}

/** One command, read; `line` says it in a few words. */
export type Command = { readonly line: string } & (
  | { readonly kind: 'call'; readonly call: Call }
  | { readonly kind: 'cancelled'; readonly seq: number }
  | { readonly kind: 'timer'; readonly seq: number; readonly ms: number }
  | { readonly kind: 'timerCancelled'; readonly seq: number }
  | { readonly kind: 'child'; readonly seq: number; readonly child: Child }
  | { readonly kind: 'told'; readonly seq: number; readonly workflowId: string; readonly signal: string }
  | { readonly kind: 'update'; readonly id: string; readonly state: UpdateState; readonly answer: unknown }
  | { readonly kind: 'attributes'; readonly values: Readonly<Record<string, unknown>> }
  | { readonly kind: 'completed'; readonly result: unknown }
  | { readonly kind: 'continued'; readonly input: unknown }
  | { readonly kind: 'failed'; readonly message: string }
);
export type UpdateState = 'accepted' | 'rejected' | 'completed';

const toPayload = (value: unknown): temporal.api.common.v1.IPayload =>
  defaultPayloadConverter.toPayload(value);

const fromPayload = (payload: temporal.api.common.v1.IPayload | null | undefined): unknown =>
  payload?.metadata ? defaultPayloadConverter.fromPayload(payload) : undefined;

/** What the server says of a run's history with each task. */
export interface HistoryInfo {
  readonly historyLength: number;
  readonly continueAsNewSuggested: boolean;
}

export const toActivation = (
  runId: string,
  now: number,
  jobs: readonly Job[],
  history: HistoryInfo,
): Activation => ({
  runId,
  timestamp: msToTs(now),
  jobs: [...jobs],
  ...history,
});

export const startJob = (workflowType: string, workflowId: string, input: unknown): Job => ({
  initializeWorkflow: { workflowId, workflowType, arguments: [toPayload(input)] },
});

export const signalJob = (signalName: string, value: unknown): Job => ({
  signalWorkflow: { signalName, input: [toPayload(value)], identity: 'test' },
});

export const updateJob = (name: string, id: string): Job => ({
  doUpdate: {
    id,
    protocolInstanceId: id,
    name,
    input: [],
    runValidator: true,
    meta: { identity: 'test', updateId: id },
  },
});

export const cancelJob = (): Job => ({ cancelWorkflow: { reason: 'an operator says so' } });

export const timerJob = (seq: number): Job => ({ fireTimer: { seq } });

/** The child runs; without a run, its id is taken by another one that runs. */
export const childJob = (seq: number, { type, workflowId }: Child, runId: string | null): Job => ({
  resolveChildWorkflowExecutionStart:
    runId === null
      ? { seq, failed: { workflowId, workflowType: type, cause: WORKFLOW_ALREADY_EXISTS } }
      : { seq, succeeded: { runId } },
});
/** `StartChildWorkflowExecutionFailedCause` of the SDK's core. */
const WORKFLOW_ALREADY_EXISTS = 1;

/** Another workflow heard the signal, or no such workflow runs. */
export const toldJob = (seq: number, isHeard: boolean): Job => ({
  resolveSignalExternalWorkflow: isHeard ? { seq } : { seq, failure: { message: 'no such workflow runs' } },
});

export const answerJob = (call: Call, value: unknown): Job => ({
  resolveActivity: {
    seq: call.seq,
    isLocal: call.isLocal,
    result: { completed: { result: toPayload(value) } },
  },
});

/**
 * The call failed with what the activity threw, after as many tries as its retry policy allows. What a local activity
 * throws reaches the workflow bare, a regular one's and any timeout wrapped (seen with a real server).
 */
export function failureJob(call: Call, thrown: unknown): Job {
  const cause = defaultFailureConverter.errorToFailure(thrown, defaultPayloadConverter);
  const isBare = call.isLocal && !(thrown instanceof TimeoutFailure);
  const failure = isBare ? cause : { ...activityFailure(call), cause };
  return { resolveActivity: { seq: call.seq, isLocal: call.isLocal, result: { failed: { failure } } } };
}

/** What the SDK's core answers at once when a call of type TRY_CANCEL is cancelled. */
export const cancellationJob = (call: Call): Job => ({
  resolveActivity: {
    seq: call.seq,
    isLocal: call.isLocal,
    result: { cancelled: { failure: { ...activityFailure(call), cause: { canceledFailureInfo: {} } } } },
  },
});

const activityFailure = (call: Call): temporal.api.failure.v1.IFailure => ({
  message: 'Activity task failed',
  activityFailureInfo: { activityType: { name: call.name }, activityId: String(call.seq) },
});

type Wire = coresdk.workflow_commands.IWorkflowCommand;

/** Reads a command; one that no workflow of ours sends is an error, so that a new kind is not overlooked. */
export function readCommand(wire: Wire): Command {
  for (const read of [
    readCall,
    readCancellation,
    readTimer,
    readChild,
    readTold,
    readUpdate,
    readAttributes,
    readEnd,
  ]) {
    const command = read(wire);
    if (command !== null) return command;
  }
  throw new Error(`the driver does not know this command: ${JSON.stringify(wire)}`);
}

function readCall(wire: Wire): Command | null {
  const scheduled = wire.scheduleLocalActivity ?? wire.scheduleActivity;
  if (!scheduled) return null;
  const queue = wire.scheduleActivity?.taskQueue ?? null;
  const name = scheduled.activityType ?? '';
  const input = fromPayload(scheduled.arguments?.[0]);
  return {
    kind: 'call',
    line: queue === null ? `local ${name}` : `${name} on ${queue}`,
    call: { seq: scheduled.seq ?? 0, name, isLocal: queue === null, input, queue },
  };
}

function readCancellation(wire: Wire): Command | null {
  const cancelled = wire.requestCancelActivity ?? wire.requestCancelLocalActivity;
  return cancelled ? { kind: 'cancelled', line: 'cancel a call', seq: cancelled.seq ?? 0 } : null;
}

function readTimer(wire: Wire): Command | null {
  if (wire.cancelTimer)
    return { kind: 'timerCancelled', line: 'cancel timer', seq: wire.cancelTimer.seq ?? 0 };
  if (!wire.startTimer) return null;
  const ms = tsToMs(wire.startTimer.startToFireTimeout);
  return { kind: 'timer', line: `timer ${ms / 1_000} s`, seq: wire.startTimer.seq ?? 0, ms };
}

function readChild(wire: Wire): Command | null {
  const started = wire.startChildWorkflowExecution;
  if (!started) return null;
  const child = {
    type: started.workflowType ?? '',
    workflowId: started.workflowId ?? '',
    input: fromPayload(started.input?.[0]),
  };
  return { kind: 'child', line: `child ${child.type}`, seq: started.seq ?? 0, child };
}

function readTold(wire: Wire): Command | null {
  const told = wire.signalExternalWorkflowExecution;
  if (!told) return null;
  const signal = told.signalName ?? '';
  const workflowId = told.workflowExecution?.workflowId ?? '';
  return { kind: 'told', line: `tell ${signal}`, seq: told.seq ?? 0, workflowId, signal };
}

function readUpdate(wire: Wire): Command | null {
  const response = wire.updateResponse;
  if (!response) return null;
  const id = response.protocolInstanceId ?? '';
  const state = response.accepted ? 'accepted' : response.rejected ? 'rejected' : 'completed';
  const answer = state === 'rejected' ? response.rejected?.message : fromPayload(response.completed);
  return { kind: 'update', line: `${id} ${state}`, id, state, answer };
}

function readAttributes(wire: Wire): Command | null {
  const fields = wire.upsertWorkflowSearchAttributes?.searchAttributes?.indexedFields;
  if (!fields) return null;
  const values = Object.entries(fields).map(([name, payload]) => [name, fromPayload(payload)] as const);
  return { kind: 'attributes', line: 'upsert', values: Object.fromEntries(values) };
}

function readEnd(wire: Wire): Command | null {
  if (wire.completeWorkflowExecution)
    return { kind: 'completed', line: 'end', result: fromPayload(wire.completeWorkflowExecution.result) };
  const anew = wire.continueAsNewWorkflowExecution;
  if (anew) return { kind: 'continued', line: 'continue as new', input: fromPayload(anew.arguments?.[0]) };
  if (wire.cancelWorkflowExecution) return { kind: 'failed', line: 'cancelled', message: 'cancelled' };
  const failure = wire.failWorkflowExecution?.failure;
  return failure ? { kind: 'failed', line: 'fail', message: messageOf(failure) } : null;
}

/** The activity's own words, where an activity is to blame. */
function messageOf(failure: temporal.api.failure.v1.IFailure): string {
  return failure.cause?.message ?? failure.message ?? '';
}
