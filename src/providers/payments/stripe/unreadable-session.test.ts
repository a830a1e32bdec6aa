import { expect, it } from '#jest';
import { ProviderError } from '../../../domain/provider-error.ts';
import { findPayment } from './find.ts';
import { CHARGE, SESSION } from './wire.ts';

const OURS = 'pay_01kb2m7c0000000000000000aa';
const PAGES = ['cs_1', 'cs_2'].map((pageId) => ({ pageId, secret: null }));
const paid = CHARGE.parse({
  ...{ id: 'ch_1', livemode: false, amount: 10, currency: 'ils', created: 1 },
  ...{ status: 'succeeded', captured: true, payment_intent: 'pi_1' },
});
const readable = SESSION.parse({ id: 'cs_1', livemode: false, expires_at: 1, payment_intent: 'pi_1' });

/** Two pages; the second answers with this error. */
function find(error: ProviderError) {
  const none = async function* () {
    yield* await Promise.resolve([]);
  };
  return findPayment(
    {
      session: (id) => (id === 'cs_1' ? Promise.resolve(readable) : Promise.reject(error)),
      intents: () => Promise.resolve([]),
      charge: () => Promise.reject(error),
      refund: () => Promise.reject(error),
      charges: async function* () {
        yield* await Promise.resolve([paid]);
      },
      refunds: none,
      disputes: none,
    },
    { paymentId: OURS, pages: PAGES, transactions: [] },
  );
}

it('a page that came whole and cannot be read hides no money beside it', async () => {
  const { transactions, unreadable } = await find(new ProviderError('bad_answer', 'odd', { isWhole: true }));
  expect(transactions).toMatchObject([{ transactionId: 'ch_1', status: 'succeeded' }]);
  expect(unreadable).toMatchObject([{ rowId: 'cs_2' }]);
});

it.each(['no_answer', 'rejected', 'credentials_invalid'] as const)(
  'a page that fails by %s fails the search: money may be there',
  async (code) => {
    await expect(find(new ProviderError(code, 'no'))).rejects.toMatchObject({ code });
  },
);
