import { describe, expect, it } from '#jest';
import { refusalOf } from './cancel-route.ts';

const OPEN = { status: 'pending', outcome: 'known', review: null } as const;
const codeOf = (...asked: Parameters<typeof refusalOf>): string | null => refusalOf(...asked)?.code ?? null;

describe('a cancel', () => {
  it('that happened is no refusal', () => {
    expect(codeOf({ ...OPEN, status: 'cancelled' }, 'done')).toBeNull();
    expect(codeOf({ ...OPEN, status: 'cancelled' }, 'unavailable')).toBeNull();
  });

  it('that is still under way is none either', () => {
    expect(codeOf(OPEN, 'waiting')).toBeNull();
  });

  it('that found news of money at the last moment is told to wait for it, because nothing cancels by itself any more', () => {
    expect(refusalOf(OPEN, 'done')).toMatchObject({ code: 'outcome_unknown', retryAfterSeconds: 30 });
  });

  it.each(['done', 'waiting', 'gone', 'unavailable'] as const)(
    'that was %s tells what is true now',
    (state) => {
      expect(codeOf({ ...OPEN, review: 'reconciliation' }, state)).toBe('not_open');
      expect(codeOf({ ...OPEN, outcome: 'unknown' }, state)).toBe('outcome_unknown');
      expect(codeOf({ ...OPEN, status: 'expired' }, state)).toBe('not_open');
      expect(codeOf({ ...OPEN, status: 'completed' }, state)).toBe('already_paid');
    },
  );

  it('that nobody heard may be tried again', () => {
    expect(codeOf(OPEN, 'gone')).toBe('unavailable');
    expect(codeOf(OPEN, 'unavailable')).toBe('unavailable');
  });
});
