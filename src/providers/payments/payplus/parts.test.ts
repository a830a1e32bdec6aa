import { describe, expect, it } from '#jest';
import { findParts } from './parts.ts';
import type { WireIpn, WireTransaction } from './wire.ts';

const row = (uid: string, amount: number, change: Partial<WireTransaction> = {}): WireTransaction => ({
  uid,
  pageUid: 'page-1',
  type: 'Charge',
  isCancelled: null,
  status: 'approved',
  statusCode: '000',
  amount,
  currency: 'ILS',
  date: '2026-01-05 10:11:12',
  creditTerms: 'regular',
  moreInfo: 'pay_0001',
  moreInfo1: null,
  method: 'credit-card',
  paymentCount: 1,
  firstPayment: null,
  restPayment: null,
  approval: null,
  lastFour: null,
  brandName: null,
  payerName: null,
  document: null,
  ...change,
});

const answer = (top: WireTransaction, ...related: WireTransaction[]): WireIpn => ({
  top,
  rows: [top, ...related],
  unreadable: [],
});

const partsOf = (...answers: WireIpn[]) =>
  [...findParts(answers)].map(([uid, parts]) => [uid, ...parts.map((part) => part.uid)]);

const PARENT = row('parent', 200);
const GIFT = row('gift', 140);
const CARD = row('card', 60);

describe('the parts of a charge', () => {
  it('are related rows below the total that come to it', () => {
    expect(partsOf(answer(PARENT, GIFT, CARD))).toEqual([['parent', 'gift', 'card']]);
  });

  it('are none where related rows do not come to the total', () => {
    expect(partsOf(answer(PARENT, GIFT))).toEqual([]);
  });

  it('are found beside a smaller second charge on the page, which an answer of its own is about', () => {
    const second = row('second', 199);
    expect(partsOf(answer(second, PARENT), answer(PARENT, GIFT, CARD, second))).toEqual([
      ['parent', 'gift', 'card'],
    ]);
  });
});
