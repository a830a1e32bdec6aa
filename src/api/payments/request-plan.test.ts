import { describe, expect, it } from '#jest';
import type { PaymentRequestSettings } from '../../db/workspaces.ts';
import { Problem } from '../../domain/problems.ts';
import { planRequest, requestWish } from './request-plan.ts';

const now = new Date('2026-03-01T12:00:00Z');
const EVENING = new Date('2026-03-01T16:00:00Z');
const customer = { email: 'dana@example.com' };
const HABIT: PaymentRequestSettings = { at: 'end_of_day', remindAfterDays: 7, overdueAfterHours: 24 };

const plan = (body: object, paymentRequest: PaymentRequestSettings | null = null) =>
  planRequest({ customer, ...body }, { workspace: { timeZone: 'Asia/Jerusalem', paymentRequest }, now });

const asked = (at: string, more: object = {}) => ({
  request: requestWish.parse({ channel: 'email', at, ...more }),
});

function refusalOf(body: object): string | undefined {
  try {
    plan(body);
    return undefined;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return error.fields[0]?.pointer;
  }
}

describe('when a payer is asked', () => {
  it('is as the payment says, with what it leaves out from the workspace', () => {
    expect(plan(asked('immediately'), HABIT)).toEqual({
      dueAt: now,
      remindAfterDays: 7,
      overdueAfterHours: 24,
    });
    expect(plan(asked('2026-03-02T10:00:00+02:00', { remindAfterDays: 2 }))).toEqual({
      dueAt: new Date('2026-03-02T08:00:00Z'),
      remindAfterDays: 2,
      overdueAfterHours: 48,
    });
  });

  it('is as the workspace does it where the payment says nothing', () => {
    expect(plan({}, HABIT)).toEqual({ dueAt: EVENING, remindAfterDays: 7, overdueAfterHours: 24 });
    expect(plan({})).toBeNull();
    expect(plan({}, { ...HABIT, at: 'manual' })).toBeNull();
  });

  it('is only when told, where the payment wants it so against the workspace’s habit', () => {
    expect(plan(asked('manual'), HABIT)?.dueAt).toBeNull();
  });

  it('is never by habit where there is no address, or the link ends before', () => {
    expect(plan({ customer: undefined }, HABIT)).toBeNull();
    expect(plan({ expiresAt: EVENING }, HABIT)).toBeNull();
  });
});

describe('a wish is refused', () => {
  it('without an address', () => {
    expect(refusalOf({ ...asked('immediately'), customer: undefined })).toBe('#/customer/email');
    expect(refusalOf({ ...asked('immediately'), customer: {} })).toBe('#/customer/email');
  });

  it('for an instant that is past, beyond a year, or after the link', () => {
    expect(refusalOf(asked('2026-03-01T12:00:00Z'))).toBe('#/request/at');
    expect(refusalOf(asked('2027-03-03T12:00:00Z'))).toBe('#/request/at');
    const expiresAt = new Date('2026-03-05T00:00:00Z');
    expect(refusalOf({ ...asked('2026-03-05T00:00:00Z'), expiresAt })).toBe('#/request/at');
    expect(refusalOf({ ...asked('end_of_month'), expiresAt })).toBe('#/request/at');
    expect(refusalOf({ ...asked('2026-03-04T23:59:00Z'), expiresAt })).toBeUndefined();
  });

  it.each([
    [{}, 'channel,at'],
    [{ channel: 'sms', at: 'immediately' }, 'channel'],
    [{ channel: 'email', at: 'noon' }, 'at'],
    [{ channel: 'email', at: '2026-03-05' }, 'at'],
    [{ channel: 'email', at: 'immediately', remindAfterDays: 0 }, 'remindAfterDays'],
    [{ channel: 'email', at: 'immediately', remindAfterDays: 1.5 }, 'remindAfterDays'],
  ])('by its form: %j', (wish, paths) => {
    const { error } = requestWish.safeParse(wish);
    expect(error?.issues.map(({ path }) => path.join('/')).join()).toBe(paths);
  });
});
