import { describe, expect, it } from '#jest';
import { createSignalPace } from './signal-pace.ts';

/** A clock that stands still until a second is over. */
function createTelling() {
  const signals: string[] = [];
  let waiting: (() => void)[] = [];
  const pace = createSignalPace((_ms, run) => void waiting.push(run));
  return {
    signals,
    tell: (paymentId: string, news: string) => pace.tell(paymentId, () => void signals.push(news)),
    secondPasses: () => {
      const due = waiting;
      waiting = [];
      for (const run of due) run();
    },
  };
}

describe('news of one payment', () => {
  it('is told at once; of all that follows within a second one is told at its end', () => {
    const { signals, tell, secondPasses } = createTelling();
    for (const news of ['a', 'b', 'c']) tell('pay_1', news);
    expect(signals).toEqual(['a']);
    secondPasses();
    expect(signals).toEqual(['a', 'b']);
    secondPasses();
    tell('pay_1', 'd');
    expect(signals).toEqual(['a', 'b', 'd']);
  });

  it('does not keep another payment waiting', () => {
    const { signals, tell } = createTelling();
    tell('pay_1', 'a');
    tell('pay_2', 'b');
    expect(signals).toEqual(['a', 'b']);
  });
});
