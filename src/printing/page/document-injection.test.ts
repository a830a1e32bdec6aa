import { describe, expect, it } from '#jest';
import { plainMeans } from '../../domain/means.ts';
import { toDocumentHtml } from './document-html.ts';
import type { PrintableDocument } from './printable-document.ts';
import { sampleTaxInvoice } from '../testing/sample-documents.ts';

describe('a customer’s text in a document', () => {
  const attacks = [
    '<iframe src=file:///etc/passwd></iframe>',
    '"><script>alert(1)</script>',
    "'</style><img src=x>",
  ];

  it.each(attacks)('%s stays text in every field', (attack) => {
    const page = toDocumentHtml(fullOf(attack));
    expect(page).not.toContain(attack);
    expect(page).not.toMatch(/<(iframe|script|img)/i);
    expect(page.match(/<\/style>/g)).toHaveLength(1);
    const escaped = attack
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;');
    const marked = page.replace(/[\u200e\u200f]/g, '');
    expect(marked.split(escaped)).toHaveLength(TEXT_FIELDS + 1);
  });

  it('the same document makes the same page', () => {
    expect(toDocumentHtml(sampleTaxInvoice())).toBe(toDocumentHtml(sampleTaxInvoice()));
  });

  it('a page needs nothing from outside', () => {
    const page = toDocumentHtml(sampleTaxInvoice());
    expect(page).not.toMatch(/(https?|file):/);
    expect(page).toContain('default-src &#39;none&#39;');
    expect(page.match(/url\(data:font\/woff2;base64,/g)).toHaveLength(4);
  });
});

/** Places where `fullOf` prints its text: 2 in the page's title, 6 about the issuer and number, 5 about the customer, 2 of the credit, 10 in the tables and notes. */
const TEXT_FIELDS = 25;

function fullOf(text: string): PrintableDocument {
  const means = {
    ...plainMeans('card', 1),
    brand: text,
    last4: text,
    wallet: text,
    approvalNumber: text,
    check: { bank: text, branch: text, account: text, number: text, dueDate: '2026-01-05' },
  };
  return sampleTaxInvoice({
    type: 'credit_invoice',
    displayNumber: text,
    allocationNumber: null,
    content: {
      issuer: {
        ...sampleTaxInvoice().content.issuer,
        name: { he: text, en: text },
        taxId: text,
        address: { street: text, houseNumber: '', city: text, zip: '', country: text },
      },
      customer: { name: text, taxId: text, taxIdKind: 'company', address: text, phone: text },
      lines: [{ description: text, quantity: 1, unitPrice: 1, total: 1, vatTreatment: 'exempt' }],
      means: [means],
      vatReason: text,
      reference: text,
      credits: { type: 'tax_invoice_receipt', displayNumber: text, documentDate: '2026-01-05' },
      refundReason: text,
    },
  });
}
