import { describe, expect, it } from '#jest';
import { dayInZone } from '../../domain/calendar.ts';
import { Problem } from '../../domain/problems.ts';
import type { DealerType, TaxProfile, Workspace } from '../../domain/workspace.ts';
import { checkManualPayment } from './manual-rules.ts';
import type { ManualCharge, ManualSurroundings } from './manual-rules.ts';
import { manualPaymentBody } from './manual-schema.ts';

const workspace: Workspace = {
  id: 'ws_1',
  name: 'Clinic',
  legalName: { he: 'מרפאה', en: 'Clinic' },
  taxId: '123456782',
  address: { street: 'a', houseNumber: '1', city: 'b', zip: '1', country: 'IL' },
  timeZone: 'Asia/Jerusalem',
  currency: 'ILS',
  locale: 'he',
  mode: 'test',
  documentIssuer: null,
  receipt: { email: false, print: 'at_issue', onPayPage: false },
  providerDescription: null,
  booksClosedThrough: null,
};
/** Two in the morning of 2 March in Jerusalem: still 1 March in UTC and in New York. */
const now = new Date('2026-03-01T23:59:30Z');
const TODAY = '2026-03-02';
const CHECK = { bank: '12', branch: '600', account: '123456', number: '5000123', dueDate: TODAY };

const dealer = (dealerType: DealerType, vatRegistered: boolean, validFrom = '2000-01-01'): TaxProfile[] => [
  { dealerType, vatRegistered, validFrom },
];

interface Circumstances extends Partial<Omit<ManualSurroundings, 'workspace'>> {
  readonly workspace?: Partial<Workspace>;
}

function judge(change: object, circumstances: Circumstances = {}): ManualCharge {
  const { workspace: of, ...more } = circumstances;
  const known = { amount: 10_000, description: 'visit', reference: 'r', method: 'cash', paidOn: TODAY };
  const late = { lateReason: 'found in the old diary' };
  return checkManualPayment(manualPaymentBody.parse({ ...known, ...late, ...change }), {
    workspace: { ...workspace, ...of },
    profiles: dealer('osek_murshe', true),
    issuer: 'engine',
    isPushed: false,
    now,
    ...more,
  });
}

/** Code and pointer of the refusal, or null if there is none. */
function refusalOf(change: object, circumstances: Circumstances = {}): string | null {
  try {
    judge(change, circumstances);
    return null;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return `${error.code} ${error.fields[0]?.pointer ?? ''}`;
  }
}

describe('the day of a payment that the business took itself', () => {
  const newYork = { workspace: { timeZone: 'America/New_York' } };

  it('may be today or earlier where the business is, and never later', () => {
    expect(refusalOf({ paidOn: TODAY })).toBeNull();
    expect(refusalOf({ paidOn: '2026-03-03' })).toBe('validation_failed #/paidOn');
    expect(refusalOf({ paidOn: TODAY }, newYork)).toBe('validation_failed #/paidOn');
    expect(refusalOf({ paidOn: '2026-03-01' }, newYork)).toBeNull();
    expect(refusalOf({ paidOn: '2025-03-03' })).toBeNull();
  });

  it('may lie in books that are closed: the money came, and its document bears the present day', () => {
    expect(
      refusalOf({ paidOn: '2026-01-31' }, { workspace: { booksClosedThrough: '2026-01-31' } }),
    ).toBeNull();
  });

  it('a year ago or earlier needs a reason', () => {
    const silent = { lateReason: undefined };
    expect(refusalOf({ paidOn: '2025-03-03', ...silent })).toBeNull();
    expect(refusalOf({ paidOn: '2025-03-02', ...silent })).toBe('validation_failed #/lateReason');
    expect(refusalOf({ paidOn: '2019-05-05' })).toBeNull();
  });

  it('may not be one that no document can be made for', () => {
    expect(refusalOf({ paidOn: '2015-09-30' })).toBe('validation_failed #/paidOn');
    expect(refusalOf({ paidOn: '2015-10-01' })).toBeNull();
    const patur = { profiles: dealer('osek_patur', false, '2010-05-01') };
    expect(refusalOf({ paidOn: '2010-05-01' }, patur)).toBeNull();
    expect(refusalOf({ paidOn: '2010-04-30' }, patur)).toBe('validation_failed #/paidOn');
  });

  it.each([
    'Asia/Jerusalem',
    'America/New_York',
    'Pacific/Auckland',
    'Pacific/Pago_Pago',
    'Pacific/Kiritimati',
  ])('is the day of its instant in %s, also where the clocks change', (timeZone) => {
    for (const paidOn of ['2025-03-28', '2025-10-26', '2025-03-09', '2025-04-06', '2026-01-01', '2025-12-31'])
      expect(dayInZone(judge({ paidOn }, { workspace: { timeZone } }).paidAt, timeZone)).toBe(paidOn);
  });

  it('is this very moment where it is today, so that it never lies ahead', () => {
    expect(judge({ paidOn: TODAY }).paidAt).toEqual(now);
    expect(judge({ paidOn: '2026-03-01' }).paidAt).toEqual(new Date('2026-03-01T10:00:00Z'));
  });
});

describe('what was paid', () => {
  it('is the amount, with VAT on top where it is before VAT, at the rate of the day of payment', () => {
    expect(judge({}).chargeAmount).toBe(10_000);
    expect(judge({ vatIncluded: false }).chargeAmount).toBe(11_800);
    expect(judge({ vatIncluded: false, paidOn: '2024-12-31' }).chargeAmount).toBe(11_700);
    expect(judge({ vatIncluded: false }, { profiles: dealer('osek_patur', false) }).chargeAmount).toBe(
      10_000,
    );
  });

  it('bears VAT by what the dealer was on that day', () => {
    const profiles = [...dealer('osek_patur', false), ...dealer('osek_murshe', true, '2026-01-01')];
    expect(judge({ vatIncluded: false, paidOn: '2025-12-31' }, { profiles }).chargeAmount).toBe(10_000);
    expect(judge({ vatIncluded: false, paidOn: '2026-01-01' }, { profiles }).chargeAmount).toBe(11_800);
  });

  it('is held to the rules of every payment', () => {
    expect(refusalOf({ items: [{ description: 'a', quantity: 1, unitPrice: 9_999 }] })).toBe(
      'validation_failed #/items',
    );
    expect(refusalOf({ vatTreatment: 'exempt' })).toBe('validation_failed #/vatReason');
    expect(refusalOf({ customer: { taxIdKind: 'company' } })).toBe('validation_failed #/customer/taxId');
    expect(refusalOf({}, { workspace: { currency: 'USD' } })).toBe('validation_failed #/currency');
  });
});

describe('several ways at once', () => {
  const part = (method: string, amount: number, more: object = {}) => ({ method, amount, ...more });
  const paid = (...means: object[]) => ({ method: undefined, means });
  const of = (change: object) => {
    const { method, means } = judge(change);
    return [method, means?.map((one) => [one.method, one.amount, one.check?.number ?? null])];
  };

  it('add up to what was paid, with VAT; the first that is money is the method', () => {
    const cheques = ['1', '2'].map((number) => part('check', 4_000, { check: { ...CHECK, number } }));
    expect(of(paid(part('withheld', 1_000), ...cheques, part('cash', 1_000)))).toEqual([
      'check',
      [
        ['withheld', 1_000, null],
        ['check', 4_000, '1'],
        ['check', 4_000, '2'],
        ['cash', 1_000, null],
      ],
    ]);
    expect(refusalOf(paid(part('cash', 9_999)))).toBe('validation_failed #/means');
    const onTop = { ...paid(part('cash', 11_000), part('withheld', 800)), vatIncluded: false };
    expect(judge(onTop).chargeAmount).toBe(11_800);
  });

  it('are said once: by method, or by parts', () => {
    expect(refusalOf({ means: [part('cash', 10_000)] })).toBe('validation_failed #/method');
    expect(refusalOf({ method: undefined })).toBe('validation_failed #/method');
    expect(refusalOf({ ...paid(part('cash', 10_000)), check: CHECK })).toBe('validation_failed #/check');
  });

  it('hold money, and tax that was withheld once at most', () => {
    expect(refusalOf(paid(part('withheld', 10_000)))).toBe('validation_failed #/means');
    const twice = [part('withheld', 1), part('withheld', 1), part('cash', 9_998)];
    expect(refusalOf(paid(...twice))).toBe('validation_failed #/means');
  });

  it('name each cheque, and only cheques', () => {
    expect(refusalOf(paid(part('cash', 1), part('check', 9_999)))).toBe('validation_failed #/means/1/check');
    expect(refusalOf(paid(part('cash', 10_000, { check: CHECK })))).toBe('validation_failed #/means/0/check');
    const later = { ...CHECK, dueDate: '2026-03-03' };
    expect(refusalOf(paid(part('cash', 1), part('check', 9_999, { check: later })))).toBe(
      'postdated_check_unsupported #/means/1/check/dueDate',
    );
  });
});

describe('a cheque', () => {
  it('needs its details, and nothing else may have them', () => {
    expect(refusalOf({ method: 'check', check: CHECK })).toBeNull();
    expect(refusalOf({ method: 'check' })).toBe('validation_failed #/check');
    expect(refusalOf({ method: 'cash', check: CHECK })).toBe('validation_failed #/check');
  });

  it('that is due after the day it was given has its tax invoice on that day', () => {
    const due = (dueDate: string) =>
      judge({ method: 'check', paidOn: '2026-03-01', check: { ...CHECK, dueDate } }).invoiceDueOn;
    expect(due('2026-03-01')).toBeNull();
    expect(due('2026-02-01')).toBeNull();
    expect(due('2026-03-02')).toBe('2026-03-02');
  });

  it('that is post-dated goes with no other day and no other money, with taxed sales alone, and to no service', () => {
    const on = (dueDate: string, amount: number) => ({
      method: 'check',
      amount,
      check: { ...CHECK, dueDate },
    });
    const paid = (...means: object[]) => ({ method: undefined, means });
    const [soon, late] = ['2026-04-01', '2026-05-01'];
    expect(judge(paid(on(soon, 4_000), on(soon, 6_000))).invoiceDueOn).toBe(soon);
    const refused = (at: number) => `postdated_check_unsupported #/means/${at}/check/dueDate`;
    expect(refusalOf(paid(on(soon, 4_000), on(late, 6_000)))).toBe(refused(0));
    expect(refusalOf(paid(on(TODAY, 4_000), on(late, 6_000)))).toBe(refused(1));
    expect(refusalOf(paid({ method: 'cash', amount: 1 }, on(soon, 9_999)))).toBe(refused(1));
    expect(refusalOf(paid({ method: 'withheld', amount: 1 }, on(soon, 9_999)))).toBe(refused(1));
    const one = { method: 'check', check: { ...CHECK, dueDate: soon } };
    const not = 'postdated_check_unsupported #/check/dueDate';
    const zero = { vatTreatment: 'zero_rated', vatReason: 'export' };
    const items = [
      { description: 'a', quantity: 1, unitPrice: 4_000 },
      { description: 'b', quantity: 1, unitPrice: 6_000, vatTreatment: 'zero_rated' },
    ];
    expect(refusalOf({ ...one, items, vatReason: 'export' })).toBe(not);
    expect(refusalOf({ ...one, ...zero })).toBe(not);
    expect(refusalOf(one, { isPushed: true })).toBe(not);
    expect(refusalOf(one, { issuer: 'invoice_service' })).toBe(not);
  });

  it('that is due later is taken by who gives receipts alone', () => {
    const later = { method: 'check', check: { ...CHECK, dueDate: '2026-09-01' } };
    const of = (dealerType: DealerType, vatRegistered: boolean, more: Circumstances = {}) =>
      refusalOf(later, { profiles: dealer(dealerType, vatRegistered), ...more });
    expect([of('osek_patur', false), of('amuta', false)]).toEqual([null, null]);
    expect(of('osek_patur', false, { isPushed: true })).toBeNull();
    const refused = 'postdated_check_unsupported #/check/dueDate';
    expect(of('osek_patur', false, { issuer: 'invoice_service' })).toBe(refused);
  });
});
