import { expect, it } from '#jest';
import { toTransactions } from './map.ts';
import { readRows } from './rows.ts';

const row = (change: object) => ({
  transaction_type: 'Charge',
  transaction: {
    transaction_uid: 'uid-1',
    status_code: '000',
    amount: 129.9,
    currency: 'ILS',
    date: '2026-01-05 10:11:12',
    ...change,
  },
});
const read = (change: object) => {
  const { rows, unreadable } = readRows([row(change)]);
  return { ...toTransactions(rows), notRead: unreadable };
};

it.each([true, 1, '1', 'true'])('a charge that is cancelled is told as given back, written as %j', (flag) => {
  const { transactions } = read({ transaction_is_cancelled: flag });
  expect(transactions.map(({ kind }) => kind)).toEqual(['charge', 'refund']);
});

it.each([false, 0, '0', 'false', null, undefined, ''])('one that is not stays, written as %j', (flag) => {
  expect(read({ transaction_is_cancelled: flag }).transactions.map(({ kind }) => kind)).toEqual(['charge']);
});

it('another word there is about money, so it is not guessed', () => {
  const { transactions, notRead } = read({ transaction_is_cancelled: 'partly' });
  expect(transactions).toEqual([]);
  expect(notRead).toEqual([
    { rowId: 'uid-1', problem: 'its transaction.transaction_is_cancelled cannot be read' },
  ]);
});

it('words that are new on what only informs are passed over', () => {
  const odd = { credit_terms: 'club', alternative_method_name: 'new-wallet', payments: 'x', more_info: {} };
  expect(read(odd).transactions).toMatchObject([
    { status: 'succeeded', amount: 12_990, means: [{ method: 'other', dealType: 'regular' }] },
  ]);
});
