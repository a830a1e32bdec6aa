import { describe, expect, it } from '#jest';
import type { ProviderTransaction } from '../payment-provider.ts';
import { linkRefunds } from './link-refunds.ts';
import type { Told } from './link-refunds.ts';

const transaction = (change: Partial<ProviderTransaction>): ProviderTransaction => ({
  transactionId: 'charge',
  kind: 'charge',
  status: 'succeeded',
  amount: 35_000,
  currency: 'ILS',
  paidAt: new Date('2026-01-05T08:11:12Z'),
  paidAtRaw: '2026-01-05 10:11:12',
  means: [],
  payerName: null,
  reference: 'pay_1',
  pageId: 'page',
  refundOf: null,
  refundReference: null,
  secret: null,
  refundable: null,
  rawCode: '000',
  foreignDocument: null,
  ...change,
});
const VOIDED: Told = { one: transaction({}), isVoid: true };
const refund = (amount: number, change: Partial<ProviderTransaction> = {}): Told => ({
  one: transaction({ kind: 'refund', transactionId: `refund-${amount}`, amount, ...change }),
  isVoid: false,
});
const CANCEL: Told = { one: transaction({ kind: 'refund', transactionId: 'cancel-row' }), isVoid: true };

/** The refunds, as ids and amounts. */
const back = (told: readonly Told[]) =>
  linkRefunds(told, true)
    .transactions.filter(({ kind, status }) => kind === 'refund' && status === 'succeeded')
    .map(({ transactionId, amount, refundOf }) => [transactionId, amount, refundOf]);

describe('a voided charge', () => {
  it('gives back all of it, told once', () => {
    expect(back([VOIDED])).toEqual([['charge-void', 35_000, 'charge']]);
    expect(back([VOIDED, CANCEL])).toEqual([['charge-void', 35_000, 'charge']]);
    expect(back([{ ...VOIDED, isVoid: false }, CANCEL])).toEqual([['charge-void', 35_000, 'charge']]);
  });

  it('of which a part went back before gives back the rest, whichever way PayPlus tells of it', () => {
    const parts = [refund(10_000), refund(1)];
    const told = parts.map(({ one }) => [one.transactionId, one.amount, 'charge']);
    expect(back([VOIDED, ...parts])).toEqual([...told, ['charge-void', 24_999, 'charge']]);
    expect(back([VOIDED, ...parts, CANCEL])).toEqual([...told, ['charge-void', 24_999, 'charge']]);
    const rest = { ...CANCEL, one: { ...CANCEL.one, amount: 24_999 } };
    expect(back([VOIDED, ...parts, rest])).toEqual([...told, ['charge-void', 24_999, 'charge']]);
  });

  it('of which all went back before gives back nothing more', () => {
    expect(back([VOIDED, refund(35_000)])).toEqual([['refund-35000', 35_000, 'charge']]);
    expect(back([VOIDED, refund(35_000), CANCEL])).toEqual([['refund-35000', 35_000, 'charge']]);
  });

  it('beside another one of the same sum is given back once each, also where each has a row of its own', () => {
    const second = { ...VOIDED, one: transaction({ transactionId: 'second' }) };
    const rows = ['cancel-1', 'cancel-2'].map((transactionId) => ({
      ...CANCEL,
      one: { ...CANCEL.one, transactionId },
    }));
    expect(back([VOIDED, second, ...rows])).toEqual([
      ['charge-void', 35_000, 'charge'],
      ['second-void', 35_000, 'second'],
    ]);
    expect(back([VOIDED, second, CANCEL])).toEqual([
      ['charge-void', 35_000, 'charge'],
      ['second-void', 35_000, 'second'],
    ]);
  });

  it('is not made less by a refund that was declined', () => {
    expect(back([VOIDED, refund(10_000, { status: 'declined' })])).toEqual([
      ['charge-void', 35_000, 'charge'],
    ]);
  });

  it('waits where its charge may be among the rows that cannot be read, and is not booked on another charge', () => {
    const other = { ...VOIDED, isVoid: false, one: transaction({ transactionId: 'other' }) };
    for (const told of [[CANCEL], [other, CANCEL]]) {
      const { transactions, waiting } = linkRefunds(told, false);
      expect(waiting).toEqual(['cancel-row']);
      expect(transactions.filter(({ kind }) => kind === 'refund')).toEqual([]);
    }
    expect(linkRefunds([CANCEL], true)).toEqual({ transactions: [], waiting: ['cancel-row'] });
  });

  it('that is readable and has the flag is linked, whatever else cannot be read', () => {
    const { transactions, waiting } = linkRefunds([VOIDED, CANCEL], false);
    expect(waiting).toEqual([]);
    expect(transactions.map(({ transactionId }) => transactionId)).toEqual(['charge', 'charge-void']);
  });

  it('keeps its id when another charge comes later, and when the flag comes', () => {
    const unflagged = { ...VOIDED, isVoid: false };
    const later = new Date('2026-01-05T09:00:00Z');
    const cancel = { ...CANCEL, one: { ...CANCEL.one, paidAt: later } };
    const second = {
      isVoid: false,
      one: transaction({ transactionId: 'second', paidAt: new Date('2026-01-05T10:00:00Z') }),
    };
    const once = [['charge-void', 35_000, 'charge']];
    expect(back([unflagged, cancel])).toEqual(once);
    expect(back([unflagged, cancel, second])).toEqual(once);
    expect(back([VOIDED, cancel, second])).toEqual(once);
  });

  it('that may be either of two charges waits until PayPlus flags one: it would be booked a second time', () => {
    const first = { ...VOIDED, isVoid: false };
    const second = { isVoid: false, one: transaction({ transactionId: 'second' }) };
    expect(linkRefunds([first, second, CANCEL], true)).toMatchObject({
      transactions: [{ transactionId: 'charge' }, { transactionId: 'second' }],
      waiting: ['cancel-row'],
    });
    expect(back([first, { ...second, isVoid: true }, CANCEL])).toEqual([['second-void', 35_000, 'second']]);
  });

  it('that is in the books under one charge is not booked under another that is shown later, and waits', () => {
    const first = { ...VOIDED, isVoid: false };
    const second = { isVoid: true, one: transaction({ transactionId: 'second' }) };
    const booked = new Set(['charge-void']);
    for (const told of [
      [first, second, CANCEL],
      [first, second],
    ])
      expect(linkRefunds(told, true, booked)).toMatchObject({
        transactions: [{ transactionId: 'charge' }, { transactionId: 'second' }],
        waiting: ['second'],
      });
    // Before the flag comes, it may be a void of either.
    expect(linkRefunds([first, { ...second, isVoid: false }, CANCEL], true, booked)).toMatchObject({
      waiting: ['cancel-row'],
    });
  });

  it('that is in the books is no reason to hold another void: both charges are voided', () => {
    const second = { isVoid: true, one: transaction({ transactionId: 'second' }) };
    const booked = new Set(['charge-void']);
    const both = ['charge', 'second', 'charge-void', 'second-void'];
    expect(linkRefunds([VOIDED, second], true, booked)).toMatchObject({
      transactions: both.map((transactionId) => ({ transactionId })),
      waiting: [],
    });
    // The second void has no flag, and its row fits one charge only: the other one's is booked and flagged.
    const rows = ['cancel-1', 'cancel-2'].map((transactionId) => ({
      ...CANCEL,
      one: { ...CANCEL.one, transactionId },
    }));
    const { transactions, waiting } = linkRefunds(
      [{ ...VOIDED, isVoid: false }, second, ...rows],
      true,
      booked,
    );
    expect([transactions.map(({ transactionId }) => transactionId).toSorted(), waiting]).toEqual([
      ['charge', 'charge-void', 'second', 'second-void'],
      [],
    ]);
  });

  it('takes no charge that was made after its row, flagged or not', () => {
    const unflagged = { ...VOIDED, isVoid: false };
    const at = (hour: number) => new Date(Date.UTC(2026, 0, 5, hour));
    const cancel = { ...CANCEL, one: { ...CANCEL.one, paidAt: at(9) } };
    const later = { isVoid: true, one: transaction({ transactionId: 'later', paidAt: at(10) }) };
    expect(back([unflagged, later, cancel])).toEqual([
      ['charge-void', 35_000, 'charge'],
      ['later-void', 35_000, 'later'],
    ]);
  });
});
