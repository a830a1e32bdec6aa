import { describe, expect, it } from '#jest';
import type { PageRow } from '../../db/provider-pages.ts';
import { PAYMENT_STATUSES } from '../../domain/payment.ts';
import { payerViewOf, usablePage } from './payer-view.ts';

const now = new Date('2026-03-01T10:00:00Z');
const after = (ms: number) => new Date(now.getTime() + ms);
const plain = { outcome: 'known', review: null, expiresAt: after(60_000) } as const;

describe('how a payment stands for its payer', () => {
  it('follows its status', () => {
    const seen = PAYMENT_STATUSES.map((status) => payerViewOf({ ...plain, status }, now));
    expect(Object.fromEntries(PAYMENT_STATUSES.map((status, index) => [status, seen[index]]))).toEqual({
      creating: 'open',
      pending: 'open',
      completed: 'paid',
      partially_refunded: 'paid',
      refunded: 'refunded',
      failed: 'failed',
      expired: 'expired',
      cancelled: 'cancelled',
      disputed: 'paid',
    });
  });

  it('is in review where money may have come without completing it', () => {
    expect(payerViewOf({ ...plain, status: 'pending', review: 'amount_mismatch' }, now)).toBe('in_review');
    expect(payerViewOf({ ...plain, status: 'expired', review: 'late_success' }, now)).toBe('in_review');
    expect(payerViewOf({ ...plain, status: 'pending', outcome: 'unknown' }, now)).toBe('confirming');
    expect(payerViewOf({ ...plain, status: 'completed', review: 'duplicate_payment' }, now)).toBe('paid');
  });

  it('is expired the moment its time is over', () => {
    expect(payerViewOf({ ...plain, status: 'pending', expiresAt: now }, now)).toBe('expired');
    expect(payerViewOf({ ...plain, status: 'pending', expiresAt: null }, now)).toBe('open');
  });
});

describe('the page a payer is sent to', () => {
  const page = (state: PageRow['state'], lifeMs: number): PageRow => ({
    id: `page_${state}_${lifeMs}`,
    workspaceId: 'ws_1',
    paymentId: 'pay_1',
    accountId: 'acc_1',
    providerPageId: 'p',
    secretSealed: null,
    url: 'https://vendor.example/p',
    state,
    expiresAt: after(lifeMs),
    createdAt: now,
  });

  it('is live and lives long enough to be reached', () => {
    const live = page('live', 15_001);
    expect(usablePage([page('dead', 60_000), live], now)).toBe(live);
    expect(usablePage([page('live', 15_000)], now)).toBeNull();
    expect(usablePage([], now)).toBeNull();
  });
});
