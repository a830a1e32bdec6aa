import { describe, expect, it } from '#jest';
import { plainMeans } from '../../domain/means.ts';
import type { Means, MeansMethod } from '../../domain/means.ts';
import { DOCUMENT_TYPES } from '../../domain/tax-document.ts';
import type { DocumentType } from '../../domain/tax-document.ts';
import { toIsraeliTaxId } from '../../domain/workspace.ts';
import { toDocumentHtml } from './document-html.ts';
import type { PrintableDocument } from './printable-document.ts';
import { sampleCredit, sampleReceipt, sampleTaxInvoice } from '../testing/sample-documents.ts';
import { wordsOf } from '../testing/words-of.ts';

const ofType = (type: DocumentType, parts: Parameters<typeof sampleReceipt>[0] = {}): PrintableDocument => {
  if (type === 'credit_invoice' || type === 'credit_receipt' || type === 'refund_confirmation')
    return sampleCredit(type, parts);
  return (type === 'tax_invoice_receipt' ? sampleTaxInvoice : sampleReceipt)({ type, ...parts });
};

describe('what the law wants on each document', () => {
  it.each<[DocumentType, string]>([
    ['receipt', 'קבלה'],
    ['tax_invoice', 'חשבונית מס'],
    ['tax_invoice_receipt', 'חשבונית מס/קבלה'],
    ['payment_confirmation', 'אישור תשלום'],
    ['credit_receipt', 'קבלת זיכוי'],
    ['credit_invoice', 'חשבונית מס זיכוי'],
    ['refund_confirmation', 'אישור החזר'],
  ])('a %s is titled %s', (type, title) => {
    expect(toDocumentHtml(ofType(type))).toContain(`<h1><bdi dir="rtl">${title}</bdi>`);
  });

  it('every document names number, issuer with address and id, customer, both dates, lines, total and means', () => {
    for (const type of DOCUMENT_TYPES) {
      const document = ofType(type);
      const words = wordsOf(document);
      const { issuer, customer, reference, lines } = document.content;
      expect(words).toContain(`מספר ${document.displayNumber}`);
      for (const part of [
        issuer.name.he,
        issuer.taxId,
        'רחוב הרצל 12',
        'חיפה 3312001',
        customer.name,
        reference,
      ])
        expect(words).toContain(part);
      expect(words).toMatch(/תאריך המסמך (05\/01|11\/02)\/2026/);
      expect(words).toMatch(/הופק בתאריך (05\/01\/2026 10:11|11\/02\/2026 16:02)/);
      for (const line of lines) expect(words).toContain(line.description);
      expect(words).toMatch(/סה"כ (התקבל|לתשלום|שולם|זיכוי|הוחזר) ₪/);
      // A tax invoice is of the sale alone: its receipt names the means.
      if (type === 'tax_invoice') continue;
      expect(words).toMatch(/אמצעי תשלום פרטים סכום (ביט אישור 0098765|כרטיס אשראי Visa)/);
    }
  });

  it('ids of Israelis keep the zeros in front, the issuer’s and the customer’s', () => {
    for (const type of DOCUMENT_TYPES) {
      const document = ofType(type);
      const { content } = document;
      const issuer = { ...content.issuer, taxId: toIsraeliTaxId('34512343') ?? '' };
      const customer = { ...content.customer, taxId: toIsraeliTaxId('18010') };
      const words = wordsOf({ ...document, content: { ...content, issuer, customer } });
      expect(words).toMatch(/(?<!\d)034512343(?!\d)/);
      expect(words).toMatch(/(?<!\d)000018010(?!\d)/);
    }
  });

  it('a tax invoice shows the net sum, the rate, the VAT and the total, apart', () => {
    const words = wordsOf(sampleTaxInvoice());
    expect(words).toContain('סה"כ לפני מע"מ ₪10,000.00');
    expect(words).toContain('מע"מ 18% ₪1,800.00');
    expect(words).toContain('סה"כ שולם ₪11,800.00');
    expect(words).toContain('סדנת צוות (4 שעות) 2 ₪3,500.00 ₪7,000.00');
    expect(words).toContain('מחיר יחידה כולל מע"מ');
  });

  it('prices before VAT say so', () => {
    const words = wordsOf(sampleTaxInvoice({ content: { pricesIncludeVat: false } }));
    expect(words).toContain('מחיר יחידה לפני מע"מ');
    expect(words).not.toContain('כולל מע"מ');
  });

  it('a dealer who is not registered says nothing of VAT', () => {
    expect(wordsOf(sampleReceipt())).not.toContain('מע"מ');
  });

  it.each([
    ['osek_patur', false, 'עוסק פטור 034512348'],
    ['osek_murshe', true, 'עוסק מורשה 034512348'],
    ['company', true, 'עוסק מורשה / ח.פ. 034512348'],
    ['amuta', false, 'ע.ר. 034512348'],
    ['amuta', true, 'עוסק מורשה / ע.ר. 034512348'],
  ] as const)('the number of an %s (registered: %s) stands as %s', (dealerType, vatRegistered, printed) => {
    const { issuer } = sampleReceipt().content;
    expect(
      wordsOf(sampleReceipt({ content: { issuer: { ...issuer, dealerType, vatRegistered } } })),
    ).toContain(printed);
  });

  it('a credit names the credited document, its day and the reason', () => {
    const words = wordsOf(ofType('credit_invoice'));
    expect(words).toContain('זיכוי בגין חשבונית מס/קבלה 88 מיום 05/01/2026');
    expect(words).toContain('סיבת הזיכוי: ביטול עסקה לבקשת הלקוח');
  });

  it('the copy of a credit invoice has a block for the customer to sign, and nothing else has', () => {
    const block = 'אישור הלקוח על קבלת חשבונית הזיכוי שם תאריך חתימה';
    expect(wordsOf(ofType('credit_invoice', { copy: true }))).toContain(block);
    const others = DOCUMENT_TYPES.filter((type) => type !== 'credit_invoice').map((type) =>
      ofType(type, { copy: true }),
    );
    for (const other of [...others, ofType('credit_invoice')])
      expect(wordsOf(other)).not.toContain('אישור הלקוח');
  });

  it('a credit that does not name its document is refused', () => {
    expect(() => toDocumentHtml(sampleReceipt({ type: 'credit_receipt' }))).toThrow(/^content\.credits: /);
  });

  it('a confirmation says that it is no tax document, and only a confirmation', () => {
    const saying = DOCUMENT_TYPES.filter((type) => wordsOf(ofType(type)).includes('אינו מסמך מס'));
    expect(saying).toEqual(['payment_confirmation', 'refund_confirmation']);
  });

  it('an unsigned document is never called a computerised one', () => {
    for (const type of DOCUMENT_TYPES) expect(wordsOf(ofType(type))).not.toContain('ממוחשב');
  });

  it('money that went back says how it went back', () => {
    expect(wordsOf(ofType('credit_receipt'))).toContain('פרטי ההחזר');
    expect(wordsOf(ofType('receipt'))).toContain('פרטי התשלום');
  });

  it('the logo stands in the page, told by the issuer’s name', () => {
    const png = Buffer.from('not looked at here');
    expect(toDocumentHtml(sampleReceipt({ logo: { png } }))).toContain(
      `alt="קליניקת הגליל – רות לוי" src="data:image/png;base64,${png.toString('base64')}"`,
    );
    expect(toDocumentHtml(sampleReceipt())).not.toContain('<img');
  });
});

describe('marks', () => {
  it('says original once and copy on the others', () => {
    expect(wordsOf(sampleReceipt())).toContain('מקור');
    const copy = wordsOf(sampleReceipt({ copy: true }));
    expect(copy).toContain('העתק');
    expect(copy).not.toContain('מקור');
  });

  it('marks what is cancelled', () => {
    expect(wordsOf(sampleReceipt({ status: 'cancelled' }))).toContain('מבוטל');
    expect(wordsOf(sampleReceipt())).not.toContain('מבוטל');
  });

  it('prints the nine last digits of an allocation number, or that it is awaited', () => {
    const words = wordsOf(sampleTaxInvoice());
    expect(words).toContain('מספר הקצאה 123456789');
    expect(words).not.toContain('2026061000000000123456789');
    const held = wordsOf(sampleTaxInvoice({ status: 'allocation_required', allocationNumber: null }));
    expect(held).toContain('ממתין למספר הקצאה');
  });

  it('a test says so in Hebrew, whatever its language', () => {
    expect(wordsOf(sampleReceipt({ content: { mode: 'test' } }))).toContain('בדיקה – אינו מסמך מס');
    expect(wordsOf(sampleReceipt({ content: { mode: 'test', locale: 'en' } }))).toContain(
      'בדיקה – אינו מסמך מס',
    );
    expect(wordsOf(sampleReceipt())).not.toContain('בדיקה');
  });

  it('tells the day of payment beside its own where they differ', () => {
    const moved = { content: { movedFromDay: '2025-12-31' } };
    expect(wordsOf(sampleReceipt(moved))).toContain('תאריך המסמך 05/01/2026 התקבל ביום 31/12/2025');
    expect(wordsOf(sampleCredit('credit_receipt', moved))).toContain('11/02/2026 הוחזר ביום 31/12/2025');
    expect(wordsOf(sampleReceipt())).not.toContain('התקבל ביום');
  });

  it('tells why a line bears no VAT, and how much of the sum it is', () => {
    const lines = sampleTaxInvoice().content.lines.map((line, index) =>
      index === 0 ? { ...line, vatTreatment: 'zero_rated' as const } : line,
    );
    const words = wordsOf(sampleTaxInvoice({ content: { lines, vatReason: 'סעיף 30(א)(5) לחוק' } }));
    expect(words).toContain('מע"מ בשיעור אפס');
    expect(words).toContain('סכום בשיעור מע"מ אפס ₪7,000.00');
    expect(words).toContain('סעיף 30(א)(5) לחוק');
  });
});

describe('a computerised document', () => {
  const paidBy = (...methods: MeansMethod[]): { content: { means: Means[] } } => ({
    content: { means: methods.map((method) => plainMeans(method, 1)) },
  });
  const isCalledSo = (document: PrintableDocument): boolean => wordsOf(document).includes('מסמך ממוחשב');

  it('is signed in the file and not by hand', () => {
    const words = wordsOf(sampleTaxInvoice({ signature: 'secured' }));
    expect(words).toContain('מקור מסמך ממוחשב');
    expect(words).toContain('המסמך חתום בחתימה אלקטרונית');
    expect(words).not.toContain('חתימה סוף');
    expect(wordsOf(sampleTaxInvoice())).toContain('חתימה סוף');
  });

  it.each<[MeansMethod, boolean]>([
    ['card', true],
    ['apple_pay', true],
    ['bank_transfer', true],
    ['withheld', true],
    ['cash', false],
    ['check', false],
    ['bit', false],
    ['other', false],
  ])('paid by %s, with a secured signature: %s', (method, expected) => {
    expect(isCalledSo(sampleReceipt({ signature: 'secured', ...paidBy('card', method) }))).toBe(expected);
    expect(isCalledSo(sampleReceipt({ signature: 'certified', ...paidBy('card', method) }))).toBe(true);
  });

  it('is none of the confirmations, and none of a foreign dealer', () => {
    const called = DOCUMENT_TYPES.filter((type) => isCalledSo(ofType(type, { signature: 'certified' })));
    expect(called).toEqual([
      'receipt',
      'tax_invoice',
      'tax_invoice_receipt',
      'credit_receipt',
      'credit_invoice',
    ]);
    const issuer = { ...sampleReceipt().content.issuer, dealerType: 'foreign' as const };
    expect(isCalledSo(sampleReceipt({ signature: 'certified', content: { issuer } }))).toBe(false);
  });
});
