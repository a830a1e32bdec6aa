import type { TransactionRow } from '../../../db/provider-transactions.ts';
import type { RefundRow } from '../../../db/refunds.ts';

/** A charge, a transaction back and a refund, when they happen in this order. */
export const SENT = new Date('2026-01-02T10:00:00Z');
export const AFTER = new Date('2026-01-02T10:00:05Z');
export const BEFORE = new Date('2026-01-02T09:00:00Z');

/** A charge of 50.00 that succeeded. */
export const chargeRow = (change: Partial<TransactionRow> = {}): TransactionRow => ({
  id: 'txn_charge',
  workspaceId: 'ws_1',
  paymentId: 'pay_1',
  accountId: 'acc_1',
  providerTransactionId: 'ch_1',
  kind: 'charge',
  status: 'succeeded',
  amount: 5_000,
  currency: 'ILS',
  paidAt: SENT,
  paidAtRaw: '',
  means: [],
  payerName: null,
  refundOf: null,
  refundReference: null,
  secretSealed: null,
  refundableAmount: null,
  rawCode: '000',
  foreignDocument: null,
  createdAt: BEFORE,
  ...change,
});

/** 10.00 of it went back, first seen after the refund was sent. */
export const refundTransaction = (change: Partial<TransactionRow> = {}): TransactionRow =>
  chargeRow({
    id: 'txn_refund',
    providerTransactionId: 're_1',
    kind: 'refund',
    amount: 1_000,
    createdAt: AFTER,
    ...change,
  });

/** Our refund of 10.00, sent and not answered. */
export const refundRow = (change: Partial<RefundRow> = {}): RefundRow => ({
  id: 'ref_1',
  workspaceId: 'ws_1',
  paymentId: 'pay_1',
  chargeId: 'txn_charge',
  transactionId: null,
  amount: 1_000,
  currency: 'ILS',
  method: 'original',
  origin: 'api',
  isDocumented: true,
  status: 'pending',
  outcome: 'unknown',
  nextCheckAt: null,
  creditWaits: false,
  items: null,
  reason: '',
  failure: null,
  paidOn: null,
  createdAt: BEFORE,
  sentAt: SENT,
  answeredAt: null,
  providerRefundId: null,
  recognisedId: null,
  ...change,
});
