// Documents in other currencies and of payers who share a name, at every invoice service of the registry.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '#jest';
import { splitInclusive } from '../../src/domain/vat.ts';
import { createInvoiceRig, push, RATE_BP, toCredit, toOrder } from './invoice-rig.ts';
import { INVOICE_CASES } from './invoice-subjects.ts';
import { startSimulator } from './simulator.ts';
import type { Simulator } from './simulator.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterEach(() => simulator.reset());
afterAll(() => simulator.stop());

describe.each(INVOICE_CASES)('the invoice service $habit', ({ habit, face }) => {
  const { newService, heldFor } = createInvoiceRig(face, () => simulator, habit);

  it.each(['USD', 'EUR', 'GBP'] as const)(
    'makes a document and its credit in %s over exactly our sums',
    async (currency) => {
      const service = newService();
      const order = toOrder({ currency, split: splitInclusive(35_050, RATE_BP) });
      const made = await push(service, order);
      expect(await heldFor(order)).toMatchObject([
        { total: order.split.total, vat: order.split.vat, currency },
      ]);
      if (face.issuesLegalDocuments)
        expect(made).toMatchObject({ total: order.split.total, vat: order.split.vat });
      const credit = toCredit(order, made, 10_000);
      await push(service, credit);
      expect(await heldFor(credit)).toMatchObject([
        { total: credit.split.total, vat: credit.split.vat, currency },
      ]);
    },
  );

  it('keeps two payers of one name apart: neither gets what the other’s card says of VAT', async () => {
    const service = newService();
    const customer = { name: 'Dana Levi', taxId: null, email: null, phone: null, address: null };
    const abroad = toOrder({
      customer: { ...customer, taxId: '000000018' },
      split: { net: 35_050, vat: 0, total: 35_050, rateBp: 0 },
      vatTreatment: 'zero_rated',
    });
    const here = toOrder({ customer });
    for (const order of [abroad, here]) await push(service, order);
    const [first] = await heldFor(abroad);
    const [second] = await heldFor(here);
    expect([first?.vat, second?.vat]).toEqual([0, here.split.vat]);
  });
});
