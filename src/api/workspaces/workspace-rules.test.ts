import { describe, expect, it } from '#jest';
import type { Problem } from '../../domain/problems.ts';
import { changeSettings, checkChange, checkIssuer, checkSettings, toSettings } from './workspace-rules.ts';
import { newWorkspace, workspaceChange } from './workspace-schema.ts';

const GIVEN = { name: 'Clinic', taxId: '123456782', dealerType: 'osek_murshe', mode: 'live' } as const;
const TODAY = '2026-03-10';

/** Code and pointer of the refusal, or null if nothing is refused. */
function refusal(check: () => void): [string, string | undefined] | null {
  try {
    check();
    return null;
  } catch (error) {
    const problem = error as Problem;
    return [problem.code, problem.fields[0]?.pointer];
  }
}

describe('settings of a new workspace', () => {
  it('are complete though little was said', () => {
    expect(toSettings(GIVEN)).toEqual({
      ...GIVEN,
      legalName: { he: 'Clinic', en: 'Clinic' },
      vatRegistered: true,
      address: { street: '', houseNumber: '', city: '', zip: '', country: 'IL' },
      timeZone: 'Asia/Jerusalem',
      currency: 'ILS',
      locale: 'he',
      documentIssuer: null,
      receipt: { email: false, print: 'at_issue', onPayPage: false },
      providerDescription: null,
      booksClosedThrough: null,
      vatReturn: null,
      eDocumentConsentsHeld: false,
      invoiceServiceText: 'neutral',
      exemptSales: 'transaction_invoice',
      hashavshevet: null,
      accountantMonth: null,
      paymentRequest: { at: 'manual', remindAfterDays: null, overdueAfterHours: 48 },
    });
  });

  it('hold the number of an Israeli dealer in its nine digits, as it is checked', () => {
    expect(toSettings({ ...GIVEN, taxId: '18010' }).taxId).toBe('000018010');
    expect(toSettings({ ...GIVEN, dealerType: 'foreign', taxId: '18010' }).taxId).toBe('18010');
    expect(changeSettings(toSettings(GIVEN), { taxId: '18010' }).taxId).toBe('000018010');
  });

  it.each([
    ['osek_murshe', true],
    ['company', true],
    ['osek_patur', false],
    ['amuta', false],
    ['foreign', false],
  ] as const)('take %s for registered: %s', (dealerType, vatRegistered) => {
    expect(toSettings({ ...GIVEN, dealerType }).vatRegistered).toBe(vatRegistered);
  });

  it('say how VAT is reported once the months are said, from the 16th on where no day is', () => {
    const given = toSettings({ ...GIVEN, vatReturn: { months: 2 } });
    expect(given.vatReturn).toEqual({ months: 2, reportedFromDay: 16 });
    const later = changeSettings(given, { vatReturn: { reportedFromDay: 20 } });
    expect(later.vatReturn).toEqual({ months: 2, reportedFromDay: 20 });
    expect(changeSettings(later, { vatReturn: { months: 1 } }).vatReturn).toEqual({
      months: 1,
      reportedFromDay: 20,
    });
    expect(changeSettings(later, { name: 'Other' }).vatReturn).toEqual(later.vatReturn);
    expect(changeSettings(later, { vatReturn: null }).vatReturn).toBeNull();
    expect(refusal(() => toSettings({ ...GIVEN, vatReturn: { reportedFromDay: 20 } }))).toEqual([
      'validation_failed',
      '#/vatReturn/months',
    ]);
  });

  it('hold no first numbers: those are counters', () => {
    expect(toSettings({ ...GIVEN, firstNumbers: { receipt: 5 } })).not.toHaveProperty('firstNumbers');
  });
});

describe('a change of settings', () => {
  const before = toSettings({
    ...GIVEN,
    address: { city: 'Haifa', street: 'Yafo' },
    receipt: { email: true },
  });

  it('keeps what it does not name, inside the nested objects too', () => {
    const after = changeSettings(before, { address: { street: 'Allenby' }, receipt: { print: 'on_demand' } });
    expect(after.address).toEqual({ ...before.address, street: 'Allenby' });
    expect(after.receipt).toEqual({ email: true, print: 'on_demand', onPayPage: false });
    expect(after.name).toBe('Clinic');
  });

  it('to another dealer brings the usual registration, unless it says which', () => {
    expect(changeSettings(before, { dealerType: 'osek_patur' }).vatRegistered).toBe(false);
    expect(changeSettings(before, { dealerType: 'amuta', vatRegistered: true }).vatRegistered).toBe(true);
    expect(
      changeSettings({ ...before, vatRegistered: false }, { dealerType: 'osek_murshe' }).vatRegistered,
    ).toBe(false);
  });

  it('never touches the mode', () => {
    expect(refusal(() => checkChange(before, { ...before, mode: 'test' }))).toEqual([
      'validation_failed',
      '#/mode',
    ]);
    expect(refusal(() => checkChange(before, { ...before, mode: 'live' }))).toBeNull();
  });

  it.each([
    [null, '2026-01-31', true],
    ['2026-01-31', '2026-01-31', true],
    ['2026-01-31', '2026-02-28', true],
    ['2026-01-31', '2026-01-30', false],
    ['2026-01-31', null, false],
  ])('of closed books from %s to %s is allowed: %s', (from, to, isAllowed) => {
    const result = refusal(() =>
      checkChange({ ...before, booksClosedThrough: from }, { ...before, booksClosedThrough: to }),
    );
    expect(result).toEqual(isAllowed ? null : ['validation_failed', '#/booksClosedThrough']);
  });
});

describe('rules across fields', () => {
  const settings = toSettings(GIVEN);

  it.each([
    ['validation_failed', '#/vatRegistered', { dealerType: 'osek_patur', vatRegistered: true }],
    ['vat_country_unsupported', '#/vatRegistered', { dealerType: 'foreign', vatRegistered: true }],
    ['validation_failed', '#/taxId', { taxId: '123456789' }],
    ['validation_failed', '#/taxId', { taxId: 'US-12345' }],
    ['validation_failed', '#/taxId', { taxId: '000000000' }],
    ['validation_failed', '#/booksClosedThrough', { booksClosedThrough: '2026-03-11' }],
    ['validation_failed', '#/booksClosedThrough', { booksClosedThrough: TODAY }],
  ] as const)('refuse with %s at %s: %j', (code, pointer, change) => {
    expect(refusal(() => checkSettings({ ...settings, ...change }, TODAY))).toEqual([code, pointer]);
  });

  it.each([
    [{}],
    [{ dealerType: 'amuta', vatRegistered: true }],
    [{ dealerType: 'foreign', vatRegistered: false, taxId: 'US-12345' }],
    [{ booksClosedThrough: '2026-03-09' }],
  ] as const)('allow %j', (change) => {
    expect(refusal(() => checkSettings({ ...settings, ...change }, TODAY))).toBeNull();
  });
});

describe('who issues the legal document', () => {
  const legal = { name: 'green-invoice', issuesLegalDocuments: true };
  const copies = { name: 'custom', issuesLegalDocuments: false };

  it.each([
    ['engine', legal, false],
    ['invoice_service', legal, true],
    ['engine', copies, true],
    ['invoice_service', copies, false],
    ['invoice_service', null, true],
    [null, legal, true],
  ] as const)('%s beside %j is allowed: %s', (issuer, service, isAllowed) => {
    expect(refusal(() => checkIssuer(issuer, service))).toEqual(
      isAllowed ? null : ['document_issuer_conflict', '#/documentIssuer'],
    );
  });
});

describe('bodies', () => {
  const pointers = (body: object) =>
    newWorkspace.safeParse({ ...GIVEN, ...body }).error?.issues.map((issue) => issue.path.join('/')) ?? [];

  it.each([
    ['timeZone', { timeZone: '+02:00' }],
    ['timeZone', { timeZone: 'Mars/Olympus' }],
    ['firstNumbers', { firstNumbers: { bill: 1 } }],
    ['firstNumbers/receipt', { firstNumbers: { receipt: 1.5 } }],
    ['address/city', { address: { street: 'Yafo' } }],
    ['paymentRequest/at', { paymentRequest: { at: 'noon' } }],
  ])('are refused at %s: %j', (path, body) => {
    expect(pointers(body)).toEqual([path]);
  });

  it('of a change may be empty, and put nothing in', () => {
    expect(workspaceChange.parse({})).toEqual({});
    expect(workspaceChange.parse({ address: { zip: '1' } })).toEqual({ address: { zip: '1' } });
  });
});
