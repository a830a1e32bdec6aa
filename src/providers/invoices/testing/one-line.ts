import type { VatSplit, VatTreatment } from '../../../domain/vat.ts';
import type { PricedLine } from '../priced-lines.ts';

/** A document of one line, prices with VAT, without reasons: for tests. */
export const oneLine = ({ total }: VatSplit, vatTreatment: VatTreatment = 'standard') => ({
  lines: [
    { description: 'תשלום', quantity: 1, unitPrice: total, total, vatTreatment },
  ] as readonly PricedLine[],
  pricesIncludeVat: true,
  vatReason: null,
  refundReason: null,
});
