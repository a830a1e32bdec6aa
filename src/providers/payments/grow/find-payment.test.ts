import { describe, expect, it } from '#jest';
import { growWith, no, NOON, ok, OURS, PAGE, process, ROW } from './testing/test-grow.ts';

const CHARGE = { transactionId: '800000001', secret: 'tt-1' };
const found = (...rows: object[]) => growWith({ getPaymentProcessInfo: process(...rows) });
const kinds = (told: readonly { kind: string; transactionId: string; refundOf: string | null }[]) =>
  told.map(({ kind, transactionId, refundOf }) => [kind, transactionId, refundOf]);

describe('looking for money', () => {
  it('reads a paid row with its token, its page and our id', async () => {
    expect(await found(ROW).find()).toMatchObject([
      {
        kind: 'charge',
        status: 'succeeded',
        amount: 12_990,
        secret: 'tt-1',
        reference: OURS,
        pageId: '900001',
        means: [{ method: 'card', brand: 'Visa', last4: '4580', dealType: 'regular' }],
      },
    ]);
  });

  it.each([
    ['5/1/26', NOON.toISOString()],
    ['05/1/2026', NOON.toISOString()],
    ['31/12/25', '2025-12-31T21:59:59.000Z'],
    ['1/7/25', '2025-07-01T20:59:59.000Z'],
  ])('takes the day %s for now or its own end, whichever is earlier', async (paymentDate, instant) => {
    const [paid] = await found({ ...ROW, paymentDate }).find();
    expect([paid?.paidAt.toISOString(), paid?.paidAtRaw]).toEqual([instant, paymentDate]);
  });

  it.each([
    ['statusCode', '77'],
    ['sum', '129.905'],
    ['sum', ''],
    ['paymentDate', '31/2/26'],
    ['paymentDate', '2026-01-05'],
  ])('guesses nothing where %s is %j, and reads the row beside it', async (field, value) => {
    const odd = { ...ROW, transactionId: '800000009', [field]: value };
    const { transactions, unreadable } = await found(odd, ROW).findAll();
    expect(transactions.map(({ transactionId }) => transactionId)).toEqual(['800000001']);
    expect(unreadable).toEqual([{ rowId: '800000009', problem: `its ${field} cannot be read` }]);
  });

  it('passes over what is no row, and takes nothing beside it for a charge that may be a refund', async () => {
    const { transactions, unreadable } = await found(
      { transactionId: 7 },
      { ...ROW, statusCode: '6' },
    ).findAll();
    expect(transactions).toMatchObject([{ kind: 'refund', refundOf: null }]);
    expect(unreadable).toEqual([{ rowId: '7', problem: 'its statusCode cannot be read' }]);
  });

  it('finds nothing in a placeholder row or where Grow knows no such process', async () => {
    expect(await found({ transactionId: '0', statusCode: 0 }).find()).toEqual([]);
    expect(await growWith({}).find()).toEqual([]);
    expect(await growWith({ getPaymentProcessInfo: no(709) }).find()).toEqual([]);
  });

  it('tells a page as dead that is past its time, and no other', async () => {
    const expired = await growWith({ getPaymentProcessInfo: no(709) }).findAll();
    expect(expired.deadPageIds).toHaveLength(1);
    const unknown = await growWith({ getPaymentProcessInfo: no(716) }).findAll();
    expect(unknown.deadPageIds).toEqual([]);
  });

  it('fails on wrong keys instead of finding nothing', async () => {
    const wrong = growWith({ getPaymentProcessInfo: no(701) }).find();
    await expect(wrong).rejects.toMatchObject({ code: 'credentials_invalid' });
  });

  it('leaves out what carries another payment’s id', async () => {
    const customField = { cField1: 'pay_01kb2m7c0000000000000000bb' };
    const other = ok({ processId: '900001', customField, transactions: [ROW] });
    expect(await growWith({ getPaymentProcessInfo: other }).find()).toEqual([]);
  });

  it('asks a transaction itself for the instalments and the brand that its row leaves out', async () => {
    const { cardBrandCode: _, ...row } = { ...ROW, paymentType: '4', allPaymentsNum: 3, sum: 100 };
    const parts = { firstPaymentSum: '33.34', periodicalPaymentSum: '33.33', cardBrand: 'Visa' };
    const grow = growWith({
      getPaymentProcessInfo: process(row),
      getTransactionInfo: ok({ ...row, ...parts, processId: '900001' }),
    });
    const means = [
      { brand: 'Visa', dealType: 'instalments', installments: 3, firstAmount: 3_334, restAmount: 3_333 },
    ];
    expect(await grow.find()).toMatchObject([{ means, reference: OURS }]);
    expect(grow.asked.map(({ method }) => method)).toEqual(['getPaymentProcessInfo', 'getTransactionInfo']);
  });

  it('asks for a known transaction that no page tells, by its own id and token', async () => {
    const info = ok({ ...ROW, processId: '900002', customField: [] });
    const { find, asked } = growWith({ getPaymentProcessInfo: process(), getTransactionInfo: info });
    expect(await find([CHARGE])).toMatchObject([{ transactionId: '800000001', pageId: '900002' }]);
    expect(asked[1]?.fields).toMatchObject({ transactionId: '800000001', transactionToken: 'tt-1' });
  });
});

describe('money given back', () => {
  const REFUND = { ...ROW, transactionId: '800000002', statusCode: 6, sum: '50' };

  it('is read by the charge that it names, or by the only one of its page', async () => {
    const named = { ...REFUND, refundedTransactionId: 800000001 };
    for (const refund of [named, REFUND]) {
      const told = await found(ROW, refund).find();
      expect(told[1]).toMatchObject({ kind: 'refund', amount: 5_000, refundOf: '800000001' });
    }
  });

  it('before transmission is the charge and a refund of all of it, under the same name every time', async () => {
    const grow = found({ ...ROW, statusCode: '4' });
    const told = [
      ['charge', '800000001', null],
      ['refund', '800000001-void', '800000001'],
    ];
    expect(kinds(await grow.find())).toEqual(told);
    expect(kinds(await grow.find([CHARGE, { transactionId: '800000001-void', secret: null }]))).toEqual(told);
  });

  it('before transmission, beside a record of it, is told once: a charge is never refunded twice', async () => {
    const record = { ...REFUND, refundedTransactionId: 800000001 };
    const whole = await found({ ...ROW, statusCode: '4' }, { ...record, sum: ROW.sum }).find();
    expect(kinds(whole).map(([, id]) => id)).toEqual(['800000001', '800000002']);
    const rest = await found({ ...ROW, statusCode: '4' }, record).find();
    expect(rest[2]).toMatchObject({ transactionId: '800000001-void', amount: 7_990, refundOf: '800000001' });
  });

  it('that only changed the code of its charge is told, unless it is on record', async () => {
    const grow = found({ ...ROW, statusCode: 3 });
    expect(kinds(await grow.find([CHARGE])).map(([kind]) => kind)).toEqual(['charge', 'refund']);
    const onRecord = { transactionId: '800000002', secret: null };
    expect(kinds(await grow.find([CHARGE, onRecord])).map(([kind]) => kind)).toEqual(['charge']);
  });

  it('is kept to its own page: a second payment’s charge is not what it reverses', async () => {
    const answers = [
      process({ ...ROW, statusCode: 3 }),
      ok({ processId: '900002', customField: [], transactions: [{ ...ROW, transactionId: '800000009' }] }),
    ];
    const grow = growWith({
      get getPaymentProcessInfo() {
        return answers.shift();
      },
    });
    const told = await grow.find([], [PAGE, { pageId: '900002', secret: 'token-2' }]);
    expect(kinds(told)).toEqual([
      ['charge', '800000001', null],
      ['charge', '800000009', null],
      ['refund', '800000001-void', '800000001'],
    ]);
  });
});
