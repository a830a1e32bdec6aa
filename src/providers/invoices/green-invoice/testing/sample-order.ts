import { plainMeans } from '../../../../domain/means.ts';
import type { Means } from '../../../../domain/means.ts';
import { splitInclusive } from '../../../../domain/vat.ts';
import type { PushOrder } from '../../invoice-service.ts';
import { oneLine } from '../../testing/one-line.ts';
import { toDocumentBody } from '../map.ts';

/** An order of 350.50 by card, but for what a test changes. */
export const order = (changes: Partial<PushOrder> = {}): PushOrder => {
  const split = changes.split ?? splitInclusive(35_050, 1800);
  return {
    key: 'pay_example_1',
    id: 'doc_example_1',
    number: 7,
    displayNumber: '7',
    fiscalYear: 2026,
    documentType: 'payment_confirmation',
    documentDate: '2026-01-05',
    locale: 'he',
    currency: 'ILS',
    dealerType: 'osek_murshe',
    vatRegistered: true,
    split,
    ...oneLine(split),
    description: 'תשלום',
    vatTreatment: 'standard',
    customer: { name: 'Test Payer', taxId: null, email: null, phone: null, address: null },
    means: [plainMeans('card', split.total)],
    searchFrom: '2026-01-01',
    credits: null,
    ...changes,
  };
};

/** The request on the wire. */
export const sent = (changes: Partial<PushOrder> = {}) => JSON.stringify(toDocumentBody(order(changes)));
/** The request as the service reads it. */
export const read = (text: string) =>
  JSON.parse(text) as { vatType: number; income: Row[]; payment: Row[]; client: object };
export type Row = Record<string, unknown>;
/** The row of one means. */
export const paid = (means: Partial<Means>) =>
  read(sent({ means: [{ ...plainMeans('card', 35_050), ...means }] })).payment[0];
