import type { Registry } from '../../providers/adapters.ts';
import { adminOperations } from '../admin/admin-operations.ts';
import { apiKeyOperations } from '../api-keys/api-key-operations.ts';
import { auditOperations } from '../audit/audit-operations.ts';
import { customerOperations } from '../customers/customer-operations.ts';
import { documentOperations } from '../documents/document-operations.ts';
import { eventOperations } from '../events/event-operations.ts';
import { exportOperations } from '../exports/export-operations.ts';
import { healthOperations } from '../health/health-operations.ts';
import type { Operations } from '../http/operation.ts';
import { payOperations } from '../pay/pay-operations.ts';
import { paymentOperations } from '../payments/payment-operations.ts';
import { accountOperations } from '../provider-accounts/account-operations.ts';
import { refundOperations } from '../refunds/refund-operations.ts';
import { reportOperations } from '../reports/report-operations.ts';
import { endpointOperations, secretOperations } from '../webhook-endpoints/endpoint-operations.ts';
import { webhookOperations } from '../webhooks/webhook-operations.ts';
import { callbackOperations, connectionOperations } from '../tax-authority/connection-operations.ts';
import { logoOperations, workspaceOperations } from '../workspaces/workspace-operations.ts';
import { docsOperations } from './docs-operations.ts';

/** One chapter of the description. */
export interface Noun {
  readonly name: string;
  readonly is: string;
  readonly operations: readonly Operations[];
}

const FOR_OPERATORS: readonly Noun[] = [
  {
    name: 'Administration',
    is: 'For those who run Tashlum, across all workspaces.',
    operations: [adminOperations],
  },
  {
    name: 'Outside',
    is: 'What payers and vendors call, and what watches the process. No key is needed.',
    operations: [payOperations, callbackOperations, webhookOperations, healthOperations, docsOperations],
  },
];

/** Every noun of the API, in reading order. A new one is a line here and its router in `app.ts`. */
export function nounsOf(registry: Registry): readonly Noun[] {
  return [
    {
      name: 'Payments',
      is: 'What you ask for once: an amount, a link, and all that follows.',
      operations: [paymentOperations],
    },
    { name: 'Refunds', is: 'Money given back, whole or in part.', operations: [refundOperations] },
    {
      name: 'Documents',
      is: 'Receipts, tax invoices and credit documents: numbered, frozen, printed.',
      operations: [documentOperations],
    },
    {
      name: 'Webhook endpoints',
      is: 'Where the events of a workspace are sent, signed and in order.',
      operations: [secretOperations, endpointOperations],
    },
    {
      name: 'Events',
      is: 'What happened, as it is sent to your webhook endpoints, and how that went.',
      operations: [eventOperations],
    },
    {
      name: 'Reports',
      is: 'Sums of documents for owners and accountants.',
      operations: [reportOperations],
    },
    {
      name: 'Exports',
      is: 'Files for owners and accountants, made in the background.',
      operations: [exportOperations],
    },
    {
      name: 'Workspaces',
      is: 'One business: its settings and its logo.',
      operations: [workspaceOperations, logoOperations],
    },
    {
      name: 'Provider accounts',
      is: 'The accounts of a workspace at a payment provider and at an invoice service.',
      operations: [accountOperations('payment', registry), accountOperations('invoice', registry)],
    },
    {
      name: 'Tax authority',
      is: 'The connection of a business for allocation numbers.',
      operations: [connectionOperations],
    },
    { name: 'API keys', is: 'Who may call, and what each key may do.', operations: [apiKeyOperations] },
    { name: 'Customers', is: 'People whose data must go.', operations: [customerOperations] },
    {
      name: 'Audit',
      is: 'Who did what, when and why: a chain that shows every change.',
      operations: [auditOperations],
    },
    ...FOR_OPERATORS,
  ];
}
