import { describe, expect, it } from '#jest';
import { Problem } from '../../domain/problems.ts';
import type { Customer } from '../../domain/payer.ts';
import { checkCustomer } from './customer-rules.ts';

const israel = { address: { street: '', houseNumber: '', city: '', zip: '', country: 'IL' } };
const america = { address: { ...israel.address, country: 'US' } };

/** The pointer of the refusal, or null if there is none. */
function refusalOf(customer: Customer): string | undefined | null {
  try {
    checkCustomer(customer, israel);
    return null;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return error.fields[0]?.pointer;
  }
}

describe('a phone number', () => {
  it.each([
    ['as it is written', '0501234567'],
    ['with dashes', '050-123-4567'],
    ['with dashes that are no hyphens', '050‑123–4567'],
    ['with a Hebrew maqaf', '050־1234567'],
    ['with dots', '050.123.4567'],
    ['with brackets', '(050) 123 4567'],
    ['with spaces that do not break', '050\u00a0123\u202f4567'],
    ['with a country code', '+972 50-123-4567'],
    ['with a country code and the zero in brackets', '+972 (0)50-123-4567'],
    ['with a country code and the zero', '+972-050-1234567'],
    ['dialled from abroad', '00972501234567'],
    ['from a chat, between marks of direction', '\u202a+972 50-123-4567\u202c'],
    ['from a contact', '\u2066‎050-123-4567\u2069'],
    ['from a table that dropped the zero', '501234567'],
    ['from a table that dropped the plus', '972501234567'],
    ['in wide digits', '０５０１２３４５６７'],
  ])('%s is understood', (_how, phone) => {
    expect(checkCustomer({ phone }, israel)).toEqual({ phone: '+972501234567' });
  });

  it('without a country code is one of the customer’s country, else of the workspace’s', () => {
    expect(checkCustomer({ phone: '(212) 555-0123' }, america)?.phone).toBe('+12125550123');
    const british = { phone: '020 7946 0958', address: { country: 'GB' } };
    expect(checkCustomer(british, israel)?.phone).toBe('+442079460958');
  });

  it.each([
    'call me',
    '12345',
    '000000000',
    '9.72501E+11',
    '0501234567 Dana',
    '0501234567 ext. 5',
    '\u200b',
    '+',
    '05012345678',
  ])('is not %j', (phone) => {
    expect(refusalOf({ phone })).toBe('#/customer/phone');
  });
});

describe('an Israeli number of a customer', () => {
  it('is stored in the nine digits in which it was checked', () => {
    expect(checkCustomer({ taxId: '18010' }, israel)?.taxId).toBe('000018010');
    expect(checkCustomer({ taxId: '34512343' }, israel)?.taxId).toBe('034512343');
  });

  it.each(['00000', '000000000', '123456789', '12'])('is not %s', (taxId) => {
    expect(refusalOf({ taxId })).toBe('#/customer/taxId');
  });

  it('of another country stays as it is', () => {
    expect(checkCustomer({ taxId: 'DE123', address: { country: 'DE' } }, israel)?.taxId).toBe('DE123');
  });
});

describe('a registered customer', () => {
  const company = { name: 'Acme Ltd', taxId: '515000008', taxIdKind: 'company' } as const;
  const { name: _name, ...nameless } = company;
  const { taxIdKind: _kind, ...unsaid } = company;

  it.each<[string | null, Customer]>([
    [null, company],
    [null, { ...company, taxIdKind: 'dealer' }],
    ['#/customer/name', nameless],
    ['#/customer/taxIdKind', unsaid],
    ['#/customer/taxIdKind', { ...company, taxIdKind: 'private' }],
    [null, { ...unsaid, address: { country: 'US' } }],
    [null, { name: 'Dana', taxId: '123456782' }],
  ])('is refused at %s, if at all: %j', (pointer, customer) => {
    expect(refusalOf(customer)).toBe(pointer);
  });
});
