import { describe, expect, it } from '#jest';
import fc from 'fast-check';
import { PAYMENT_STATUSES, TRANSITIONS, isGivenUp, isOpen, isPaid, judgeTransition } from './payment.ts';
import type { PaymentStatus } from './payment.ts';

/** Every change of status that is allowed, written out a second time: a pair that is not here is a regression. */
const LEGAL = new Set<string>([
  ...[
    'creating → pending',
    'creating → completed',
    'creating → failed',
    'creating → expired',
    'creating → cancelled',
  ],
  ...['pending → completed', 'pending → failed', 'pending → expired', 'pending → cancelled'],
  ...['failed → completed', 'expired → completed', 'cancelled → completed'],
  ...['completed → partially_refunded', 'completed → refunded', 'completed → disputed'],
  ...['partially_refunded → refunded', 'partially_refunded → disputed', 'partially_refunded → completed'],
  ...['refunded → completed', 'refunded → partially_refunded'],
  ...['disputed → completed', 'disputed → partially_refunded', 'disputed → refunded'],
]);
const PAIRS = PAYMENT_STATUSES.flatMap((from) => PAYMENT_STATUSES.map((to) => [from, to] as const));

function reachableFrom(start: PaymentStatus): Set<PaymentStatus> {
  const seen = new Set([start]);
  for (const at of seen) TRANSITIONS[at].forEach((next) => seen.add(next));
  return seen;
}

describe('the transition table', () => {
  it.each(PAIRS.filter(([from, to]) => from !== to))(
    '%s → %s is judged as the product page says',
    (from, to) => {
      const verdict = judgeTransition(from, to);
      expect(verdict === 'allowed' || verdict === 'late').toBe(LEGAL.has(`${from} → ${to}`));
      if (!LEGAL.has(`${from} → ${to}`)) expect(verdict).toBe('regression');
    },
  );

  it.each([...PAYMENT_STATUSES])('%s again is a no-op', (status) => {
    expect(judgeTransition(status, status)).toBe('same');
  });

  it.each(['failed', 'expired', 'cancelled'] as const)(
    'money after %s is late, and nothing else leads out',
    (given) => {
      expect(TRANSITIONS[given]).toEqual(['completed']);
      expect(judgeTransition(given, 'completed')).toBe('late');
    },
  );

  it('reaches every status from creating', () => {
    expect([...reachableFrom('creating')].sort()).toEqual([...PAYMENT_STATUSES].sort());
  });

  it.each(PAYMENT_STATUSES.filter((status) => isPaid(status)))(
    'has no way from %s back to unpaid',
    (status) => {
      expect([...reachableFrom(status)].filter((reached) => !isPaid(reached))).toEqual([]);
    },
  );

  it('names every status once as a row, and only statuses, no status twice, never itself', () => {
    expect(Object.keys(TRANSITIONS).sort()).toEqual([...PAYMENT_STATUSES].sort());
    for (const status of PAYMENT_STATUSES) {
      const targets = TRANSITIONS[status];
      expect(targets.filter((to) => !PAYMENT_STATUSES.includes(to))).toEqual([]);
      expect(new Set(targets).size).toBe(targets.length);
      expect(targets).not.toContain(status);
    }
  });

  it('leaves no status without a way on, so that late facts can always be recorded', () => {
    expect(PAYMENT_STATUSES.filter((status) => TRANSITIONS[status].length === 0)).toEqual([]);
  });
});

describe('a payment that is told any story', () => {
  const stories = fc.array(fc.constantFrom(...PAYMENT_STATUSES), { maxLength: 40 });

  it('stays paid once it was paid, and open only before its first end', () => {
    fc.assert(
      fc.property(stories, (story) => {
        let at: PaymentStatus = 'creating';
        let wasPaid = false;
        let wasEnded = false;
        for (const wish of story) {
          const verdict = judgeTransition(at, wish);
          if (verdict === 'allowed' || verdict === 'late') at = wish;
          wasPaid ||= isPaid(at);
          wasEnded ||= !isOpen(at);
          expect(isPaid(at)).toBe(wasPaid);
          expect(isOpen(at)).toBe(!wasEnded);
        }
      }),
    );
  });
});

it.each([
  ['creating', 'open'],
  ['pending', 'open'],
  ['failed', 'given up'],
  ['expired', 'given up'],
  ['cancelled', 'given up'],
  ['completed', 'paid'],
  ['partially_refunded', 'paid'],
  ['refunded', 'paid'],
  ['disputed', 'paid'],
] as const)('%s is %s and nothing else', (status, kind) => {
  expect({ open: isOpen(status), given: isGivenUp(status), paid: isPaid(status) }).toEqual({
    open: kind === 'open',
    given: kind === 'given up',
    paid: kind === 'paid',
  });
});
