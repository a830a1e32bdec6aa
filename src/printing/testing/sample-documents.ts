import { splitOf } from '../../domain/document-lines.ts';
import type { VatTreatment } from '../../domain/vat.ts';
import { plainMeans } from '../../domain/means.ts';
import { displayNumber } from '../../domain/tax-document.ts';
import type { DocumentContent } from '../../domain/document-content.ts';
import type { PrintableDocument } from '../page/printable-document.ts';

/** A receipt of an osek patur, for tests. Parts are replaced as a test needs. */
export function sampleReceipt(
  parts: Partial<Omit<PrintableDocument, 'content'>> & { readonly content?: Partial<DocumentContent> } = {},
): PrintableDocument {
  return {
    type: 'receipt',
    displayNumber: '1042',
    documentDate: '2026-01-05',
    createdAt: new Date('2026-01-05T08:11:40Z'),
    timeZone: 'Asia/Jerusalem',
    currency: 'ILS',
    split: { net: 35_000, vat: 0, total: 35_000, rateBp: 0 },
    status: 'issued',
    allocationNumber: null,
    legalNumber: null,
    copy: false,
    signature: null,
    logo: null,
    ...parts,
    content: { ...SAMPLE_CONTENT, ...parts.content },
  };
}

/** A tax invoice/receipt of a company with three items, paid in three instalments, for tests. */
export function sampleTaxInvoice(parts: Parameters<typeof sampleReceipt>[0] = {}): PrintableDocument {
  const card = plainMeans('card', 1_180_000);
  return sampleReceipt({
    type: 'tax_invoice_receipt',
    displayNumber: '88',
    split: { net: 1_000_000, vat: 180_000, total: 1_180_000, rateBp: 1800 },
    allocationNumber: '2026061000000000123456789',
    ...parts,
    content: {
      issuer: {
        ...SAMPLE_CONTENT.issuer,
        name: { he: 'סטודיו נגה בע"מ', en: 'Noga Studio Ltd.' },
        taxId: '514433229',
        dealerType: 'company',
        vatRegistered: true,
      },
      customer: {
        name: 'אורן ושות\' ייעוץ (1998) בע"מ',
        taxId: '513344556',
        taxIdKind: 'company',
        address: 'שדרות רוטשילד 45, תל אביב 6578401',
        phone: '03-555-0199',
      },
      lines: [
        line('סדנת צוות (4 שעות)', 2, 350_000),
        line('ייעוץ ארגוני – ליווי חודשי', 1, 400_000),
        line('חוברת עבודה', 16, 5_000),
      ],
      means: [
        {
          ...card,
          brand: 'Visa',
          last4: '4242',
          dealType: 'instalments',
          installments: 3,
          firstAmount: 393_400,
          restAmount: 393_300,
          approvalNumber: '0123456',
        },
      ],
      serviceDate: '2026-01-04',
      ...parts.content,
    },
  });
}

/** A tax invoice/receipt of these lines, prices with VAT, or what such a sale is titled, for tests. */
export function sampleSale(
  type: 'tax_invoice_receipt' | 'receipt',
  sold: Readonly<Partial<Record<VatTreatment, number>>>,
): PrintableDocument {
  const lines = Object.entries(sold).map(([treatment, total]) => ({
    ...line(SOLD[treatment as VatTreatment], 1, total),
    vatTreatment: treatment as VatTreatment,
  }));
  const total = lines.reduce((sum, one) => sum + one.total, 0);
  const split = splitOf(total, lines, 1800);
  const means = [plainMeans('card', total)];
  return sampleTaxInvoice({
    ...{ type, split, allocationNumber: null },
    content: { lines, means, vatReason: 'סעיף 31(4) לחוק מע"מ' },
  });
}

const SOLD: Readonly<Record<VatTreatment, string>> = {
  standard: 'ייעוץ',
  zero_rated: 'ייעוץ לתושב חוץ',
  exempt: 'השכרת דירה למגורים',
};

/** A credit of all of `sampleTaxInvoice` or of `sampleReceipt`, as its type says, for tests. */
export function sampleCredit(
  type: 'credit_invoice' | 'credit_receipt' | 'refund_confirmation',
  parts: Parameters<typeof sampleReceipt>[0] = {},
): PrintableDocument {
  const original = CREDITED[type];
  return (type === 'credit_invoice' ? sampleTaxInvoice : sampleReceipt)({
    type,
    displayNumber: displayNumber(type, 7),
    documentDate: '2026-02-11',
    createdAt: new Date('2026-02-11T14:02:00Z'),
    allocationNumber: null,
    ...parts,
    content: {
      credits: { ...original, documentDate: '2026-01-05' },
      refundReason: 'ביטול עסקה לבקשת הלקוח',
      ...parts.content,
    },
  });
}

const CREDITED = {
  credit_invoice: { type: 'tax_invoice_receipt', displayNumber: '88' },
  credit_receipt: { type: 'receipt', displayNumber: '1042' },
  refund_confirmation: { type: 'payment_confirmation', displayNumber: '311' },
} as const;

const SAMPLE_CONTENT: DocumentContent = {
  templateVersion: 1,
  locale: 'he',
  mode: 'live',
  issuer: {
    name: { he: 'קליניקת הגליל – רות לוי', en: 'Galilee Clinic – Ruth Levi' },
    taxId: '034512348',
    dealerType: 'osek_patur',
    vatRegistered: false,
    address: { street: 'רחוב הרצל', houseNumber: '12', city: 'חיפה', zip: '3312001', country: 'IL' },
  },
  customer: { name: 'דנה כהן', taxId: null, taxIdKind: 'private', address: null, phone: '+972-50-123-4567' },
  lines: [line('פגישה טיפולית', 1, 35_000)],
  pricesIncludeVat: true,
  means: [{ ...plainMeans('bit', 35_000), approvalNumber: '0098765' }],
  vatReason: null,
  reference: 'apt-2026-0017',
  paidAt: '2026-01-05T08:11:12.000Z',
  serviceDate: null,
  movedFromDay: null,
};

function line(description: string, quantity: number, unitPrice: number): DocumentContent['lines'][number] {
  return { description, quantity, unitPrice, total: quantity * unitPrice, vatTreatment: 'standard' };
}
