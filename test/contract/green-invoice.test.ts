// What Green Invoice alone does, tried against its simulator in its other habit. What all services promise is in
// invoices.test.ts and its neighbours.
import { afterAll, beforeAll, expect, it } from '#jest';
import { splitInclusive } from '../../src/domain/vat.ts';
import { greenInvoice } from '../../src/providers/invoices/green-invoice/index.ts';
import { createInvoiceRig, push, toCredit, toOrder } from './invoice-rig.ts';
import { startSimulator } from './simulator.ts';
import type { Simulator } from './simulator.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());

it.each([
  ['the whole', 35_050],
  ['a part', 10_000],
])(
  'a receipt below zero over %s is made in the vendor’s form where ours is refused',
  async (_what, amount) => {
    const { newService, heldFor } = createInvoiceRig(greenInvoice, () => simulator);
    const service = newService('patur-payments-alone');
    const dealer = { dealerType: 'osek_patur', vatRegistered: false } as const;
    const order = toOrder({ ...dealer, split: splitInclusive(35_050, 0) });
    const credit = toCredit(order, await push(service, order), amount);
    const made = await push(service, credit);
    expect(made).toMatchObject({ total: amount, vat: 0 });
    expect(await heldFor(credit)).toMatchObject([{ id: made.id, total: -amount }]);
    expect(await push(service, credit)).toEqual(made);
  },
);
