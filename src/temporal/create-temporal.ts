import { Client, Connection, WorkflowNotFoundError } from '@temporalio/client';
import type { UpdateDefinition } from '@temporalio/common';
import type { Logger } from '../logger.ts';
import type { collectPayment } from '../workflows/payments/collect-payment.ts';
import {
  cancelUpdate,
  checkUpdate,
  linkUpdate,
  paymentWorkflowId,
  providerEventSignal,
  renewPageUpdate,
  returnUpdate,
  WORKFLOWS,
} from '../workflows/messages.ts';
import type { CheckAnswer, CollectPaymentInput, LinkAnswer } from '../workflows/messages.ts';
import type { Temporal, StartOutcome, UpdateOutcome } from './temporal.ts';
import { createFold } from './fold.ts';
import { checkLate, settleLate } from './late.ts';
import { startManualPayment } from './manual.ts';
import { attributesOf, toSummary } from './payment-start.ts';
import type { StartablePayment } from './payment-start.ts';
import { ask, isKnown, SIGNAL_DEADLINE_MS, START_DEADLINE_MS, startAndAsk, within } from './reach.ts';
import type { Reach } from './reach.ts';
import { startPush } from './pushes.ts';
import { startRefund, startResolution } from './refunds.ts';
import { pursueRequest } from './requests.ts';
import { isRunning, isStuck, listRunning } from './stuck.ts';

/**
 * Connects lazily, so an API process can start while Temporal is down. gRPC retries are off: an unreachable server is
 * known within milliseconds, and the caller decides.
 */
export function createTemporal(options: { address: string; namespace: string; logger: Logger }): Temporal {
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
  const fold = createFold();
  const askOf = <Answer>(
    payment: { workspaceId: string; id: string },
    question: UpdateDefinition<Answer>,
    timeoutMs: number,
  ) =>
    fold.put(`${question.name}/${idOf(payment)}`, (updateId) =>
      ask(reach, idOf(payment), question, { timeoutMs, updateId }),
    );
  return {
    startPayment: (payment) => startPayment(reach, payment),
    startManualPayment: (payment) => startManualPayment(reach, payment),
    deliverEvent: (event) => deliverEvent(reach, event),
    checkPayment: (payment, timeoutMs) =>
      checkPayment(reach, payment, { timeoutMs, own: askOf(payment, checkUpdate, timeoutMs) }),
    checkReturned: (payment, timeoutMs) =>
      checkPayment(
        reach,
        { ...payment, unlessSettled: true },
        {
          timeoutMs,
          own: askOf(payment, returnUpdate, timeoutMs),
        },
      ),
    renewPage: (payment, timeoutMs) => askOf(payment, renewPageUpdate, timeoutMs),
    cancelPayment: (payment, timeoutMs) => askOf(payment, cancelUpdate, timeoutMs),
    startRefund: (input, timeoutMs) => startRefund(reach, input, timeoutMs),
    startPush: (input) => startPush(reach, input),
    startResolution: (input, timeoutMs) => startResolution(reach, input, timeoutMs),
    pursueRequest: (ids) => pursueRequest(reach, ids),
    checkLate: (payment, timeoutMs) => checkLate(reach, payment, timeoutMs),
    settleLate: (event) => settleLate(reach, event),
    isStuck: (workflowId) => isStuck(reach, workflowId),
    listRunning: (page) => listRunning(reach, page),
    isStarted: (payment) => isKnown(reach, idOf(payment), SIGNAL_DEADLINE_MS),
    isRunning: (payment) => isRunning(reach, idOf(payment)),
    isReachable: (timeoutMs) => isReachable(reach, timeoutMs),
    close: () => connection.close(),
  };
}

async function startPayment(reach: Reach, payment: StartablePayment): Promise<StartOutcome> {
  const { workspaceId, id: paymentId } = payment;
  const start = {
    name: WORKFLOWS.collectPayment,
    workflowId: idOf(payment),
    args: [{ workspaceId, paymentId }] as [CollectPaymentInput],
    summary: toSummary(payment),
    attributes: attributesOf(payment, 'pending'),
    fairnessKey: workspaceId,
  };
  const outcome = await startAndAsk<typeof collectPayment, LinkAnswer>(
    reach,
    start,
    linkUpdate,
    START_DEADLINE_MS,
  );
  if (outcome.state === 'done') return { state: 'ready', answer: outcome.answer };
  return { state: outcome.state === 'unavailable' ? 'unavailable' : 'waiting' };
}

function idOf(payment: { workspaceId: string; id: string }): string {
  return paymentWorkflowId(payment.workspaceId, payment.id);
}

/** The error says "closed or never existed". Which of the two does not matter: our row decides. */
async function deliverEvent(reach: Reach, event: Parameters<Temporal['deliverEvent']>[0]): Promise<void> {
  const handle = reach.client.workflow.getHandle(paymentWorkflowId(event.workspaceId, event.paymentId));
  try {
    await within(reach, SIGNAL_DEADLINE_MS, () => handle.signal(providerEventSignal, event.id));
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    await settleLate(reach, event);
  }
}

/** Asks about a payment through its `own` workflow, or through a late one if that is gone. */
async function checkPayment(
  reach: Reach,
  payment: Parameters<Temporal['checkLate']>[0],
  { timeoutMs, own }: { timeoutMs: number; own: Promise<UpdateOutcome<CheckAnswer>> },
): Promise<UpdateOutcome<CheckAnswer>> {
  const outcome = await own;
  if (outcome.state !== 'gone') return outcome;
  return checkLate(reach, payment, timeoutMs);
}

async function isReachable(reach: Reach, timeoutMs: number): Promise<boolean> {
  try {
    await within(reach, timeoutMs, () => reach.connection.workflowService.getSystemInfo({}));
    return true;
  } catch {
    return false;
  }
}
