// The promises every invoice service in the registry keeps, tried against its simulator. What is not covered: the
// look of a document and its mail. No real account is reached: every address is the sandbox of this file.
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { dayInZone } from '../../src/domain/calendar.ts';
import { plainMeans } from '../../src/domain/means.ts';
import { mayIssueTaxInvoice } from '../../src/domain/tax-document.ts';
import { splitInclusive } from '../../src/domain/vat.ts';
import type { VatSplit } from '../../src/domain/vat.ts';
import type { DealerType } from '../../src/domain/workspace.ts';
import { invoiceServices } from '../../src/providers/invoices/index.ts';
import type {
  InvoiceService,
  PushOrder,
  ServiceDocument,
} from '../../src/providers/invoices/invoice-service.ts';
import { failure, startSimulator } from './simulator.ts';
import type { HeldDocument, RecordedCall, Simulator } from './simulator.ts';

/** Accounts of a service's simulator. `name` keeps tests apart; `secret` is what is hunted in errors. */
interface Samples {
  account(name: string, secret: string): unknown;
  wrongAccount(secret: string): unknown;
}

const SAMPLES: Readonly<Record<string, Samples>> = {
  'green-invoice': {
    account: (name, secret) => ({ apiKeyId: name, apiKeySecret: secret }),
    wrongAccount: (secret) => ({ apiKeyId: 'contract-wrong', apiKeySecret: `invalid-${secret}` }),
  },
};

const SECRET = 'planted-8c1f0a7d';
const RATE_BP = 1800;
let simulator: Simulator;
let count = 0;

beforeAll(async () => {
  simulator = await startSimulator();
});
afterEach(() => simulator.reset());
afterAll(() => simulator.stop());

const today = () => dayInZone(new Date(), 'Asia/Jerusalem');

function toOrder(changes: Partial<PushOrder> = {}): PushOrder {
  const split = changes.split ?? splitInclusive(35_050, RATE_BP);
  return {
    key: `pay_contract_${(count += 1)}`,
    documentType: 'payment_confirmation',
    documentDate: today(),
    locale: 'he',
    currency: 'ILS',
    dealerType: 'osek_murshe',
    vatRegistered: true,
    split,
    description: 'תשלום',
    vatTreatment: 'standard',
    customer: { name: 'Test Payer', taxId: null, email: null, phone: null },
    means: [plainMeans('card', split.total)],
    searchFrom: today(),
    ...changes,
  };
}

/** What the engine does: look, then make. */
async function push(service: InvoiceService, order: PushOrder): Promise<ServiceDocument> {
  return (await service.findDocument(order)) ?? (await service.createDocument(order));
}

const OPERATIONS = ['find_document', 'create_document', 'credentials'] as const;
const FAULTS: Readonly<Record<string, readonly string[]>> = {
  status_500: ['provider_unavailable'],
  status_429: ['rate_limited'],
  html: ['bad_answer'],
  empty: ['bad_answer'],
  half_json: ['bad_answer'],
  error_in_200: ['bad_answer', 'provider_unavailable'],
  connection_reset: ['no_answer'],
  timeout_before_effect: ['no_answer'],
  timeout_after_effect: ['no_answer'],
};
const CASES = OPERATIONS.flatMap((operation) =>
  Object.entries(FAULTS).map(([fault, codes]) => ({ operation, fault, codes })),
);

describe.each(Object.values(invoiceServices))('the invoice service $name', (face) => {
  const samples = SAMPLES[face.name];
  if (!samples)
    throw new Error(`${face.name}: add its accounts to SAMPLES in test/contract/invoices.test.ts`);

  const serviceOf = (credentials: unknown) =>
    face.create({
      http: simulator.http,
      credentials: face.credentials.parse(credentials),
      mode: 'test',
      baseUrl: simulator.url(face.name),
    });
  /** A service for an account of its own: neither documents nor pace nor token are shared between tests. */
  const newService = (kind = 'murshe') =>
    serviceOf(samples.account(`contract-${kind}-${(count += 1)}`, SECRET));
  const heldFor = async ({ key }: PushOrder) => {
    const all = await simulator.listed<HeldDocument>(`documents?provider=${face.name}`);
    return all.filter((document) => document.reference === key);
  };

  it('tells its accounts apart without showing their secrets', () => {
    const key = (name: string) => face.accountKey(face.credentials.parse(samples.account(name, SECRET)));
    expect(key('one')).not.toBe(key('two'));
    expect(key('one')).not.toContain(SECRET);
  });

  it('refuses credentials that are missing or too many, naming the field', () => {
    expect(face.credentials.safeParse({}).success).toBe(false);
    const more = { ...(samples.account('one', SECRET) as object), surplus: 'x' };
    expect(inspect(face.credentials.safeParse(more).error?.issues)).toContain('surplus');
  });

  const dealers: readonly [DealerType, boolean, string][] = [
    ['osek_murshe', true, 'murshe'],
    ['company', true, 'company'],
    ['osek_patur', false, 'patur'],
    ['amuta', false, 'amuta'],
    ['foreign', false, 'murshe'],
  ];
  it.each(dealers)(
    'makes documents of a %s (registered: %s) with our total and VAT',
    async (dealerType, vatRegistered, kind) => {
      const service = newService(kind);
      const dealer = { dealerType, vatRegistered };
      const rateBp = mayIssueTaxInvoice(dealer) ? RATE_BP : 0;
      for (const total of [1, 107, 35_050, 99_999, 123_456_789]) {
        const split = splitInclusive(total, rateBp);
        const order = toOrder({ ...dealer, split });
        const made = await service.createDocument(order);
        expect(made).toMatchObject({ total: split.total, vat: split.vat });
        expect(await heldFor(order)).toMatchObject([
          { id: made.id, number: made.number, total: split.total, vat: split.vat },
        ]);
        expect(made.url).toMatch(/^https?:/);
      }
    },
  );

  it('makes a document of which only a part bears VAT, and one that bears none, with our VAT', async () => {
    const service = newService();
    const taxed = splitInclusive(20_001, RATE_BP);
    const parts: VatSplit = { ...taxed, net: taxed.net + 15_049, total: taxed.total + 15_049 };
    const mixed = await service.createDocument(toOrder({ split: parts }));
    expect(mixed).toMatchObject({ total: 35_050, vat: taxed.vat });
    const exempt = { net: 35_050, vat: 0, total: 35_050, rateBp: 0 };
    const none = await service.createDocument(toOrder({ split: exempt, vatTreatment: 'zero_rated' }));
    expect(none).toMatchObject({ total: 35_050, vat: 0 });
  });

  it('finds the document of an order that was pushed, and none of one that was not', async () => {
    const service = newService();
    const order = toOrder();
    expect(await service.findDocument(order)).toBeNull();
    const made = await service.createDocument(order);
    expect(await service.findDocument(order)).toEqual(made);
    expect(await service.findDocument(toOrder())).toBeNull();
  });

  it('makes one document of an order that is pushed twice, even without looking first', async () => {
    const service = newService();
    const order = toOrder();
    const first = await push(service, order);
    expect(await push(service, order)).toEqual(first);
    expect(await service.createDocument(order)).toEqual(first);
    expect(await heldFor(order)).toHaveLength(1);
  });

  it('finds the document whose answer was lost, from another process too', async () => {
    const account = samples.account(`contract-lost-${(count += 1)}`, SECRET);
    const order = toOrder();
    await simulator.arm(face.name, 'create_document', 'timeout_after_effect');
    expect(await failure(push(serviceOf(account), order))).toMatchObject({
      code: 'no_answer',
      retry: 'unknown',
    });
    const found = await push(serviceOf(account), order);
    expect(found).toMatchObject({ total: order.split.total, vat: order.split.vat });
    expect(await heldFor(order)).toMatchObject([{ id: found.id }]);
  });

  it.each(CASES)(
    'turns $fault at $operation into $codes, hides the secret, and one document is the end',
    async (one) => {
      const service = newService();
      const order = toOrder();
      await simulator.arm(face.name, one.operation, one.fault);
      const error = await failure(push(service, order));
      expect(one.codes).toContain(error.code);
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(SECRET);
      const made = await push(service, order);
      expect(await heldFor(order)).toMatchObject([{ id: made.id }]);
    },
  );

  it('takes good credentials and makes nothing to test them', async () => {
    const before = await simulator.listed<HeldDocument>('documents');
    await newService().checkCredentials();
    expect(await simulator.listed<HeldDocument>('documents')).toEqual(before);
  });

  it('refuses wrong credentials at every verb, without repeating them', async () => {
    const service = serviceOf(samples.wrongAccount(SECRET));
    const verbs = [
      () => service.checkCredentials(),
      () => service.findDocument(toOrder()),
      () => service.createDocument(toOrder()),
    ];
    for (const verb of verbs) {
      const error = await failure(verb());
      expect(error).toMatchObject({ code: 'credentials_invalid', retry: 'never' });
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(SECRET);
    }
  });

  it('goes on when the service ends its session before the time it named', async () => {
    const service = newService();
    await push(service, toOrder());
    simulator.advance(2 * 3_600_000);
    const order = toOrder();
    const made = await service.createDocument(order);
    expect(await heldFor(order)).toMatchObject([{ id: made.id }]);
  });

  it('refuses an order that the service does not take as rejected, not as trouble', async () => {
    const service = newService('patur');
    expect(await failure(service.createDocument(toOrder()))).toMatchObject({
      code: 'rejected',
      retry: 'never',
    });
  });

  it("tells the service our id and the neutral text, never the app's own description nor more of the payer", async () => {
    const service = newService();
    const words = {
      appDescription: 'טיפול-סודי',
      items: [{ description: 'טיפול-סודי' }],
      metadata: { a: 'טיפול-סודי' },
    };
    const customer = { name: 'Test Payer', taxId: '000000018', email: null, phone: null, note: 'טיפול-סודי' };
    const order: PushOrder = { ...toOrder({ description: 'ניטרלי', customer }), ...words };
    const made = await push(service, order);
    expect(made.total).toBe(order.split.total);
    const calls = await simulator.listed<RecordedCall>(`calls?provider=${face.name}&reference=${order.key}`);
    const sent = inspect(calls, { depth: 20 });
    expect(sent).toContain('ניטרלי');
    expect(sent).toContain(order.key);
    expect(
      inspect(await simulator.listed<RecordedCall>('calls'), { depth: 20, maxArrayLength: null }),
    ).not.toContain('סודי');
    expect(sent).not.toContain('mail');
  });

  if (face.issuesLegalDocuments) {
    it('shows the allocation number once the authority gave it', async () => {
      const service = newService();
      const customer = { name: 'Test Company', taxId: '000000018', email: null, phone: null };
      const order = toOrder({ split: splitInclusive(5_000_000, RATE_BP), customer });
      expect((await service.createDocument(order)).allocationNumber).toBeNull();
      simulator.advance(5_000);
      expect((await service.findDocument(order))?.allocationNumber).toMatch(/^\d{9}$/);
    });
  }
});
