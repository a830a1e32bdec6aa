import { describe, expect, it } from '#jest';
import type { UpdateOutcome } from './temporal.ts';
import { createMergedUpdates } from './merge-updates.ts';

type Outcome = UpdateOutcome<string>;

/** A fake Temporal: each id is a question that waits for its answer. */
function createAsked() {
  const asked: { id: string; answer: (outcome: Outcome) => void }[] = [];
  let ids = 0;
  const merged = createMergedUpdates(() => `id-${(ids += 1)}`);
  return {
    ids: () => asked.map(({ id }) => id),
    answer: async (place: number, outcome: Outcome) => {
      asked[place]?.answer(outcome);
      await new Promise((resolve) => setImmediate(resolve));
    },
    put: (key = 'check/pay_1') =>
      merged.put<string>(key, (id) => new Promise((answer) => asked.push({ id, answer }))),
  };
}

const done = (answer: string): Outcome => ({ state: 'done', answer });

describe('questions to one payment', () => {
  it('that come while one is under way share the next, however many they are', async () => {
    const asked = createAsked();
    const first = asked.put();
    const others = Array.from({ length: 50 }, () => asked.put());
    expect(asked.ids()).toEqual(['id-1']);
    await asked.answer(0, done('unpaid'));
    expect(asked.ids()).toEqual(['id-1', 'id-2']);
    await asked.answer(1, done('paid'));

    expect(await first).toEqual(done('unpaid'));
    expect(new Set(await Promise.all(others))).toEqual(new Set([done('paid')]));
  });

  it('that come one after the other are put one after the other, never under the same id', async () => {
    const asked = createAsked();
    const first = asked.put();
    await asked.answer(0, done('refused'));
    const second = asked.put();
    await asked.answer(1, done('made'));

    expect([await first, await second]).toEqual([done('refused'), done('made')]);
    expect(asked.ids()).toEqual(['id-1', 'id-2']);
  });

  it('are not put while an earlier one is unanswered, and its late answer is not taken for theirs', async () => {
    const asked = createAsked();
    const first = asked.put();
    await asked.answer(0, { state: 'waiting' });
    expect(await first).toEqual({ state: 'waiting' });

    const second = asked.put();
    await asked.answer(1, { state: 'waiting' });
    expect(await second).toEqual({ state: 'waiting' });

    const third = asked.put();
    await asked.answer(2, done('of the first question'));
    await asked.answer(3, done('of the third'));
    expect(await third).toEqual(done('of the third'));
    expect(asked.ids()).toEqual(['id-1', 'id-1', 'id-1', 'id-2']);
  });

  it('of another kind or another payment wait for nobody', () => {
    const asked = createAsked();
    void asked.put('check/pay_1');
    void asked.put('cancel/pay_1');
    void asked.put('check/pay_2');

    expect(asked.ids()).toHaveLength(3);
  });
});
