import type { Temporal as Client, UpdateOutcome } from '../../../src/temporal/temporal.ts';
import * as messages from '../../../src/workflows/messages.ts';
import { WORKFLOWS } from '../../../src/workflows/messages.ts';
import type { CheckAnswer, LinkAnswer, RefundAnswer } from '../../../src/workflows/messages.ts';
import type { Clock } from './clock.ts';
import type { Tasks } from './tasks.ts';
import type { Answer, Temporal } from './temporal.ts';

const START_MS = 5_000;

export interface Reach {
  /** Of the next calls of Temporal so many find nobody. */
  away: number;
  /** Of the next ones so many arrive, and their answer is lost. */
  answersLost: number;
}

type Mode = 'never' | 'after_failure';

/** The engine's face to API and sweepers, on the simulator's own server: what src/temporal does over gRPC. */
export function createSimulatedEngine(
  temporal: Temporal,
  clock: Clock,
  tasks: Tasks,
  reach: Reach,
): Client & { answerLate(): void } {
  let questions = 0;

  function isAway(): boolean {
    if (reach.away <= 0) return false;
    reach.away -= 1;
    return true;
  }

  /** Waits for an answer, for as long as the caller can. */
  function wait<T>(
    ask: (waiter: (answer: Answer) => void) => void,
    timeoutMs: number,
  ): Promise<UpdateOutcome<T>> {
    const task = tasks.current.getStore();
    if (reach.answersLost > 0) {
      reach.answersLost -= 1;
      ask(() => undefined);
      return Promise.resolve({ state: 'waiting' });
    }
    return new Promise((resolve) => {
      let isOver = false;
      const end = (outcome: UpdateOutcome<T>): void => {
        if (isOver) return;
        isOver = true;
        clearTimeout(timer);
        if (task !== undefined) task.waitsForTemporal -= 1;
        resolve(outcome);
      };
      const timer = setTimeout(() => end({ state: 'waiting' }), timeoutMs);
      if (task !== undefined) task.waitsForTemporal += 1;
      tasks.changed();
      ask((answer) => {
        if (answer.state === 'done') end({ state: 'done', answer: answer.value as T });
        else end({ state: answer.state === 'gone' ? 'gone' : 'unavailable' });
      });
    });
  }

  function startAndAsk<T>(
    type: string,
    workflowId: string,
    input: object,
    update: string,
    timeoutMs: number,
    mode: Mode = 'never',
  ): Promise<UpdateOutcome<T>> {
    if (isAway()) return Promise.resolve({ state: 'unavailable' });
    const known = temporal.latest(workflowId);
    const isAsked = known?.knows(update) === true;
    const execution =
      known !== undefined && (known.closedAt === null || isAsked)
        ? known
        : temporal.start(type, workflowId, input, mode);
    if (execution === null) return Promise.resolve({ state: 'gone' });
    return wait<T>((waiter) => execution.ask(update, update, waiter), timeoutMs);
  }

  function ask<T>(workflowId: string, update: string, timeoutMs: number): Promise<UpdateOutcome<T>> {
    if (isAway()) return Promise.resolve({ state: 'unavailable' });
    const execution = temporal.latest(workflowId);
    if (execution === undefined || execution.closedAt !== null) return Promise.resolve({ state: 'gone' });
    questions += 1;
    const id = `${update}-${questions}`;
    return wait<T>((waiter) => execution.ask(update, id, waiter), timeoutMs);
  }

  const payId = (payment: { workspaceId: string; id: string }): string =>
    messages.paymentWorkflowId(payment.workspaceId, payment.id);

  async function check(
    payment: Parameters<Client['checkPayment']>[0],
    update: string,
    timeoutMs: number,
  ): Promise<UpdateOutcome<CheckAnswer>> {
    const own = await ask<CheckAnswer>(payId(payment), update, timeoutMs);
    return own.state === 'gone' ? checkLate(payment, update === 'return', timeoutMs) : own;
  }
  function checkLate(
    payment: { readonly workspaceId: string; readonly id: string },
    unlessSettled: boolean,
    timeoutMs: number,
  ): Promise<UpdateOutcome<CheckAnswer>> {
    const { workspaceId, id: paymentId } = payment;
    const workflowId = messages.lateCheckWorkflowId(workspaceId, paymentId);
    const input = { workspaceId, paymentId, providerEventId: null, unlessSettled };
    const running = temporal.latest(workflowId);
    const execution =
      running !== undefined && running.closedAt === null
        ? running
        : temporal.start(WORKFLOWS.settleLateEvent, workflowId, input, 'always');
    if (execution === null) return Promise.resolve({ state: 'unavailable' });
    return wait<CheckAnswer>((waiter) => lateWaiters.push({ execution, waiter }), timeoutMs);
  }
  const lateWaiters: {
    execution: { closedAt: number | null; end: { kind: string; value: unknown } | null };
    waiter: (answer: Answer) => void;
  }[] = [];

  const engine: Client & { answerLate(): void } = {
    startPayment: async (payment) => {
      const { workspaceId, id: paymentId } = payment;
      const input = { workspaceId, paymentId };
      const id = payId(payment);
      const outcome = await startAndAsk<LinkAnswer>(WORKFLOWS.collectPayment, id, input, 'link', START_MS);
      if (outcome.state === 'done') return { state: 'ready', answer: outcome.answer };
      return { state: outcome.state === 'unavailable' ? 'unavailable' : 'waiting' };
    },
    startManualPayment: (payment) => {
      const { workspaceId, id: paymentId } = payment;
      const input = { workspaceId, paymentId };
      return startAndAsk(WORKFLOWS.recordManualPayment, payId(payment), input, 'record', START_MS);
    },
    deliverEvent: ({ workspaceId, paymentId, id }) => {
      if (isAway()) return Promise.reject(new Error('Temporal is away (simulated)'));
      const execution = temporal.latest(messages.paymentWorkflowId(workspaceId, paymentId));
      if (execution !== undefined && execution.closedAt === null) execution.signal('providerEvent', id);
      else
        temporal.start(
          WORKFLOWS.settleLateEvent,
          messages.lateEventWorkflowId(workspaceId, id),
          { workspaceId, paymentId, providerEventId: id },
          'always',
        );
      return Promise.resolve();
    },
    checkPayment: (payment, timeoutMs) => check(payment, 'check', timeoutMs),
    checkReturned: (payment, timeoutMs) => check(payment, 'return', timeoutMs),
    renewPage: (payment, timeoutMs) => ask(payId(payment), 'renewPage', timeoutMs),
    cancelPayment: (payment, timeoutMs) => ask(payId(payment), 'cancel', timeoutMs),
    startRefund: (input, timeoutMs) => {
      const id = messages.refundWorkflowId(input.workspaceId, input.refundId);
      return startAndAsk<RefundAnswer>(
        WORKFLOWS.refundPayment,
        id,
        input,
        'refund',
        timeoutMs,
        'after_failure',
      );
    },
    startPush: (input) => {
      if (isAway()) return Promise.reject(new Error('Temporal is away (simulated)'));
      temporal.start(
        WORKFLOWS.pushAgain,
        messages.pushWorkflowId(input.workspaceId, input.documentId),
        input,
        'always',
      );
      return Promise.resolve();
    },
    startResolution: (input, timeoutMs) => {
      const id = messages.resolutionWorkflowId(input.workspaceId, input.resolutionId);
      return startAndAsk<CheckAnswer>(
        WORKFLOWS.resolveReview,
        id,
        input,
        'resolve',
        timeoutMs,
        'after_failure',
      );
    },
    pursueDueInvoice: (ids) => {
      if (isAway()) return Promise.reject(new Error('Temporal is away (simulated)'));
      const workflowId = messages.dueInvoiceWorkflowId(ids.workspaceId, ids.paymentId);
      temporal.start(WORKFLOWS.issueDueInvoice, workflowId, ids, 'always');
      temporal.latest(workflowId)?.signal('dueInvoiceChanged', undefined);
      return Promise.resolve();
    },
    pursueRequest: (ids) => {
      if (isAway()) return Promise.reject(new Error('Temporal is away (simulated)'));
      const workflowId = messages.askPayerWorkflowId(ids.workspaceId, ids.paymentId);
      const running = temporal.latest(workflowId);
      if (running !== undefined && running.closedAt === null) running.signal('requestChanged', undefined);
      else temporal.start(WORKFLOWS.askPayer, workflowId, ids, 'always');
      return Promise.resolve();
    },
    checkLate: (payment, timeoutMs) => checkLate(payment, payment.unlessSettled === true, timeoutMs),
    settleLate: ({ workspaceId, paymentId, id }) => {
      const workflowId = messages.lateEventWorkflowId(workspaceId, id);
      temporal.start(
        WORKFLOWS.settleLateEvent,
        workflowId,
        { workspaceId, paymentId, providerEventId: id },
        'always',
      );
      return Promise.resolve();
    },
    isStuck: () => Promise.resolve(false),
    listRunning: () => Promise.resolve({ workflows: [], next: null } as never),
    listRunningAmong: () => Promise.resolve([]),
    isStarted: (payment) => Promise.resolve(temporal.latest(payId(payment)) !== undefined),
    isRunning: (payment) => Promise.resolve(temporal.latest(payId(payment))?.closedAt === null),
    isReachable: () => Promise.resolve(true),
    close: () => Promise.resolve(),
    /** Those who wait for the end of a run rather than for an answer of it. */
    answerLate() {
      for (const one of lateWaiters.filter(({ execution }) => execution.closedAt !== null)) {
        lateWaiters.splice(lateWaiters.indexOf(one), 1);
        const { end } = one.execution;
        one.waiter(end?.kind === 'completed' ? { state: 'done', value: end.value } : { state: 'failed' });
      }
    },
  };
  return engine;
}
