import type { BookedDispute, BookedRefund, Books } from '../standing.ts';

export const ASKED = { amount: 8_000, currency: 'ILS' };
export const CHARGE = { id: 'txn_1', ...ASKED };

export const books = (change: Partial<Books> = {}): Books => ({
  status: 'pending',
  asked: ASKED,
  charges: [],
  original: null,
  credited: 0,
  creditWaits: 0,
  refunds: [],
  disputes: [],
  questions: [],
  failedPushes: 0,
  underWay: [],
  ...change,
});

export const paid = (change: Partial<Books> = {}): Books =>
  books({
    status: 'completed',
    charges: [CHARGE],
    original: { chargeId: CHARGE.id, total: CHARGE.amount },
    ...change,
  });

export const refund = (change: Partial<BookedRefund> = {}): BookedRefund => ({
  id: 'ref_1',
  chargeId: CHARGE.id,
  amount: 3_000,
  status: 'pending',
  isDocumented: true,
  origin: 'api',
  outcome: 'known',
  nextCheckAt: null,
  isSent: true,
  isAnswered: true,
  isOverdue: false,
  ...change,
});

export const dispute = (change: Partial<BookedDispute> = {}): BookedDispute => ({
  chargeId: CHARGE.id,
  status: 'open',
  resolution: null,
  ...change,
});
