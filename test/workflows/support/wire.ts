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

/** One command, read. */
export type Command =
  | { readonly kind: 'call'; readonly call: Call }
  | { readonly kind: 'cancelled'; readonly seq: number }
  | { readonly kind: 'timer'; readonly seq: number; readonly ms: number }
  | { readonly kind: 'timerCancelled'; readonly seq: number }
  | { readonly kind: 'update'; readonly id: string; readonly state: UpdateState; readonly answer: unknown }
  | { readonly kind: 'attributes'; readonly values: Readonly<Record<string, unknown>> }
  | { readonly kind: 'completed'; readonly result: unknown }
  | { readonly kind: 'failed'; readonly message: string };
export type UpdateState = 'accepted' | 'rejected' | 'completed';

const toPayload = (value: unknown): temporal.api.common.v1.IPayload =>
  defaultPayloadConverter.toPayload(value);

const fromPayload = (payload: temporal.api.common.v1.IPayload | null | undefined): unknown =>
  payload?.metadata ? defaultPayloadConverter.fromPayload(payload) : undefined;

export const toActivation = (runId: string, now: number, jobs: readonly Job[]): Activation => ({
  runId,
  timestamp: msToTs(now),
  jobs: [...jobs],
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

/** Reads a command; one that no workflow of ours sends is an error, so that a new kind is not overlooked. */
export function readCommand(wire: coresdk.workflow_commands.IWorkflowCommand): Command {
  const read = readCall(wire) ?? readTimer(wire) ?? readUpdate(wire) ?? readEnd(wire);
  if (read === null) throw new Error(`the driver does not know this command: ${JSON.stringify(wire)}`);
  return read;
}

function readCall(wire: coresdk.workflow_commands.IWorkflowCommand): Command | null {
  const scheduled = wire.scheduleLocalActivity ?? wire.scheduleActivity;
  if (scheduled) {
    const call: Call = {
      seq: scheduled.seq ?? 0,
      name: scheduled.activityType ?? '',
      isLocal: Boolean(wire.scheduleLocalActivity),
      input: fromPayload(scheduled.arguments?.[0]),
      queue: wire.scheduleActivity?.taskQueue ?? null,
    };
    return { kind: 'call', call };
  }
  const cancelled = wire.requestCancelActivity ?? wire.requestCancelLocalActivity;
  return cancelled ? { kind: 'cancelled', seq: cancelled.seq ?? 0 } : null;
}

function readTimer(wire: coresdk.workflow_commands.IWorkflowCommand): Command | null {
  if (wire.startTimer)
    return { kind: 'timer', seq: wire.startTimer.seq ?? 0, ms: tsToMs(wire.startTimer.startToFireTimeout) };
  return wire.cancelTimer ? { kind: 'timerCancelled', seq: wire.cancelTimer.seq ?? 0 } : null;
}

function readUpdate(wire: coresdk.workflow_commands.IWorkflowCommand): Command | null {
  const response = wire.updateResponse;
  if (!response) return null;
  const id = response.protocolInstanceId ?? '';
  if (response.accepted) return { kind: 'update', id, state: 'accepted', answer: undefined };
  if (response.rejected) return { kind: 'update', id, state: 'rejected', answer: response.rejected.message };
  return { kind: 'update', id, state: 'completed', answer: fromPayload(response.completed) };
}

function readEnd(wire: coresdk.workflow_commands.IWorkflowCommand): Command | null {
  if (wire.upsertWorkflowSearchAttributes) {
    const fields = wire.upsertWorkflowSearchAttributes.searchAttributes?.indexedFields ?? {};
    const values = Object.entries(fields).map(([name, payload]) => [name, fromPayload(payload)] as const);
    return { kind: 'attributes', values: Object.fromEntries(values) };
  }
  if (wire.completeWorkflowExecution)
    return { kind: 'completed', result: fromPayload(wire.completeWorkflowExecution.result) };
  if (wire.cancelWorkflowExecution) return { kind: 'failed', message: 'cancelled' };
  const failure = wire.failWorkflowExecution?.failure;
  return failure ? { kind: 'failed', message: failure.cause?.message ?? failure.message ?? '' } : null;
}
