import { describe, expect, it } from '#jest';
import { amountsOf } from './amounts.ts';

const status = 'issued' as const;
const original = {
  status,
  total: 35_000,
  refundId: null,
  reversesDocumentId: null,
  countsAs: 'both' as const,
};
const credit = {
  status,
  total: 10_000,
  refundId: 'ref_1',
  reversesDocumentId: null,
  countsAs: 'both' as const,
};

describe('the sums of a payment', () => {
  it('are zero but for what is asked, before anybody paid', () => {
    expect(amountsOf({ asked: 35_000, captured: 0, refunded: 0 }, [])).toEqual({
      ...{ asked: 35_000, captured: 0, refunded: 0, net: 0, held: 0 },
    });
  });

  it('hold nothing where the documents stand for all that is left', () => {
    const moved = { asked: 35_000, captured: 35_000, refunded: 10_000 };
    expect(amountsOf(moved, [original, credit])).toMatchObject({ net: 25_000, held: 0 });
  });

  it('hold money that came without a document', () => {
    expect(amountsOf({ asked: 35_000, captured: 30_000, refunded: 0 }, [])).toMatchObject({ held: 30_000 });
  });

  it('hold a second charge until it went back', () => {
    const twice = { asked: 35_000, captured: 70_000, refunded: 0 };
    expect(amountsOf(twice, [original]).held).toBe(35_000);
    expect(amountsOf({ ...twice, refunded: 35_000 }, [original]).held).toBe(0);
  });

  it('count a credit document that was taken back as never made', () => {
    const reversal = {
      status,
      total: 10_000,
      refundId: 'ref_1',
      reversesDocumentId: 'doc_2',
      countsAs: 'both' as const,
    };
    const moved = { asked: 35_000, captured: 35_000, refunded: 0 };
    expect(amountsOf(moved, [original, credit, reversal])).toMatchObject({ net: 35_000, held: 0 });
  });

  it('hold what came back to a document that was cancelled', () => {
    const moved = { asked: 35_000, captured: 35_000, refunded: 0 };
    expect(amountsOf(moved, [{ ...original, status: 'cancelled' }])).toMatchObject({ held: 35_000 });
  });

  it('hold nothing where more went back than was documented', () => {
    const moved = { asked: 35_000, captured: 35_000, refunded: 30_000 };
    expect(amountsOf(moved, [original]).held).toBe(0);
  });
});
