import { expect, it } from '#jest';
import { cleanAnswers } from './clean-answers.ts';

const ODD = {
  payerName: `Da\0na \ud83d${'x'.repeat(300)}`,
  at: new Date(0),
  amount: 7,
  means: [{ brand: 'Vi\0sa' }],
};
const CLEAN = {
  payerName: `Dana ${'x'.repeat(195)}`,
  at: new Date(0),
  amount: 7,
  means: [{ brand: 'Visa' }],
};

it('every answer of a vendor can be stored: promised, streamed or at once', async () => {
  const adapter = cleanAnswers({
    find: () => Promise.resolve({ transactions: [ODD] }),
    read: () => ODD,
    async *list() {
      yield await Promise.resolve(ODD);
    },
    nothing: () => Promise.resolve(null),
  });
  expect(await adapter.find()).toEqual({ transactions: [CLEAN] });
  expect(adapter.read()).toEqual(CLEAN);
  for await (const one of adapter.list()) expect(one).toEqual(CLEAN);
  expect(await adapter.nothing()).toBeNull();
});

it('a failure passes as it is', async () => {
  const failure = new Error('no answer');
  const { find } = cleanAnswers({ find: () => Promise.reject(failure) });
  await expect(find()).rejects.toBe(failure);
});
