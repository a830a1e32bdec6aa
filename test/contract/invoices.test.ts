// The promises every invoice service in the registry keeps, tried against its simulator; credits and faults have files of
// their own. Not covered: the look of a document and its mail. No real account is reached: every address is the sandbox
// of this file.
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '#jest';
import { mayIssueTaxInvoice } from '../../src/domain/tax-document.ts';
import { splitInclusive } from '../../src/domain/vat.ts';
import type { VatSplit } from '../../src/domain/vat.ts';
import type { DealerType } from '../../src/domain/workspace.ts';
import type { PushOrder, ServiceDocument } from '../../src/providers/invoices/invoice-service.ts';
import { createInvoiceRig, push, RATE_BP, toOrder } from './invoice-rig.ts';
import { INVOICE_CASES } from './invoice-subjects.ts';
import { failure, startSimulator } from './simulator.ts';
import type { HeldDocument, RecordedCall, Simulator } from './simulator.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterEach(() => simulator.reset());
afterAll(() => simulator.stop());

const DEALERS: readonly [DealerType, boolean, string][] = [
  ['osek_murshe', true, 'murshe'],
  ['company', true, 'company'],
  ['osek_patur', false, 'patur'],
  ['amuta', false, 'amuta'],
  ['foreign', false, 'murshe'],
];

describe.each(INVOICE_CASES)('the invoice service $habit', ({ habit, face }) => {
  const rig = createInvoiceRig(face, () => simulator, habit);
  const { subject, account, newService, serviceOf, heldFor } = rig;

  /** A service whose documents are the legal ones says what they come to; another need not. */
  const expectAmounts = (made: ServiceDocument, { total, vat }: VatSplit) =>
    expect(made).toMatchObject(face.issuesLegalDocuments ? { total, vat } : { total: null, vat: null });

  it('tells its accounts apart without showing their secrets', () => {
    const key = (name: string) => face.accountKey(face.credentials.parse(account(name)));
    expect(key('one')).not.toBe(key('two'));
    expect(key('one')).not.toContain(subject.secretOf(account('one')));
  });

  it('refuses credentials that are missing or too many, naming the field', () => {
    expect(face.credentials.safeParse({}).success).toBe(false);
    const more = { ...(account('one') as object), surplus: 'x' };
    expect(inspect(face.credentials.safeParse(more).error?.issues)).toContain('surplus');
  });

  it.each(DEALERS)(
    'makes documents of a %s (registered: %s) with our total and VAT',
    async (dealerType, vatRegistered, kind) => {
      const service = newService(kind);
      const dealer = { dealerType, vatRegistered };
      const rateBp = mayIssueTaxInvoice(dealer) ? RATE_BP : 0;
      for (const total of [1, 107, 35_050, 99_999, 123_456_789]) {
        const split = splitInclusive(total, rateBp);
        const order = toOrder({ ...dealer, split });
        const made = await service.createDocument(order);
        expectAmounts(made, split);
        expect(await heldFor(order)).toMatchObject([
          { id: made.id, number: made.number, total: split.total, vat: split.vat },
        ]);
        expect(made.url).toMatch(/^https?:/);
      }
    },
  );

  it('makes a document that bears no VAT', async () => {
    const order = toOrder({
      split: { net: 35_050, vat: 0, total: 35_050, rateBp: 0 },
      vatTreatment: 'zero_rated',
    });
    expectAmounts(await newService().createDocument(order), order.split);
    expect(await heldFor(order)).toMatchObject([{ total: 35_050, vat: 0 }]);
  });

  it('makes a document of which only a part bears VAT with our VAT, or refuses it with a sentence, before it is paid as well', async () => {
    const taxed = splitInclusive(20_001, RATE_BP);
    const line = { description: 'תשלום', quantity: 1 };
    const lines = [
      { ...line, unitPrice: 20_001, total: 20_001, vatTreatment: 'standard' },
      { ...line, unitPrice: 15_049, total: 15_049, vatTreatment: 'exempt' },
    ] as const;
    const split = { ...taxed, net: taxed.net + 15_049, total: taxed.total + 15_049 };
    const order = toOrder({ split, lines });
    const making = newService().createDocument(order);
    const told = (face.checkDocument?.(order) ?? []).map(({ pointer }) => pointer);
    expect(told).toEqual(subject.takesMixedVat ? [] : ['#/items']);
    if (!subject.takesMixedVat) {
      const refusal = await failure(making);
      expect(refusal).toMatchObject({ code: 'rejected', retry: 'never' });
      expect(refusal.message).toMatch(/part of this document has VAT/);
      return;
    }
    expectAmounts(await making, order.split);
    expect(await heldFor(order)).toMatchObject([{ total: 35_050, vat: taxed.vat }]);
  });

  it('makes one document of an order that is pushed twice, and another of another', async () => {
    const service = newService();
    const order = toOrder();
    const first = await push(service, order);
    expect(await push(service, order)).toEqual(first);
    if (subject.knowsRepeats) expect(await service.createDocument(order)).toEqual(first);
    expect(await heldFor(order)).toHaveLength(1);
    expect((await push(service, toOrder())).id).not.toBe(first.id);
  });

  it('finds the document of an order that was pushed and none of one that was not, or knows repeats itself', async () => {
    const service = newService();
    if (service.findDocument === undefined) {
      expect(subject.knowsRepeats).toBe(true);
      return;
    }
    const order = toOrder();
    expect(await service.findDocument(order)).toBeNull();
    const made = await service.createDocument(order);
    expect(await service.findDocument(order)).toEqual(made);
    expect(await service.findDocument(toOrder())).toBeNull();
  });

  it('takes good credentials and makes nothing to test them', async () => {
    const before = await simulator.listed<HeldDocument>('documents');
    await newService().checkCredentials();
    expect(await simulator.listed<HeldDocument>('documents')).toEqual(before);
  });

  it('refuses wrong credentials at every verb, without repeating them', async () => {
    const wrong = rig.wrongAccount();
    const service = serviceOf(wrong);
    const verbs = [
      () => service.createDocument(toOrder()),
      ...(service.findDocument ? [() => push(service, toOrder())] : []),
      ...(subject.canBeAsked ? [() => service.checkCredentials()] : []),
    ];
    for (const verb of verbs) {
      const error = await failure(verb());
      expect(error).toMatchObject({ code: 'credentials_invalid', retry: 'never' });
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(subject.secretOf(wrong));
    }
  });

  it('refuses an order that the service does not take as rejected, not as trouble', async () => {
    const service = newService(subject.refused.kind);
    const order = toOrder(subject.refused.changes);
    expect(await failure(service.createDocument(order))).toMatchObject({ code: 'rejected', retry: 'never' });
    expect(await heldFor(order)).toEqual([]);
  });

  it("tells the service our id and the neutral text, never the app's own description nor more of the payer", async () => {
    const words = {
      appDescription: 'טיפול-סודי',
      items: [{ description: 'טיפול-סודי' }],
      metadata: { a: 'טיפול-סודי' },
    };
    const customer = {
      name: 'Test Payer',
      taxId: '000000018',
      email: null,
      phone: null,
      address: null,
      note: 'טיפול-סודי',
    };
    const lines = toOrder().lines.map((line) => ({ ...line, description: 'ניטרלי' }));
    const order: PushOrder = { ...toOrder({ description: 'ניטרלי', lines, customer }), ...words };
    await push(newService(), order);
    const calls = await simulator.listed<RecordedCall>(`calls?provider=${face.name}&reference=${order.key}`);
    const sent = inspect(calls, { depth: 20 });
    expect(sent).toContain('ניטרלי');
    expect(sent).toContain(order.key);
    expect(sent).not.toContain('mail');
    const everything = await simulator.listed<RecordedCall>('calls');
    expect(inspect(everything, { depth: 20, maxArrayLength: null })).not.toContain('סודי');
  });

  if (subject.hasSessions) {
    it('goes on when the service ends its session before the time it named', async () => {
      const service = newService();
      await push(service, toOrder());
      simulator.advance(2 * 3_600_000);
      const order = toOrder();
      const made = await service.createDocument(order);
      expect(await heldFor(order)).toMatchObject([{ id: made.id }]);
    });
  }

  it('shows the allocation number once the authority gave it, where it shows such numbers', async () => {
    const service = newService();
    const customer = { name: 'Test Company', taxId: '000000018', email: null, phone: null, address: null };
    const made = await service.createDocument(
      toOrder({ split: splitInclusive(5_000_000, RATE_BP), customer }),
    );
    expect(made.allocationNumber).toBeNull();
    if (service.findAllocationNumber === undefined) return;
    expect(await service.findAllocationNumber(made.id)).toBeNull();
    simulator.advance(5_000);
    expect(await service.findAllocationNumber(made.id)).toMatch(/^\d{9}$/);
  });
});
