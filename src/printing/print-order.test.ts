import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { toDocumentHtml } from './page/document-html.ts';
import type { PrintableDocument } from './page/printable-document.ts';
import { createPrinter } from './browser/printer.ts';
import { printPdf } from './print-pdf.ts';
import { createReadBack, GET_POPPLER } from './testing/read-back.ts';
import type { ReadBack } from './testing/read-back.ts';
import { sampleCredit, sampleReceipt, sampleTaxInvoice } from './testing/sample-documents.ts';

const printer = createPrinter({ mayRunUncaged: true });
let tools: ReadBack;
beforeAll(async () => {
  tools = await createReadBack();
  if ((await tools.missing('pdftotext')).length > 0)
    throw new Error(`pdftotext is missing, and it alone tells the order of a PDF’s words: ${GET_POPPLER}`);
});
afterAll(async () => {
  await printer.close();
  await tools.close();
});

const readBack = async (document: PrintableDocument, ...options: string[]): Promise<string> =>
  tools.wordsOf(await printer.print(toDocumentHtml(document)), ...options);

describe('a printed document, read by a tool', () => {
  it('gives Hebrew sentences and what stands in them in the order of reading', async () => {
    const text = await readBack(
      sampleCredit('credit_invoice', {
        displayNumber: '88',
        createdAt: new Date('2026-01-05T08:11:40Z'),
        content: { movedFromDay: '2025-12-31', vatReason: 'סעיף 30(א)(5) לחוק מע"מ – תושב חוץ' },
      }),
    );
    for (const phrase of [
      'חשבונית מס זיכוי',
      'מספר 88',
      'עוסק מורשה / ח.פ. 514433229',
      'רחוב הרצל 12',
      'חיפה 3312001',
      'אורן ושות\' ייעוץ (1998) בע"מ',
      'שדרות רוטשילד 45, תל אביב 6578401',
      'טלפון 03-555-0199',
      '05/01/2026 10:11',
      'סדנת צוות (4 שעות)',
      'ייעוץ ארגוני – ליווי חודשי',
      '₪11,800.00',
      'Visa •••• 4242 · מספר תשלומים 3 · תשלום ראשון ₪3,934.00',
      'כל תשלום נוסף ₪3,933.00 · אישור 0123456',
      'זיכוי בגין חשבונית מס/קבלה 88 מיום 05/01/2026',
      'סיבת הזיכוי: ביטול עסקה לבקשת הלקוח',
      'סעיף 30(א)(5) לחוק מע"מ – תושב חוץ',
      'הוחזר ביום',
      '31/12/2025',
      'עמוד 1 מתוך 1',
    ])
      expect(text).toContain(phrase);
  });

  it('keeps figures of neighbouring columns apart and in order', async () => {
    const text = await readBack(sampleTaxInvoice(), '-layout');
    // A row is extracted in its order on paper, the last column first.
    expect(text).toMatch(/₪7,000\.00 ₪3,500\.00 2 סדנת צוות \(4 שעות\)/);
    expect(text).toMatch(/₪1,800\.00 מע"מ 18%/);
  });

  it('reads mixed text, an agora and ten million alike', async () => {
    const lines = [
      { description: 'Zoom – פגישה (50 דקות), 2 × 3 = 6; הנחה 50%!', quantity: 1, unitPrice: 1, total: 1 },
      {
        description: 'חבילת Deluxe "all-in", עד (₪10,000,000)',
        quantity: 1,
        unitPrice: 1_000_000_000,
        total: 1_000_000_000,
      },
    ].map((line) => ({ ...line, vatTreatment: 'standard' as const }));
    const customer = { ...sampleReceipt().content.customer, name: 'Smith & Sons (Ltd.)' };
    const text = await readBack(sampleReceipt({ content: { lines, customer } }));
    expect(text).toContain('Zoom – פגישה (50 דקות), 2 × 3 = 6; הנחה 50%!');
    expect(text).toContain('חבילת Deluxe "all-in", עד (₪10,000,000)');
    expect(text).toContain('Smith & Sons (Ltd.)');
    expect(text).toContain('₪0.01');
    expect(text).toContain('₪10,000,000.00');
  });

  it('reads an English page with Hebrew in it', async () => {
    const [line] = sampleReceipt().content.lines.map((one) => ({
      ...one,
      description: 'Meeting – פגישה ראשונה, weekly',
    }));
    const text = await readBack(
      sampleTaxInvoice({ copy: true, content: { locale: 'en', lines: line ? [line] : [] } }),
    );
    for (const phrase of [
      'Tax Invoice/Receipt',
      'No. 88',

      'Meeting – פגישה ראשונה, weekly',
      'Authorised dealer / Company no.',
      'עוסק מורשה',
      '514433229',
      'Total before VAT',
      'סה"כ לפני מע"מ',
      '5 January 2026 10:11',
      'Visa •••• 4242 · Instalments 3 · first ₪3,934.00 · each further ₪3,933.00',
      // The tool takes this page for an English one, and turns the figures of its Hebrew lines round.
      'כל תשלום נוסף',
      'Page 1 of 1',
    ])
      expect(text).toContain(phrase);
  });

  it('prints test mark, issuer, customer and number on every page of a long one', async () => {
    const lines = Array.from({ length: 100 }, (_, index) => ({
      description: `פגישה ${index + 1}`,
      quantity: 1,
      unitPrice: 350,
      total: 350,
      vatTreatment: 'standard' as const,
    }));
    const pages = (await readBack(sampleReceipt({ content: { lines, mode: 'test' } })))
      .split('\f')
      .slice(0, -1);
    expect(pages.length).toBeGreaterThan(2);
    pages.forEach((page, index) => {
      expect(page).toContain('בדיקה – אינו מסמך מס');
      for (const part of ['קבלה 1042', 'קליניקת הגליל – רות לוי', 'דנה כהן']) expect(page).toContain(part);
      expect(page).toContain(`עמוד ${index + 1} מתוך ${pages.length}`);
    });
  });

  it('ends at the foot of the last page, whatever the number of pages', async () => {
    const [one] = sampleReceipt().content.lines;
    if (one === undefined) throw new Error('the sample has no line');
    for (const count of [1, 40, 100]) {
      const lines = Array.from({ length: count }, () => one);
      const pdf = await printPdf(printer, sampleReceipt({ content: { lines } }), null);
      const pages = (await tools.wordsOf(pdf, '-bbox')).split('<page ').slice(1);
      // With places, the tool tells the letters as they stand on paper, from the left.
      const heightOf = (word: string, page = ''): number =>
        Number(
          new RegExp(`yMax="([\\d.]+)">[^<]*${Array.from(word).reverse().join('')}`).exec(page)?.[1] ?? 0,
        );
      const ends = pages.map((page) => heightOf('סוף', page));
      expect(ends.slice(0, -1).every((end) => end === 0)).toBe(true);
      // In points; the page has 842 and its margin 48.
      expect(ends.at(-1)).toBeGreaterThan(770);
      expect(heightOf('חתימה', pages.at(-1))).toBeGreaterThan(730);
    }
  });
});
