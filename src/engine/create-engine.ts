import {
  Client,
  Connection,
  isGrpcDeadlineError,
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import type { UpdateDefinition } from '@temporalio/common';
import type { Logger } from '../logger.ts';
import type { collectPayment } from '../workflows/payments/collect-payment.ts';
import type { settleLateEvent } from '../workflows/payments/settle-late-event.ts';
import {
  checkUpdate,
  lateCheckWorkflowId,
  lateEventWorkflowId,
  linkUpdate,
  PAYMENTS_QUEUE,
  paymentWorkflowId,
  providerEventSignal,
  renewLinkUpdate,
  SEARCH_ATTRIBUTES,
  WORKFLOWS,
} from '../workflows/messages.ts';
import type { CheckAnswer, CollectPaymentInput, SettleLateEventInput } from '../workflows/messages.ts';
import type { Engine, StartOutcome, UpdateOutcome } from './engine.ts';

const START_DEADLINE_MS = 5_000;
const DESCRIBE_DEADLINE_MS = 500;
const SIGNAL_DEADLINE_MS = 2_000;
/** A worker that is killed gives its workflow task back after this long. */
const TASK_TIMEOUT = '3s';

/** What every call of the engine shares. */
interface Reach {
  readonly client: Client;
  readonly connection: Connection;
  readonly logger: Logger;
}

/**
 * Connects lazily, so an API process starts while Temporal is down. gRPC retries are off: a server that cannot be
 * reached is an answer within milliseconds, and whoever called decides.
 */
export function createEngine(options: { address: string; namespace: string; logger: Logger }): Engine {
  const connection = Connection.lazy({
    address: options.address,
    interceptors: [],
    channelArgs: { 'grpc.initial_reconnect_backoff_ms': 250, 'grpc.max_reconnect_backoff_ms': 1_000 },
  });
  const reach = {
    client: new Client({ connection, namespace: options.namespace }),
    connection,
    logger: options.logger,
  };
  return {
    startPayment: (input, about) => startPayment(reach, input, about.summary),
    deliverEvent: (event) => deliverEvent(reach, event),
    checkPayment: (payment, timeoutMs) => checkPayment(reach, payment, timeoutMs),
    renewLink: (payment, timeoutMs) =>
      update(reach, payment, renewLinkUpdate, `page-${payment.pageNumber}`, timeoutMs),
    isStarted: (payment) =>
      isKnown(reach, paymentWorkflowId(payment.workspaceId, payment.id), SIGNAL_DEADLINE_MS),
    isReachable: (timeoutMs) => isReachable(reach, timeoutMs),
    close: () => connection.close(),
  };
}

async function startPayment(
  reach: Reach,
  input: CollectPaymentInput,
  summary: string,
): Promise<StartOutcome> {
  const workflowId = paymentWorkflowId(input.workspaceId, input.paymentId);
  const start = new WithStartWorkflowOperation<typeof collectPayment>(WORKFLOWS.collectPayment, {
    workflowId,
    taskQueue: PAYMENTS_QUEUE,
    args: [input],
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    workflowTaskTimeout: TASK_TIMEOUT,
    staticSummary: summary,
    typedSearchAttributes: [
      { key: SEARCH_ATTRIBUTES.workspaceId, value: input.workspaceId },
      { key: SEARCH_ATTRIBUTES.paymentId, value: input.paymentId },
      { key: SEARCH_ATTRIBUTES.paymentStatus, value: 'pending' },
      { key: SEARCH_ATTRIBUTES.provider, value: input.provider },
      { key: SEARCH_ATTRIBUTES.currency, value: input.currency },
      { key: SEARCH_ATTRIBUTES.amountMinor, value: input.amount },
    ],
    priority: { fairnessKey: input.workspaceId },
  });
  try {
    const answer = await reach.client.withDeadline(Date.now() + START_DEADLINE_MS, () =>
      reach.client.workflow.executeUpdateWithStart(linkUpdate, {
        updateId: 'link',
        startWorkflowOperation: start,
      }),
    );
    return { state: 'ready', answer };
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return { state: 'waiting' };
    reach.logger.warn({ err: error, workflowId }, 'the start of a payment was not answered');
    return (await isFound(reach, workflowId)) ? { state: 'waiting' } : { state: 'unavailable' };
  }
}

/** Started or not, as far as half a second can tell. */
async function isFound(reach: Reach, workflowId: string): Promise<boolean> {
  try {
    return await isKnown(reach, workflowId, DESCRIBE_DEADLINE_MS);
  } catch {
    return false;
  }
}

async function isKnown(reach: Reach, workflowId: string, deadlineMs: number): Promise<boolean> {
  try {
    await reach.client.withDeadline(Date.now() + deadlineMs, () =>
      reach.client.workflow.getHandle(workflowId).describe(),
    );
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/** The class of the error says "closed or never existed"; which of the two does not matter: our row is the truth. */
async function deliverEvent(reach: Reach, event: Parameters<Engine['deliverEvent']>[0]): Promise<void> {
  const handle = reach.client.workflow.getHandle(paymentWorkflowId(event.workspaceId, event.paymentId));
  try {
    await within(reach, SIGNAL_DEADLINE_MS, () => handle.signal(providerEventSignal, event.id));
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    await startLateSettlement(reach, event);
  }
}

async function startLateSettlement(
  reach: Reach,
  event: Parameters<Engine['deliverEvent']>[0],
): Promise<void> {
  const { workspaceId, paymentId, print } = event;
  try {
    await within(reach, SIGNAL_DEADLINE_MS, () =>
      reach.client.workflow.start<typeof settleLateEvent>(WORKFLOWS.settleLateEvent, {
        workflowId: lateEventWorkflowId(workspaceId, event.id),
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        ...lateOptions({ workspaceId, paymentId, print, providerEventId: event.id }),
      }),
    );
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

function lateOptions(input: SettleLateEventInput) {
  return {
    taskQueue: PAYMENTS_QUEUE,
    args: [input] as [SettleLateEventInput],
    workflowIdConflictPolicy: 'USE_EXISTING' as const,
    workflowTaskTimeout: TASK_TIMEOUT,
    staticSummary: `Late news of ${input.paymentId}`,
    typedSearchAttributes: [
      { key: SEARCH_ATTRIBUTES.workspaceId, value: input.workspaceId },
      { key: SEARCH_ATTRIBUTES.paymentId, value: input.paymentId },
    ],
  };
}

/** Asks about a payment; one whose own workflow is gone is asked about by a late one. */
async function checkPayment(
  reach: Reach,
  payment: Parameters<Engine['checkPayment']>[0],
  timeoutMs: number,
): Promise<UpdateOutcome<CheckAnswer>> {
  const outcome = await update(reach, payment, checkUpdate, undefined, timeoutMs);
  if (outcome.state !== 'gone') return outcome;
  const { workspaceId, id: paymentId, print } = payment;
  try {
    const answer = await within(reach, timeoutMs, () =>
      reach.client.workflow.execute<typeof settleLateEvent>(WORKFLOWS.settleLateEvent, {
        workflowId: lateCheckWorkflowId(workspaceId, paymentId),
        ...lateOptions({ workspaceId, paymentId, print, providerEventId: null }),
      }),
    );
    return { state: 'done', answer };
  } catch (error) {
    if (isGrpcDeadlineError(error)) return { state: 'waiting' };
    reach.logger.warn({ err: error, paymentId }, 'a late check was not answered');
    return { state: 'unavailable' };
  }
}

async function update<Answer>(
  reach: Reach,
  payment: { workspaceId: string; id: string },
  definition: UpdateDefinition<Answer>,
  updateId: string | undefined,
  timeoutMs: number,
): Promise<UpdateOutcome<Answer>> {
  const handle = reach.client.workflow.getHandle(paymentWorkflowId(payment.workspaceId, payment.id));
  try {
    const answer = await within(reach, timeoutMs, () =>
      handle.executeUpdate(definition, updateId === undefined ? {} : { updateId }),
    );
    return { state: 'done', answer };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { state: 'gone' };
    if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return { state: 'waiting' };
    reach.logger.warn({ err: error, paymentId: payment.id }, 'an update of a payment was not answered');
    return { state: 'unavailable' };
  }
}

async function isReachable(reach: Reach, timeoutMs: number): Promise<boolean> {
  try {
    await within(reach, timeoutMs, () => reach.connection.workflowService.getSystemInfo({}));
    return true;
  } catch {
    return false;
  }
}

function within<T>(reach: Reach, timeoutMs: number, call: () => Promise<T>): Promise<T> {
  return reach.client.withDeadline(Date.now() + timeoutMs, call);
}
