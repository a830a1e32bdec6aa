import { describe, expect, it } from '#jest';
import { documentsKeptUntil, ERASED, namesAny, withoutPerson } from './erasure.ts';

const DANA = { name: 'Dana Levi', email: 'Dana@Example.com', phone: '+972501234567', taxId: '000012344' };
const names = namesAny([DANA, { name: 'נועה לוי', subject: 'patient-77' }]);

describe('a text that names a person', () => {
  it.each([
    'paid by dana',
    'LEVI, D.',
    'בתודה לנועה',
    'קבלה עבור נועה',
    'mailto:dana@example.com',
    'call 050-123-4567',
    'id 12344',
    'file/patient-77/notes',
  ])('is known: %s', (text) => {
    expect(names(text)).toBe(true);
  });

  it.each(['Danish lesson', 'order-1', 'room 7', '', 'patient-7', 'פגישת ייעוץ'])(
    'is no other: %s',
    (text) => {
      expect(names(text)).toBe(false);
    },
  );
});

const PAYMENT = {
  reference: 'order-1',
  subject: 'patient-77',
  description: 'Therapy',
  vatReason: null,
  items: [{ description: 'Session of Dana', quantity: 1, unitPrice: 35_000 }],
  customer: {
    name: DANA.name,
    email: DANA.email,
    phone: DANA.phone,
    taxId: DANA.taxId,
    address: { city: 'Haifa' },
    locale: 'en' as const,
    eDocumentConsentAt: '2026-01-01T00:00:00Z',
  },
  patient: { name: 'נועה לוי' },
  metadata: { room: '7', payer: 'Dana', 'dana@example.com': 'yes' },
  successUrl: 'https://app.example.com/?who=dana%40example.com',
  cancelUrl: 'https://app.example.com/?bad=%E0',
};
const fallback = 'erased pay_1';

describe('a payment without its person', () => {
  it('keeps beside its document what the document says, and nothing else of the person', () => {
    expect(withoutPerson(PAYMENT, { hasDocument: true, names, fallback })).toEqual({
      reference: 'order-1',
      description: 'Therapy',
      vatReason: null,
      items: PAYMENT.items,
      customer: { name: 'Dana Levi', address: { city: 'Haifa' } },
      metadata: { room: '7' },
      successUrl: null,
      cancelUrl: PAYMENT.cancelUrl,
    });
  });

  it('keeps no words at all where there is no document', () => {
    const given = { ...PAYMENT, reference: 'order of Dana', vatReason: 'abroad' };
    expect(withoutPerson(given, { hasDocument: false, names, fallback })).toEqual({
      reference: fallback,
      description: ERASED,
      vatReason: ERASED,
      items: [{ description: ERASED, quantity: 1, unitPrice: 35_000 }],
      customer: null,
      metadata: { room: '7' },
      successUrl: null,
      cancelUrl: PAYMENT.cancelUrl,
    });
  });

  it('has no customer where the document names none', () => {
    const given = { ...PAYMENT, customer: { email: 'dana@example.com' } };
    expect(withoutPerson(given, { hasDocument: true, names, fallback }).customer).toBeNull();
  });
});

it('a document of 2026 stays until the end of 2033 at least', () => {
  expect(documentsKeptUntil(2026)).toBe('2033-12-31');
});
