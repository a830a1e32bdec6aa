import { describe, expect, it } from '#jest';
import { PAYMENT_STATUSES } from './payment.ts';
import { MAX_REMINDERS, nextRequestStep, readinessOf } from './payment-request.ts';
import type { AskedPayment, PaymentRequest } from './payment-request.ts';

const HOUR = 3_600_000;
const NOW = new Date('2026-01-05T16:00:00Z');
const at = (hours: number): Date => new Date(NOW.getTime() + hours * HOUR);

const PAYMENT: AskedPayment = { status: 'pending', outcome: 'known', review: null, expiresAt: at(720) };
const PLANNED: PaymentRequest = {
  dueAt: at(0),
  remindAfterDays: null,
  overdueAfterHours: 48,
  askedAt: null,
  lastAskedAt: null,
  reminders: 0,
  overdueAt: null,
};
const ASKED: PaymentRequest = { ...PLANNED, askedAt: NOW, lastAskedAt: NOW };

const step = (request: Partial<PaymentRequest>, payment: Partial<AskedPayment> = {}, now = NOW) =>
  nextRequestStep({ ...PLANNED, ...request }, { ...PAYMENT, ...payment }, now, 'Asia/Jerusalem');

describe('a payer', () => {
  it('is asked when it is due, not before, and not at all unless somebody plans it', () => {
    expect(step({})).toEqual({ kind: 'ask' });
    expect(step({ dueAt: at(5) })).toEqual({ kind: 'wait', until: at(5) });
    expect(step({ dueAt: null })).toEqual({ kind: 'end' });
  });

  it('is never asked about a payment that is over', () => {
    for (const status of PAYMENT_STATUSES.filter((one) => one !== 'creating' && one !== 'pending')) {
      expect(step({}, { status })).toEqual({ kind: 'end' });
      expect(step({ ...ASKED, remindAfterDays: 1 }, { status }, at(100))).toEqual({ kind: 'end' });
    }
    expect(step({}, { expiresAt: NOW })).toEqual({ kind: 'end' });
    expect(step({ dueAt: at(800) })).toEqual({ kind: 'end' });
  });

  it('is left alone while his money may be there already', () => {
    expect(step({}, { review: 'amount_mismatch' })).toEqual({ kind: 'wait', until: at(6) });
    expect(step({}, { outcome: 'unknown' })).toEqual({ kind: 'wait', until: at(6) });
    expect(readinessOf({ ...PAYMENT, review: 'amount_mismatch' }, NOW)).toBe('held');
    expect(readinessOf({ ...PAYMENT, status: 'creating' }, NOW)).toBe('open');
  });

  it('is reminded after days, as often as is decent', () => {
    const wishes = { ...ASKED, remindAfterDays: 1, overdueAt: at(-1) };
    expect(step(wishes)).toEqual({ kind: 'wait', until: at(24) });
    expect(step(wishes, {}, at(24))).toEqual({ kind: 'remind' });
    const once = { ...wishes, lastAskedAt: at(24), reminders: 1 };
    expect(step(once, {}, at(24))).toEqual({ kind: 'wait', until: at(48) });
    expect(step({ ...once, reminders: MAX_REMINDERS }, {}, at(24))).toEqual({ kind: 'end' });
  });
});

describe('a payment that nobody pays', () => {
  it('is overdue once, hours after the first asking', () => {
    expect(step(ASKED)).toEqual({ kind: 'wait', until: at(48) });
    expect(step({ ...ASKED, lastAskedAt: at(40) }, {}, at(48))).toEqual({ kind: 'raise_overdue' });
    expect(step({ ...ASKED, overdueAt: at(48) }, {}, at(48))).toEqual({ kind: 'end' });
  });

  it('is overdue and its payer reminded where both are due', () => {
    const both = { ...ASKED, remindAfterDays: 2 };
    expect(step(both, {}, at(50))).toEqual({ kind: 'raise_overdue' });
    expect(step({ ...both, overdueAt: at(50) }, {}, at(50))).toEqual({ kind: 'remind' });
  });

  it('is not called overdue after its link has ended', () => {
    expect(step(ASKED, { expiresAt: at(47) })).toEqual({ kind: 'end' });
  });
});
