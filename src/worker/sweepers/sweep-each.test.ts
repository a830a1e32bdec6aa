import { describe, expect, it } from '#jest';
import { SweepError, sweepEach } from './sweep-each.ts';

const ITEMS = ['a', 'broken', 'c', 'd'];
const idsOf = (id: string) => ({ id });

/** Handles items, of which one always fails. */
function createRun() {
  const handled: string[] = [];
  const run = (id: string): Promise<void> => {
    if (id === 'broken') return Promise.reject(new Error('always'));
    handled.push(id);
    return Promise.resolve();
  };
  return { handled, run };
}

/** What a sweep reports at its end. */
const failureOf = (sweep: Promise<void>): Promise<unknown> =>
  sweep.then(
    () => null,
    (error: unknown) => error,
  );

describe('an item of a sweep that always fails', () => {
  it.each([1, 3])(
    'delays no other, %i at once, and the sweep says at its end which it was',
    async (atOnce) => {
      const { handled, run } = createRun();
      const failure = await failureOf(sweepEach(ITEMS, { idsOf, run, atOnce }));
      expect(handled.toSorted()).toEqual(['a', 'c', 'd']);
      expect(failure).toBeInstanceOf(SweepError);
      expect(failure).toMatchObject({ failures: [{ ids: { id: 'broken' }, error: { message: 'always' } }] });
    },
  );

  it('delays no page of items that come later', async () => {
    async function* pages() {
      for (const id of ITEMS) yield await Promise.resolve(id);
    }
    const { handled, run } = createRun();
    expect(await failureOf(sweepEach(pages(), { idsOf, run }))).toBeInstanceOf(SweepError);
    expect(handled).toEqual(['a', 'c', 'd']);
  });

  it('ends the sweep where the others would fail too', async () => {
    const { handled, run } = createRun();
    const mayGoOn = () => Promise.resolve(false);
    expect(await failureOf(sweepEach(ITEMS, { idsOf, run, mayGoOn }))).toBeInstanceOf(SweepError);
    expect(handled).toEqual(['a']);
  });
});

it('a sweep without a failure reports none', async () => {
  await sweepEach(['a', 'b'], { idsOf, run: () => Promise.resolve() });
});
