/** Every statement, by noun: what main.ts injects into the API, which sees this folder by type only. */
export * as apiKeys from './api-keys.ts';
export * as auditLog from './audit-log.ts';
export * as documentCounters from './document-counters.ts';
export * as documentFiles from './document-files.ts';
export * as idempotencyKeys from './idempotency-keys.ts';
export * as invoicePushes from './invoice-pushes.ts';
export * as paymentLog from './payment-log.ts';
export * as payments from './payments.ts';
export * as providerAccounts from './provider-accounts.ts';
export * as providerEvents from './provider-events.ts';
export * as providerPages from './provider-pages.ts';
export * as taxDocuments from './tax-documents.ts';
export * as taxProfiles from './tax-profiles.ts';
export * as workspaces from './workspaces.ts';
export { isDatabaseDown, isUniqueViolation } from './pool.ts';
export { inWorkspace, transaction } from './transaction.ts';
