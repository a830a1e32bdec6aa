import type { ActivityContext } from '../../../src/activities/context.ts';
import { createFetchAllocationNumbers } from '../../../src/worker/sweepers/fetch-allocation-numbers.ts';
import { createBreakerStore } from '../../../src/history/breaker-store.ts';
import { createAdapters } from '../../../src/providers/adapters.ts';
import { createBreakers } from '../../../src/providers/breakers.ts';
import { startReconciling } from '../../../src/worker/reconciliation/reconcile.ts';
import { MailError } from '../../../src/worker/mails/send-mail.ts';
import type { MailServer } from '../../../src/worker/mails/send-mail.ts';
import { sendDueMails } from '../../../src/worker/mails/send-mails.ts';
import { acknowledgeCharges } from '../../../src/worker/sweepers/acknowledge-charges.ts';
import { deliverInbox } from '../../../src/worker/sweepers/deliver-inbox.ts';
import { createEndAbandonedPayments } from '../../../src/worker/sweepers/end-abandoned-payments.ts';
import { pursueDueInvoices } from '../../../src/worker/sweepers/pursue-due-invoices.ts';
import { pursueOwedRequests } from '../../../src/worker/sweepers/pursue-owed-requests.ts';
import { startRefunds } from '../../../src/worker/sweepers/start-refunds.ts';
import { startStuckPayments } from '../../../src/worker/sweepers/start-stuck-payments.ts';
import type { Clock } from './clock.ts';
import type { Network } from './network.ts';

/** What a process has in memory of vendors: breakers that it looked at, tokens, places in the queue. It dies with it. */
export function createVendorMemory(
  parts: Omit<ActivityContext, 'adapters'> & {
    readonly clock: Clock;
    readonly network: Network;
    readonly sandboxUrl: string;
  },
): ActivityContext {
  const { clock, network, sandboxUrl, ...context } = parts;
  const { pool, secrets, logger } = context;
  const breakers = createBreakers({ store: createBreakerStore(pool), logger, now: () => clock.now() });
  const adapters = createAdapters({
    breakers,
    http: network.http(),
    customerHttp: network.http({ guard: { allowLoopback: true } }),
    secrets,
    sandboxUrl,
  });
  return { ...context, adapters };
}

type SweeperParts = Parameters<typeof startReconciling>[0] &
  Parameters<typeof deliverInbox>[0] &
  Parameters<typeof sendDueMails>[0];

/** What a worker looks for again and again, by name. */
export function createSweepers(parts: SweeperParts): Readonly<Record<string, () => Promise<unknown>>> {
  void startReconciling(parts);
  const fetchAllocationNumbers = createFetchAllocationNumbers(parts);
  return {
    'deliver-inbox': () => deliverInbox(parts),
    'start-refunds': () => startRefunds(parts),
    'acknowledge-charges': () => acknowledgeCharges(parts),
    'start-stuck-payments': () => startStuckPayments(parts),
    'end-abandoned-payments': createEndAbandonedPayments(parts),
    'send-mails': () => sendDueMails(parts),
    'pursue-owed-requests': () => pursueOwedRequests(parts),
    'pursue-due-invoices': () => pursueDueInvoices(parts),
    'fetch-allocation-numbers': () => fetchAllocationNumbers(),
  };
}

/** A queue in memory: each key waits once, and the oldest job goes first. */
export function createQueue() {
  const jobs: { readonly name: string; readonly job: unknown; readonly key: string }[] = [];
  const workers = new Map<string, (job: never) => Promise<void>>();
  return {
    enqueue: (name: string, job: unknown, key: string): Promise<void> => {
      if (!jobs.some((one) => one.name === name && one.key === key)) jobs.push({ name, job, key });
      return Promise.resolve();
    },
    work: (name: string, run: (job: never) => Promise<void>): Promise<void> => {
      workers.set(name, run);
      return Promise.resolve();
    },
    repeat: (): Promise<void> => Promise.resolve(),
    hasJobs: (): boolean => jobs.length > 0,
    take(): { readonly name: string; readonly run: () => Promise<void> } | undefined {
      const taken = jobs.shift();
      if (taken === undefined) return undefined;
      return {
        name: taken.name,
        run: () => workers.get(taken.name)?.(taken.job as never) ?? Promise.resolve(),
      };
    },
  };
}

/** Takes every mail, but for the next ones that are to go wrong. */
export function createMailServer(armed: { readonly mails: ('refused' | 'lost' | 'down')[] }): MailServer {
  return {
    mostAttachedBytes: 0,
    send: () => {
      const trouble = armed.mails.shift();
      if (trouble === 'refused') return Promise.reject(new MailError('refused', { isFinal: true }));
      if (trouble === 'down') return Promise.reject(new MailError('down'));
      return trouble === 'lost'
        ? Promise.reject(new MailError('lost', { isAnswerLost: true }))
        : Promise.resolve();
    },
  };
}
