import { describe, expect, it } from '#jest';
import { toDocumentHtml } from './document-html.ts';
import { sampleCredit, sampleReceipt, sampleTaxInvoice } from '../testing/sample-documents.ts';
import { wordsOf } from '../testing/words-of.ts';

describe('an English document', () => {
  it('reads from left to right in English', () => {
    const page = toDocumentHtml(sampleReceipt({ content: { locale: 'en' } }));
    expect(page).toContain('<html lang="en" dir="ltr">');
    expect(page).toContain('<title>Receipt 1042 – Galilee Clinic – Ruth Levi</title>');
  });

  it('of an Israeli dealer says every word of ours in Hebrew too', () => {
    const hebrew = wordsOf(sampleTaxInvoice());
    const english = wordsOf(sampleTaxInvoice({ content: { locale: 'en' } }));
    for (const word of hebrew.match(/[\u05d0-\u05ea][\u05d0-\u05ea"/.]*/g) ?? [])
      if (!word.startsWith('עמוד') && !word.startsWith('מתוך')) expect(english).toContain(word);
    for (const word of ['Tax Invoice/Receipt', 'Original', 'Noga Studio Ltd.', 'סטודיו נגה בע"מ'])
      expect(english).toContain(word);
    expect(english).toContain('Total before VAT סה"כ לפני מע"מ ₪10,000.00');
  });

  it('mixes no two languages of ours on a line', () => {
    const words = wordsOf(sampleCredit('credit_receipt', { content: { locale: 'en' } }));
    expect(words).toContain('Credit for Receipt 1042 of 5 January 2026 זיכוי בגין קבלה 1042 מיום 05/01/2026');
    expect(words).toContain('Exempt dealer 034512348 עוסק פטור 034512348');
    expect(words).toContain('Approval 0098765 אישור 0098765');
  });

  it('says on the receipt of post-dated cheques and on their invoice, in both languages, what belongs to it', () => {
    const receipt = sampleTaxInvoice({
      type: 'receipt',
      content: { locale: 'en', invoiceDueOn: '2026-04-05' },
    });
    expect(wordsOf(receipt)).toContain(
      'A tax invoice will be issued on the due date, 5 April 2026 חשבונית מס תופק במועד הפירעון, 05/04/2026',
    );
    expect(wordsOf(receipt)).not.toContain('VAT');
    const invoices = { type: 'receipt', displayNumber: '7', documentDate: '2026-01-05' } as const;
    const invoice = sampleTaxInvoice({
      type: 'tax_invoice',
      content: { locale: 'en', invoices, movedFromDay: '2026-04-05' },
    });
    const words = wordsOf(invoice);
    expect(words).toContain(
      'Paid as receipted by Receipt 7 of 5 January 2026 התמורה התקבלה לפי קבלה 7 מיום 05/01/2026',
    );
    expect(words).toContain('Due date מועד הפירעון 5 April 2026');
  });

  it('of a foreign dealer says nothing in Hebrew', () => {
    const { issuer } = sampleReceipt().content;
    const words = wordsOf(
      sampleReceipt({
        currency: 'USD',
        content: {
          locale: 'en',
          issuer: {
            ...issuer,
            dealerType: 'foreign',
            address: { ...issuer.address, street: 'Main St', city: 'Portland' },
          },
          customer: { ...sampleReceipt().content.customer, name: 'Jo' },
          lines: [{ description: 'Talk', quantity: 1, unitPrice: 5, total: 5, vatTreatment: 'standard' }],
        },
      }),
    );
    expect(words).not.toMatch(/\p{Script=Hebrew}/u);
    expect(words).toContain('Talk 1 $0.05 $0.05');
  });
});

describe('the country of the issuer', () => {
  const from = (country: string, locale: 'he' | 'en'): string => {
    const { issuer } = sampleReceipt().content;
    return wordsOf(
      sampleReceipt({
        content: { locale, issuer: { ...issuer, address: { ...issuer.address, country } } },
      }),
    );
  };

  it.each([
    ['US', 'he', 'חיפה 3312001ארצות הברית'],
    ['US', 'en', 'חיפה 3312001United States'],
    ['IL', 'en', 'חיפה 3312001Israel'],
  ] as const)('%s on a page in %s is named in its language', (country, locale, words) =>
    expect(from(country, locale)).toContain(words),
  );

  it('is left out on a Hebrew page of an Israeli business', () => {
    const words = from('IL', 'he');
    expect(words).toContain('חיפה 3312001');
    expect(words).not.toMatch(/ישראל|Israel|\bIL\b/);
  });
});
