// Money given back, at every invoice service in the registry: by dealer type, in whole and in parts.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '#jest';
import { splitInclusive } from '../../src/domain/vat.ts';
import type { DealerType } from '../../src/domain/workspace.ts';
import { createInvoiceRig, push, RATE_BP, toCredit, toOrder } from './invoice-rig.ts';
import { INVOICE_CASES } from './invoice-subjects.ts';
import { failure, startSimulator } from './simulator.ts';
import type { Simulator } from './simulator.ts';

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
];

describe.each(INVOICE_CASES)('the invoice service $habit', ({ habit, face }) => {
  const { newService, heldFor } = createInvoiceRig(face, () => simulator, habit);

  it.each(DEALERS)(
    'credits what it holds of a %s (registered: %s), in whole and in parts, each once',
    async (dealerType, vatRegistered, kind) => {
      const service = newService(kind);
      const split = splitInclusive(35_050, vatRegistered ? RATE_BP : 0);
      const order = toOrder({ dealerType, vatRegistered, split });
      const made = await push(service, order);
      const whole = toOrder({ dealerType, vatRegistered, split });
      const credits = [
        toCredit(order, made, 10_000),
        toCredit(order, made, 25_050),
        toCredit(whole, await push(service, whole)),
      ];
      for (const credit of credits) {
        const pushed = await push(service, credit);
        expect(await push(service, credit)).toEqual(pushed);
        const { total, vat } = credit.split;
        if (face.issuesLegalDocuments) expect(pushed).toMatchObject({ total, vat });
        const held = await heldFor(credit);
        expect(held.map((one) => [one.id, Math.abs(one.total), Math.abs(one.vat)])).toEqual([
          [pushed.id, total, vat],
        ]);
      }
      expect(await heldFor(order)).toMatchObject([{ id: made.id, total: 35_050 }]);
    },
  );

  it('credits a document that it does not hold only where that needs no link to it', async () => {
    const service = newService();
    const credit = toCredit(toOrder(), null);
    if (!face.issuesLegalDocuments) {
      await push(service, credit);
      expect(await heldFor(credit)).toHaveLength(1);
      return;
    }
    const error = await failure(service.createDocument(credit));
    expect(error).toMatchObject({ code: 'rejected', retry: 'never' });
    expect(error.message).toContain(credit.credits?.displayNumber);
    expect(await heldFor(credit)).toEqual([]);
  });
});
