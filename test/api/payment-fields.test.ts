import { beforeAll, describe, expect, it } from '#jest';
import { newCredentials } from '../e2e/support/providers.ts';
import { admin, call, createPayment, openWorkspace, order } from './rig.ts';
import type { PageBody, ProblemBody, TestWorkspace } from './rig.ts';

const item = { description: 'טיפול', quantity: 1, unitPrice: 35_000 };
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

describe('a payment through Grow', () => {
  it.each(['. .', '- -', '1 2'])(
    'is refused where the payer is called %s: a name has letters',
    async (name) => {
      const clinic = await openWorkspace({ provider: false });
      const slot = { provider: 'grow', credentials: newCredentials('grow') };
      const set = await admin('PUT', `/v1/workspaces/${clinic.id}/payment-provider`, slot);
      expect(set.status).toBe(200);
      const customer = { name, phone: '0501234567' };
      const { status, json } = await createPayment<ProblemBody>(clinic, { customer });
      expect([status, json.errors?.map(({ pointer }) => pointer)]).toEqual([422, ['#/customer/name']]);
    },
  );
});

describe('POST /v1/payments', () => {
  let clinic: TestWorkspace;
  beforeAll(async () => {
    clinic = await openWorkspace();
  });

  it.each<[string, object]>([
    ['#/amount', { amount: undefined }],
    ['#/amount', { amount: null }],
    ['#/amount', { amount: 0 }],
    ['#/amount', { amount: -1 }],
    ['#/amount', { amount: 1.5 }],
    ['#/amount', { amount: '100' }],
    ['#/amount', { amount: 2 ** 53 }],
    ['#/amount', { amount: 1e300 }],
    ['#/currency', { currency: 'USD' }],
    ['#/currency', { currency: 'ils' }],
    ['#/currency', { currency: null }],
    ['#/description', { description: undefined }],
    ['#/description', { description: '' }],
    ['#/description', { description: '   ' }],
    ['#/description', { description: 'x'.repeat(501) }],
    ['#/description', { description: 'a\u0000b' }],
    ['#/description', { description: 'a\nb' }],
    ['#/description', { description: 'a\u0085b' }],
    ['#/description', { description: 'a\u202eb' }],
    ['#/description', { description: '\ud800' }],
    ['#/reference', { reference: undefined }],
    ['#/reference', { reference: '' }],
    ['#/reference', { reference: 'x'.repeat(201) }],
    ['#/reference', { reference: 'a\tb' }],
    ['#/subject', { subject: '' }],
    ['#/subject', { subject: 'x'.repeat(201) }],
    ['#/subject', { subject: null }],
    ['#/items', { items: [] }],
    ['#/items', { items: [{ ...item, unitPrice: 34_999 }] }],
    ['#/items', { items: Array.from({ length: 101 }, () => ({ ...item, unitPrice: 1 })), amount: 101 }],
    ['#/items/0/quantity', { items: [{ ...item, quantity: 0 }] }],
    ['#/items/0/quantity', { items: [{ ...item, quantity: 1.23456 }] }],
    ['#/items/0/unitPrice', { items: [{ ...item, unitPrice: -5 }] }],
    ['#/items/0/description', { items: [{ ...item, description: 'a\u0007' }] }],
    ['#/items/0/vatTreatment', { items: [{ ...item, vatTreatment: 'none' }] }],
    ['#/items/0/price', { items: [{ ...item, price: 1 }] }],
    ['#/items/0/quantity', { items: [{ ...item, quantity: 2 ** 52, unitPrice: 2 ** 52 }] }],
    ['#/vatTreatment', { vatTreatment: 'reduced' }],
    ['#/vatReason', { vatTreatment: 'zero_rated' }],
    ['#/vatReason', { vatTreatment: 'exempt' }],
    ['#/vatReason', { vatTreatment: 'exempt', vatReason: 'x'.repeat(501) }],
    ['#/serviceDate', { serviceDate: '2026-13-01' }],
    ['#/serviceDate', { serviceDate: '2026-02-30' }],
    ['#/serviceDate', { serviceDate: '01/02/2026' }],
    ['#/customer', { customer: null }],
    ['#/customer', { customer: [] }],
    ['#/customer/name', { customer: { name: '' } }],
    ['#/customer/email', { customer: { email: 'dana' } }],
    ['#/customer/email', { customer: { email: null } }],
    ['#/customer/email', { customer: { email: 'dana@example.com\r\nBcc: x@example.com' } }],
    ['#/customer/phone', { customer: { phone: 'call me' } }],
    ['#/customer/taxId', { customer: { taxId: '123456789' } }],
    ['#/customer/taxId', { customer: { taxIdKind: 'dealer', taxId: '12' } }],
    ['#/customer/taxIdKind', { customer: { taxIdKind: 'person' } }],
    ['#/customer/locale', { customer: { locale: 'fr' } }],
    ['#/customer/address/planet', { customer: { address: { planet: 'Mars' } } }],
    ['#/customer/eDocumentConsentAt', { customer: { eDocumentConsentAt: 'yes' } }],
    ['#/customer/nickname', { customer: { nickname: 'D' } }],
    ['#/patient', { patient: null }],
    ['#/patient/name', { patient: { taxId: '123456782' } }],
    ['#/patient/name', { patient: { name: ' ' } }],
    ['#/patient/taxId', { patient: { name: 'נועה', taxId: '123456789' } }],
    ['#/patient/diagnosis', { patient: { name: 'נועה', diagnosis: 'x' } }],
    ['#/printPatient', { printPatient: true }],
    ['#/printPatient', { printPatient: 'yes', patient: { name: 'נועה' } }],
    ['#/sessionDates', { sessionDates: '2026-01-31' }],
    ['#/sessionDates', { sessionDates: null }],
    ['#/sessionDates', { sessionDates: Array.from({ length: 367 }, () => '2026-01-31') }],
    ['#/sessionDates/0', { sessionDates: ['31/01/2026'] }],
    ['#/sessionDates/1', { sessionDates: ['2026-01-31', '2026-02-30'] }],
    ['#/expiresAt', { expiresAt: inDays(-1) }],
    ['#/expiresAt', { expiresAt: inDays(367) }],
    ['#/expiresAt', { expiresAt: 'tomorrow' }],
    ['#/expiresAt', { expiresAt: '2030-01-01T00:00:00' }],
    ['#/expiresAt', { expiresAt: 1_893_456_000 }],
    ['#/successUrl', { successUrl: 'javascript:alert(1)' }],
    ['#/successUrl', { successUrl: 'ftp://example.com/' }],
    ['#/successUrl', { successUrl: '/paid' }],
    ['#/cancelUrl', { cancelUrl: 'data:text/html,x' }],
    ['#/cancelUrl', { cancelUrl: null }],
    ['#/methods', { methods: [] }],
    ['#/methods/0', { methods: ['gold'] }],
    ['#/methods', { methods: 'card' }],
    ['#/maxInstallments', { maxInstallments: 0 }],
    ['#/maxInstallments', { maxInstallments: 37 }],
    ['#/maxInstallments', { maxInstallments: 2.5 }],
    ['#/vatIncluded', { vatIncluded: 'no' }],
    ['#/metadata', { metadata: [] }],
    ['#/metadata', { metadata: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, 'v'])) }],
    ['#/metadata/a', { metadata: { a: 1 } }],
    ['#/metadata/a', { metadata: { a: 'x'.repeat(501) } }],
    ['#/metadata/a~1b', { metadata: { 'a/b': 'c\u0000' } }],
    ['#/customer/email', { request: { channel: 'email', at: 'immediately' } }],
    ['#/request/at', { request: { channel: 'email', at: 'noon' } }],
    ['#/request/channel', { request: { channel: 'sms', at: 'immediately' } }],
    ['#/request/remindAfterDays', { request: { channel: 'email', at: 'immediately', remindAfterDays: 0 } }],
    ['#/colour', { colour: 'red' }],
  ])('names the wrong field %s of %j', async (pointer, change) => {
    const answer = await createPayment<ProblemBody>(clinic, change);
    expect(answer.status).toBe(422);
    expect(answer.json.errors?.map((error) => error.pointer)).toContain(pointer);
    for (const { detail } of answer.json.errors ?? []) expect(detail.length).toBeGreaterThanOrEqual(10);
  });

  it('takes everything at its limit', async () => {
    const made = await createPayment(clinic, {
      amount: 300,
      currency: 'ILS',
      description: 'x'.repeat(500),
      subject: 's'.repeat(200),
      items: Array.from({ length: 100 }, () => ({ description: 'one', quantity: 1, unitPrice: 3 })),
      customer: {
        name: 'דנה לוי',
        email: 'dana@example.com',
        phone: '+972-50-1234567',
        taxId: '123456782',
        taxIdKind: 'dealer',
        address: { city: 'חיפה' },
        locale: 'he',
        eDocumentConsentAt: '2026-01-01T00:00:00Z',
      },
      expiresAt: inDays(364),
      successUrl: 'https://example.com/paid?x=1#y',
      cancelUrl: 'http://example.com/left',
      methods: ['card'],
      maxInstallments: 36,
      vatIncluded: true,
      vatTreatment: 'exempt',
      vatReason: 'סעיף 31',
      serviceDate: '2026-01-31',
      metadata: Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`k${n}`, 'v'.repeat(500)])),
    });
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({ amount: 300, subject: 's'.repeat(200), vatIncluded: true });
  });

  it('keeps whom it is for and the days of the sessions, and shows both', async () => {
    const sessionDates = ['2026-01-05', '2026-01-12'];
    const patient = { name: 'נועה לוי', taxId: '18' };
    const refused = await createPayment<ProblemBody>(clinic, { patient, sessionDates });
    expect(refused.json.errors?.map((error) => error.pointer)).toEqual(['#/patient/taxId']);
    const { json } = await createPayment(clinic, { patient: { ...patient, taxId: '00018' }, sessionDates });
    const kept = { patient: { name: 'נועה לוי', taxId: '000000018' }, sessionDates };
    expect(json).toMatchObject(kept);
    expect((await call('GET', `/v1/payments/${json.id}`, { key: clinic.key })).json).toMatchObject(kept);
    expect(json.printPatient).toBe(false);
    const none = await createPayment(clinic);
    expect(none.json).toMatchObject({ patient: null, sessionDates: [] });
  });

  it('says all that is wrong at once', async () => {
    const answer = await createPayment<ProblemBody>(clinic, { amount: 0, currency: 'EUR', description: '' });
    expect(answer.json.errors?.map((error) => error.pointer)).toEqual(
      expect.arrayContaining(['#/amount', '#/description']),
    );
  });

  it('does not use up the reference of a refused request', async () => {
    const { reference } = order();
    expect((await createPayment(clinic, { reference, amount: 0 })).status).toBe(422);
    expect((await createPayment(clinic, { reference })).status).toBe(201);
  });

  it('keeps the tax documents of an Israeli dealer in shekels, unless zero-rated', async () => {
    const dollars = await openWorkspace({ workspace: { currency: 'USD', documentIssuer: 'engine' } });
    const refused = await createPayment<ProblemBody>(dollars);
    expect([refused.status, refused.json.errors?.[0]?.pointer]).toEqual([422, '#/currency']);
    const exported = { vatTreatment: 'zero_rated', vatReason: 'export of services' };
    expect((await createPayment(dollars, exported)).status).toBe(201);
  });

  it('finds the payment by its reference, whatever signs are in it', async () => {
    const reference = `הזמנה #1 & "x" %20 ${Date.now()}`;
    const made = await createPayment(clinic, { reference });
    const query = `?reference=${encodeURIComponent(reference)}`;
    const found = await call<PageBody<{ id: string }>>('GET', `/v1/payments${query}`, { key: clinic.key });
    expect(found.json.data.map(({ id }) => id)).toEqual([made.json.id]);
  });
});
