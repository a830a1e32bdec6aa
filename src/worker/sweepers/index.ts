import { forgetSecrets } from '../../db/idempotency-keys.ts';
import { withoutTransaction } from '../../db/transaction.ts';
import { sendDueMails } from '../mails/send-mails.ts';
import { askForNumbers } from '../tax-authority/ask-for-numbers.ts';
import { keepConnections } from '../tax-authority/keep-connections.ts';
import { acknowledgeCharges } from './acknowledge-charges.ts';
import { deliverInbox } from './deliver-inbox.ts';
import { askAfterRefusals } from './ask-after-refusals.ts';
import { convertDocuments } from './convert-documents.ts';
import { createEndAbandonedPayments } from './end-abandoned-payments.ts';
import { createFetchAllocationNumbers } from './fetch-allocation-numbers.ts';
import { createHelpStuckWorkflows } from './help-stuck-workflows.ts';
import { pursueDueInvoices } from './pursue-due-invoices.ts';
import { pursueOwedRequests } from './pursue-owed-requests.ts';
import { reportAuditHeads } from './report-audit-heads.ts';
import { orderAccountantMonths } from './order-accountant-months.ts';
import { queueExports } from './queue-exports.ts';
import { startPushes } from './start-pushes.ts';
import { startRefunds } from './start-refunds.ts';
import { startStuckPayments } from './start-stuck-payments.ts';
import { watchCeilings } from './watch-ceilings.ts';

/** Finds what was written and not acted on, again and again. */
export interface Sweeper {
  readonly name: string;
  /** From the end of one sweep to the next, milliseconds. */
  readonly pauseMs: number;
  readonly sweep: () => Promise<unknown>;
}

/** What all sweepers together need. */
export type SweeperParts = Parameters<typeof deliverInbox>[0] &
  Parameters<typeof sendDueMails>[0] &
  Parameters<typeof createHelpStuckWorkflows>[0] &
  Parameters<typeof acknowledgeCharges>[0] &
  Parameters<typeof createFetchAllocationNumbers>[0] &
  Parameters<typeof askForNumbers>[0] &
  Parameters<typeof queueExports>[0] &
  Parameters<typeof convertDocuments>[0];

const SECOND = 1_000;

/** Every sweeper of a worker. */
export function createSweepers(parts: SweeperParts): readonly Sweeper[] {
  return [
    { name: 'deliver-inbox', pauseMs: 5 * SECOND, sweep: () => deliverInbox(parts) },
    { name: 'fetch-allocation-numbers', pauseMs: 5 * SECOND, sweep: createFetchAllocationNumbers(parts) },
    { name: 'ask-tax-authority', pauseMs: 2 * SECOND, sweep: () => askForNumbers(parts) },
    { name: 'keep-tax-authority', pauseMs: 3_600 * SECOND, sweep: () => keepConnections(parts) },
    { name: 'acknowledge-charges', pauseMs: 2 * SECOND, sweep: () => acknowledgeCharges(parts) },
    { name: 'start-refunds', pauseMs: 2 * SECOND, sweep: () => startRefunds(parts) },
    { name: 'ask-after-refusals', pauseMs: 2 * SECOND, sweep: () => askAfterRefusals(parts) },
    { name: 'send-mails', pauseMs: 2 * SECOND, sweep: () => sendDueMails(parts) },
    { name: 'pursue-owed-requests', pauseMs: 5 * SECOND, sweep: () => pursueOwedRequests(parts) },
    { name: 'pursue-due-invoices', pauseMs: 15 * SECOND, sweep: () => pursueDueInvoices(parts) },
    { name: 'help-stuck-workflows', pauseMs: 10 * SECOND, sweep: createHelpStuckWorkflows(parts) },
    { name: 'end-abandoned-payments', pauseMs: 60 * SECOND, sweep: createEndAbandonedPayments(parts) },
    { name: 'start-pushes', pauseMs: 15 * SECOND, sweep: () => startPushes(parts) },
    { name: 'queue-exports', pauseMs: 15 * SECOND, sweep: () => queueExports(parts) },
    { name: 'order-accountant-months', pauseMs: 60 * SECOND, sweep: () => orderAccountantMonths(parts) },
    { name: 'start-stuck-payments', pauseMs: 15 * SECOND, sweep: () => startStuckPayments(parts) },
    {
      name: 'forget-secrets',
      pauseMs: 60 * SECOND,
      sweep: () => forgetSecrets(withoutTransaction(parts.pool)),
    },
    { name: 'report-audit-heads', pauseMs: 60 * SECOND, sweep: () => reportAuditHeads(parts) },
    { name: 'convert-documents', pauseMs: 15 * SECOND, sweep: () => convertDocuments(parts) },
    { name: 'watch-ceilings', pauseMs: 300 * SECOND, sweep: () => watchCeilings(parts) },
  ];
}
