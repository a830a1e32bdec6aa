import { expect, it } from '#jest';
import fc from 'fast-check';
import { toTotals } from '../../sandbox/green-invoice/totals.ts';
import type { Fields } from '../../sandbox/ledger/records.ts';
import { plainMeans } from '../../src/domain/means.ts';
import { linesOf, pricedLines, splitOf } from '../../src/domain/document-lines.ts';
import { priceOf } from '../../src/domain/quantity.ts';
import { splitExclusive } from '../../src/domain/vat.ts';
import { VAT_TREATMENTS } from '../../src/domain/vat.ts';
import { toDocumentBody } from '../../src/providers/invoices/green-invoice/map.ts';
import { toOrder } from './invoice-rig.ts';

const EXEMPT_DOCUMENT = 1;
const item = fc
  .record({
    description: fc.constant('פריט'),
    quantity: fc.oneof(
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 90_000 }).map((parts) => parts / 10_000),
    ),
    unitPrice: fc.oneof(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 5_000_000 })),
    vatTreatment: fc.constantFrom(...VAT_TREATMENTS),
    off: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 100 })),
  })
  .map(({ off, ...one }) => ({
    ...one,
    discount: Math.floor((Number(priceOf(one.quantity, one.unitPrice)) * off) / 100),
  }));

/** What Green Invoice makes of the rows that it is sent. */
function atTheService(order: ReturnType<typeof toOrder>) {
  const body = JSON.parse(JSON.stringify(toDocumentBody(order))) as { vatType: number; income: Fields[] };
  return toTotals(body.income, order.currency, 1800, body.vatType === EXEMPT_DOCUMENT);
}

it('Green Invoice comes to the net, the VAT, the part without VAT and the total of our document', () => {
  fc.assert(
    fc.property(
      fc.array(item, { minLength: 1, maxLength: 8 }),
      fc.boolean(),
      fc.boolean(),
      fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 99 })),
      (items, vatIncluded, isAsAsked, off) => {
        const vatTreatment = 'standard' as const;
        const whole = pricedLines(items, { vatTreatment }).reduce((sum, { total }) => sum + total, 0);
        const discount = Math.floor((whole * off) / 100);
        const payment = { description: 'תשלום', items, discount, vatIncluded, vatTreatment } as const;
        const sold = pricedLines(items, payment);
        const sumOf = (taxed: boolean) =>
          sold
            .filter((line) => (line.vatTreatment === 'standard') === taxed)
            .reduce((sum, { total }) => sum + total, 0);
        const asked = sumOf(false) + (vatIncluded ? sumOf(true) : splitExclusive(sumOf(true), 1800).total);
        const amount = isAsAsked ? asked : asked + 1;
        const lines = linesOf(payment, amount, 1800);
        const split = splitOf(amount, lines, 1800);
        const order = toOrder({
          split,
          lines,
          pricesIncludeVat: vatIncluded,
          means: [plainMeans('card', amount)],
        });
        const exempt = lines.filter(({ vatTreatment }) => vatTreatment !== 'standard');
        expect(atTheService(order)).toEqual({
          ...{ net: split.net, vat: split.vat, total: split.total },
          exempt: exempt.reduce((sum, { total }) => sum + total, 0),
        });
      },
    ),
    { numRuns: 500 },
  );
});
