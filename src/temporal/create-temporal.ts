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
import { pursueDueInvoice } from './due-invoices.ts';
import { createMergedUpdates } from './merge-updates.ts';
import { checkLate, settleLate } from './late-workflows.ts';
import { startManualPayment } from './manual.ts';
import { attributesOf, toSummary } from './payment-start.ts';
import type { StartablePayment } from './payment-start.ts';
import { ask, isKnown, SIGNAL_DEADLINE_MS, START_DEADLINE_MS, startAndAsk, within } from './calls.ts';
import type { TemporalCalls } from './calls.ts';
import { startPush } from './pushes.ts';
import { startRefund, startResolution } from './refunds.ts';
import { pursueRequest } from './requests.ts';
import { listRunningAmong, isRunning, isStuck, listRunning } from './workflow-state.ts';

/**
 * Connects lazily, so an API process can start while Temporal is down. So gRPC retries are off: an unreachable server
 * is known within milliseconds, and the caller decides.
 */
export function createTemporal(options: { address: string; namespace: string; logger: Logger }): Temporal {
  const connection = Connection.lazy({
    address: options.address,
    interceptors: [],
    channelArgs: { 'grpc.initial_reconnect_backoff_ms': 250, 'grpc.max_reconnect_backoff_ms': 1_000 },
  });
  const calls = {
    client: new Client({ connection, namespace: options.namespace }),
    connection,
    logger: options.logger,
  };
  const merged = createMergedUpdates();
  const askOf = <Answer>(
    payment: { workspaceId: string; id: string },
    question: UpdateDefinition<Answer>,
    timeoutMs: number,
  ) =>
    merged.put(`${question.name}/${idOf(payment)}`, (updateId) =>
      ask(calls, idOf(payment), question, { timeoutMs, updateId }),
    );
  return {
    startPayment: (payment) => startPayment(calls, payment),
    startManualPayment: (payment) => startManualPayment(calls, payment),
    deliverEvent: (event) => deliverEvent(calls, event),
    checkPayment: (payment, timeoutMs) =>
      checkPayment(calls, payment, { timeoutMs, own: askOf(payment, checkUpdate, timeoutMs) }),
    checkReturned: (payment, timeoutMs) =>
      checkPayment(
        calls,
        { ...payment, unlessSettled: true },
        {
          timeoutMs,
          own: askOf(payment, returnUpdate, timeoutMs),
        },
      ),
    renewPage: (payment, timeoutMs) => askOf(payment, renewPageUpdate, timeoutMs),
    cancelPayment: (payment, timeoutMs) => askOf(payment, cancelUpdate, timeoutMs),
    startRefund: (input, timeoutMs) => startRefund(calls, input, timeoutMs),
    startPush: (input) => startPush(calls, input),
    startResolution: (input, timeoutMs) => startResolution(calls, input, timeoutMs),
    pursueDueInvoice: (ids) => pursueDueInvoice(calls, ids),
    pursueRequest: (ids) => pursueRequest(calls, ids),
    checkLate: (payment, timeoutMs) => checkLate(calls, payment, timeoutMs),
    settleLate: (event) => settleLate(calls, event),
    isStuck: (workflowId) => isStuck(calls, workflowId),
    listRunning: (page) => listRunning(calls, page),
    listRunningAmong: (runIds) => listRunningAmong(calls, runIds),
    isStarted: (payment) => isKnown(calls, idOf(payment), SIGNAL_DEADLINE_MS),
    isRunning: (payment) => isRunning(calls, idOf(payment)),
    isReachable: (timeoutMs) => isReachable(calls, timeoutMs),
    close: () => connection.close(),
  };
}

async function startPayment(calls: TemporalCalls, payment: StartablePayment): Promise<StartOutcome> {
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
    calls,
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
async function deliverEvent(
  calls: TemporalCalls,
  event: Parameters<Temporal['deliverEvent']>[0],
): Promise<void> {
  const handle = calls.client.workflow.getHandle(paymentWorkflowId(event.workspaceId, event.paymentId));
  try {
    await within(calls, SIGNAL_DEADLINE_MS, () => handle.signal(providerEventSignal, event.id));
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    await settleLate(calls, event);
  }
}

/** Asks about a payment through its `own` workflow, or through a late one if that is gone. */
async function checkPayment(
  calls: TemporalCalls,
  payment: Parameters<Temporal['checkLate']>[0],
  { timeoutMs, own }: { timeoutMs: number; own: Promise<UpdateOutcome<CheckAnswer>> },
): Promise<UpdateOutcome<CheckAnswer>> {
  const outcome = await own;
  if (outcome.state !== 'gone') return outcome;
  return checkLate(calls, payment, timeoutMs);
}

async function isReachable(calls: TemporalCalls, timeoutMs: number): Promise<boolean> {
  try {
    await within(calls, timeoutMs, () => calls.connection.workflowService.getSystemInfo({}));
    return true;
  } catch {
    return false;
  }
}
