import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { plainMeans } from '../domain/means.ts';
import type { DealerType } from '../domain/workspace.ts';
import type { PrintableDocument } from './page/printable-document.ts';
import { printPdf } from './print-pdf.ts';
import { createPrinter } from './browser/printer.ts';
import { createReadBack, GET_POPPLER } from './testing/read-back.ts';
import type { ReadBack } from './testing/read-back.ts';
import { sampleCredit, sampleReceipt, sampleSale, sampleTaxInvoice } from './testing/sample-documents.ts';

const printer = createPrinter({ mayRunUncaged: true });
let tools: ReadBack;
beforeAll(async () => {
  tools = await createReadBack();
  if ((await tools.missing('pdftotext')).length > 0)
    throw new Error(`pdftotext is missing, and only it reads what was really printed: ${GET_POPPLER}`);
});
afterAll(async () => {
  await printer.close();
  await tools.close();
});

const wordsOn = async (document: PrintableDocument): Promise<string> =>
  tools.wordsOf(await printPdf(printer, document, null));

const by = (dealerType: DealerType, vatRegistered: boolean) => ({
  issuer: { ...sampleReceipt().content.issuer, dealerType, vatRegistered },
});

/**
 * On every document: issuer with number and address, number and days of the document, payer, purpose, means.
 * Source: docs/reference/israel-tax.md, "What a document says".
 */
const ALWAYS = [
  'רחוב הרצל 12',
  'חיפה 3312001',
  'תאריך המסמך',
  'הופק בתאריך',
  'לכבוד',
  'תיאור',
  'כמות',
  'סוף המסמך',
];
const OF_CONFIRMATION = ['034512348', 'דנה כהן', 'פגישה טיפולית', 'ביט', 'אישור 0098765', '₪350.00'];
const OF_RECEIPT = [...OF_CONFIRMATION, 'מחיר יחידה'];
const BEFORE_VAT = [7_000_00, 3_000_00].map((total) => ({
  ...{ description: 'ייעוץ', quantity: 1, unitPrice: total, total },
  vatTreatment: 'standard' as const,
}));
const OF_INVOICE = [
  'מחיר יחידה',
  '514433229',
  'אורן ושות\' ייעוץ (1998) בע"מ',
  'ח.פ. 513344556',
  'שדרות רוטשילד 45, תל אביב 6578401',
  'סדנת צוות (4 שעות)',
  'סה"כ לפני מע"מ',
  '₪10,000.00',
  'מע"מ 18%',
  '₪1,800.00',
  '₪11,800.00',
  'כרטיס אשראי',
  'Visa •••• 4242',
];

describe('what the law wants on a document is on the paper', () => {
  it.each<[string, PrintableDocument, string[], string[]]>([
    [
      'a receipt of an osek patur',
      sampleReceipt(),
      [...OF_RECEIPT, 'קבלה', 'מספר 1042', 'עוסק פטור 034512348', 'מקור', 'סה"כ שולם', 'חתימה'],
      ['מע"מ', 'חשבונית', 'עוסק מורשה', 'העתק', 'ממוחשב'],
    ],
    [
      'a receipt of an amuta',
      sampleReceipt({ content: by('amuta', false) }),
      [...OF_RECEIPT, 'קבלה', 'ע.ר. 034512348', 'מקור'],
      ['מע"מ', 'חשבונית', 'עוסק מורשה'],
    ],
    [
      'a tax invoice/receipt of a company',
      sampleTaxInvoice(),
      [
        ...OF_INVOICE,
        'חשבונית מס/קבלה',
        'מספר 88',
        'עוסק מורשה / ח.פ. 514433229',
        'מקור',
        'סה"כ שולם',
        'מספר הקצאה',
        '123456789',
        'חתימה',
      ],
      ['העתק', 'ממוחשב', '2026061000000000123456789'],
    ],
    [
      'a tax invoice/receipt of an osek murshe',
      sampleTaxInvoice({ content: { ...by('osek_murshe', true) } }),
      ['חשבונית מס/קבלה', 'עוסק מורשה 034512348', 'מע"מ 18%', 'סה"כ לפני מע"מ'],
      ['עוסק פטור', 'ח.פ. 034512348'],
    ],
    [
      'an invoice of lines with VAT, zero-rated and exempt',
      sampleSale('tax_invoice_receipt', { standard: 118_000, zero_rated: 70_000, exempt: 50_000 }),
      [
        'חשבונית מס/קבלה',
        'סכום חייב במע"מ',
        '₪1,000.00',
        'סכום בשיעור מע"מ אפס',
        '₪700.00',
        'סכום פטור ממע"מ',
        '₪500.00',
        'סה"כ לפני מע"מ',
        '₪2,200.00',
        'מע"מ 18%',
        '₪180.00',
        'סה"כ שולם',
        '₪2,380.00',
        'סעיף 31(4) לחוק מע"מ',
        'כולל מע"מ',
      ],
      [],
    ],
    [
      'an exempt-only sale of a dealer with VAT',
      sampleSale('receipt', { exempt: 50_000 }),
      ['חשבונית עסקה/קבלה', 'סכום פטור ממע"מ', '₪500.00', 'פטור ממע"מ', 'עוסק מורשה', 'סעיף 31(4) לחוק מע"מ'],
      ['חשבונית מס', 'כולל מע"מ', 'סה"כ לפני מע"מ', '18%', '0%'],
    ],
    [
      'a zero-rated sale, which is taxable',
      sampleSale('tax_invoice_receipt', { zero_rated: 70_000 }),
      ['חשבונית מס/קבלה', 'סה"כ לפני מע"מ', '₪700.00', 'מע"מ 0%', '₪0.00', 'סה"כ שולם', '₪700.00'],
      ['כולל מע"מ', 'סכום חייב', '18%'],
    ],
    [
      'a credit invoice',
      sampleCredit('credit_invoice'),
      [
        ...OF_INVOICE,
        'חשבונית מס זיכוי',
        'מספר 7',
        'זיכוי בגין חשבונית מס/קבלה 88 מיום 05/01/2026',
        'סיבת הזיכוי: ביטול עסקה לבקשת הלקוח',
        'סה"כ זיכוי',
        'פרטי ההחזר',
        '11/02/2026',
      ],
      ['מספר הקצאה', 'סה"כ שולם', '-₪'],
    ],
    [
      'a credit receipt',
      sampleCredit('credit_receipt'),
      [
        ...OF_RECEIPT,
        'קבלת זיכוי',
        'מספר CR7',
        'זיכוי בגין קבלה 1042 מיום 05/01/2026',
        'סיבת הזיכוי:',
        'סה"כ זיכוי',
      ],
      ['מע"מ', '-₪'],
    ],
    [
      'a payment confirmation',
      sampleReceipt({ type: 'payment_confirmation' }),
      [...OF_CONFIRMATION, 'אישור תשלום', 'מסמך זה אינו מסמך מס', 'סה"כ שולם'],
      ['קבלה', 'חתימה', 'ממוחשב', 'מקור', 'העתק', 'עוסק', 'המסמך החוקי'],
    ],
    [
      'a confirmation of a dealer who bears VAT, with prices before it, once the service has the invoice',
      sampleTaxInvoice({
        type: 'payment_confirmation',
        allocationNumber: null,
        legalNumber: '60001',
        copy: true,
        content: { pricesIncludeVat: false, vatReason: 'לקוח חוץ', lines: BEFORE_VAT },
      }),
      [
        'מסמך זה אינו מסמך מס',
        'המסמך החוקי הופק בשירות החשבוניות: חשבונית מס/קבלה 60001',
        '₪8,260.00',
        '₪3,540.00',
        'סה"כ שולם',
        '₪11,800.00',
      ],
      ['מקור', 'העתק', 'מע"מ', '18%', 'עוסק', 'ח.פ. 514433229', 'מחיר יחידה', '₪7,000.00', '₪10,000.00'],
    ],
    [
      'a refund confirmation',
      sampleCredit('refund_confirmation'),
      [
        ...OF_CONFIRMATION,
        'אישור החזר',
        'מספר RC7',
        'מסמך זה אינו מסמך מס',
        'זיכוי בגין אישור תשלום 311',
        'סה"כ הוחזר',
      ],
      ['חתימה', '-₪', 'מקור', 'העתק', 'עוסק'],
    ],
    [
      'a receipt for a cheque',
      sampleReceipt({
        content: {
          means: [
            {
              ...plainMeans('check', 35_000),
              check: {
                bank: '12',
                branch: '600',
                account: '123456',
                number: '5000123',
                dueDate: '2026-01-05',
              },
            },
          ],
        },
      }),
      ['מספר המחאה 5000123', 'בנק 12', 'סניף 600', 'חשבון 123456', 'לפירעון 05/01/2026'],
      [],
    ],
    ['a copy', sampleReceipt({ copy: true }), ['העתק'], ['מקור']],
    [
      'what waits for its allocation number',
      sampleTaxInvoice({
        status: 'allocation_required',
        allocationNumber: null,
        copy: true,
        signature: 'certified',
      }),
      ['ממתין למספר הקצאה'],
      ['123456789', 'מקור', 'ממוחשב'],
    ],
    ['what is cancelled', sampleReceipt({ status: 'cancelled', copy: true }), ['מבוטל', 'העתק'], ['מקור']],
    [
      'a computerised document',
      sampleTaxInvoice({ signature: 'secured' }),
      ['מסמך ממוחשב', 'המסמך חתום בחתימה אלקטרונית', 'מקור'],
      [],
    ],
  ])('%s', async (_name, document, says, saysNot) => {
    const words = await wordsOn(document);
    for (const phrase of [...ALWAYS, ...says]) expect(words).toContain(phrase);
    for (const phrase of saysNot) expect(words).not.toContain(phrase);
  });

  it('an Israeli dealer’s English document says what the law names in both languages', async () => {
    const words = await wordsOn(sampleTaxInvoice({ content: { locale: 'en' }, signature: 'secured' }));
    for (const phrase of [
      'Tax Invoice/Receipt',
      'חשבונית מס',
      'Original',
      'מקור',
      'Computerised document',
      'מסמך ממוחשב',
      'Noga Studio Ltd.',
      'סטודיו נגה בע"מ',
      'Total before VAT',
      'סה"כ לפני מע"מ',
      'VAT 18%',
      'Authorised dealer / Company no. 514433229',
      'Allocation number',
      'מספר הקצאה',
    ])
      expect(words).toContain(phrase);
    // Of a page in two languages pdftotext guesses the direction, and writes figures behind or before Hebrew words.
    expect(words).toMatch(/מע"מ 18%|18% מע"מ/);
    expect(words).toMatch(/עוסק מורשה \/ ח\.פ\. 514433229|514433229 \.פ\. ח\/ עוסק מורשה/);
  });
});
