import type { DocumentContent } from '../../domain/document-content.ts';
import { pricedLines, splitOf, untaxedIn } from '../../domain/document-lines.ts';
import { plainMeans } from '../../domain/means.ts';
import { shekelSums } from '../../domain/shekel-sums.ts';
import { sumMinor } from '../../domain/money.ts';
import { splitExclusive } from '../../domain/vat.ts';
import type { PrintableDocument } from '../page/printable-document.ts';
import { sampleCredit, sampleReceipt, sampleSale, sampleTaxInvoice } from './sample-documents.ts';

/**
 * Documents with an approved look, by the name of the picture, for tests: every kind, and what is hard to typeset.
 */
export function toLookSamples(logos: {
  readonly bars: Buffer;
  readonly seal: Buffer;
}): Readonly<Record<string, PrintableDocument>> {
  return {
    receipt: sampleReceipt(),
    'tax-invoice': sampleTaxInvoice({ signature: 'secured', logo: { png: logos.bars } }),
    bilingual: sampleTaxInvoice({ content: { locale: 'en' }, signature: 'secured' }),
    'bilingual-logo': sampleReceipt({ content: { locale: 'en' }, logo: { png: logos.seal } }),
    'bilingual-marks': bilingualMarks(),
    foreign: foreign(),
    'other-currency': otherCurrency(),
    'credit-invoice': sampleCredit('credit_invoice', { copy: true }),
    'credit-bilingual': sampleCredit('credit_receipt', { content: { locale: 'en' } }),
    // The fullest usual page: both languages, a banner, and the block for the customer. It fits one sheet.
    'credit-to-confirm': sampleCredit('credit_invoice', {
      copy: true,
      content: { locale: 'en', mode: 'test' },
    }),
    'test-confirmation': sampleReceipt({ type: 'payment_confirmation', content: { mode: 'test' } }),
    'three-bases': sampleSale('tax_invoice_receipt', {
      standard: 118_000,
      zero_rated: 70_000,
      exempt: 50_000,
    }),
    'exempt-sale': sampleSale('receipt', { exempt: 50_000 }),
    'pushed-confirmation': sampleTaxInvoice({
      ...{ type: 'payment_confirmation', allocationNumber: null, legalNumber: '60001', copy: true },
    }),
    awaiting: sampleTaxInvoice({ status: 'allocation_required', allocationNumber: null, copy: true }),
    'cancelled-copy': sampleReceipt({ status: 'cancelled', copy: true }),
    discounts: discounts(),
    'discounts-bilingual': discounts({ locale: 'en', pricesIncludeVat: false }),
    'patient-named': patientNamed(),
    cheque: cheque(),
    'cheques-receipt': postdated().receipt,
    'cheques-invoice': postdated().invoice,
    'long-names': longNames(),
    'mixed-scripts': mixedScripts(),
    amounts: amounts(),
    'forty-lines': fortyLines(),
  };
}

const WORDS =
  'ליווי תהליך שינוי ארגוני, הכשרת מנהלים (דרג ביניים) ומפגשי המשך עם צוות Customer Success בשיתוף "המרכז לפיתוח"';

function line(description: string, quantity: number, unitPrice: number) {
  return { description, quantity, unitPrice, total: quantity * unitPrice, vatTreatment: 'standard' as const };
}

function foreign(): PrintableDocument {
  const { issuer, customer } = sampleReceipt().content;
  const address = { street: 'Main St', houseNumber: '12', city: 'Portland', zip: '04101', country: 'US' };
  return sampleReceipt({
    currency: 'USD',
    split: { net: 123_456, vat: 0, total: 123_456, rateBp: 0 },
    content: {
      locale: 'en',
      issuer: {
        ...issuer,
        name: { he: 'Harbor Talk', en: 'Harbor Talk LLC' },
        dealerType: 'foreign',
        address,
      },
      customer: { ...customer, name: 'Jo Ann O’Brien', phone: null, address: '7 Elm St, Portland, US' },
      lines: [line('Coaching, six sessions', 6, 20_576)],
      means: [{ ...plainMeans('card', 123_456), brand: 'Mastercard', last4: '4444' }],
    },
  });
}

/** A zero-rated invoice in dollars, with its shekels. */
function otherCurrency(): PrintableDocument {
  const lines = [{ ...line('Research report', 1, 120_000), vatTreatment: 'zero_rated' as const }];
  const split = { net: 120_000, vat: 0, total: 120_000, rateBp: 0 };
  const means = [plainMeans('bank_transfer', 120_000)];
  const { customer } = sampleTaxInvoice().content;
  const ils = shekelSums(
    { currency: 'USD', split, content: { lines, means, pricesIncludeVat: true } },
    { rate: 3_715_200, day: '2026-01-02' },
  );
  return sampleTaxInvoice({
    ...{ currency: 'USD', split, allocationNumber: null },
    content: {
      ...{ lines, means, ils, locale: 'en', vatReason: 'Section 30(a)(5)' },
      customer: { ...customer, name: 'Harbor Talk LLC', taxId: null, taxIdKind: 'private' },
    },
  });
}

/** Hours in parts, a line with a discount of its own, a line without VAT, and a discount of the whole. */
function discounts(content: Partial<DocumentContent> = {}): PrintableDocument {
  const { pricesIncludeVat = true } = content;
  const items = [
    { description: 'ייעוץ (שעות)', quantity: 12.25, unitPrice: 40_000, discount: 40_000 },
    { description: 'בד לפי מטר', quantity: 3.3333, unitPrice: 5_990 },
    { description: 'ספר', quantity: 2, unitPrice: 9_000, vatTreatment: 'exempt' as const },
  ];
  const lines = pricedLines(items, { discount: 30_000, vatTreatment: 'standard' });
  const sum = sumMinor(lines.map(({ total }) => total));
  const total = pricesIncludeVat ? sum : sum + splitExclusive(sum - untaxedIn(lines), 1800).vat;
  return sampleTaxInvoice({
    ...{ split: splitOf(total, lines, 1800), allocationNumber: null },
    content: { lines, means: [plainMeans('card', total)], vatReason: 'סעיף 31(4) לחוק מע"מ', ...content },
  });
}

function patientNamed(): PrintableDocument {
  const sessionDates = Array.from(
    { length: 9 },
    (_, week) => `2026-01-${String(week * 3 + 1).padStart(2, '0')}`,
  );
  return sampleReceipt({
    content: { treated: { patient: { name: 'נועה Levi לוי', taxId: '000000018' }, sessionDates } },
  });
}

/** Banners, a patient, a cheque and a card of equal instalments, in both languages. */
function bilingualMarks(): PrintableDocument {
  const [card] = sampleTaxInvoice().content.means.map((one) => ({
    ...one,
    firstAmount: 10_000,
    restAmount: 10_000,
  }));
  const { treated } = patientNamed().content;
  const means = [...cheque().content.means, ...(card ? [{ ...card, amount: 30_000 }] : [])];
  const content = {
    means,
    movedFromDay: '2025-12-31',
    locale: 'en',
    mode: 'test',
    ...(treated ? { treated } : {}),
  } as const;
  return sampleReceipt({ status: 'cancelled', copy: true, content });
}

function cheque(): PrintableDocument {
  const check = { bank: '12', branch: '600', account: '123456', number: '5000123', dueDate: '2026-01-05' };
  const means = [
    { ...plainMeans('check', 30_000), check },
    plainMeans('cash', 4_000),
    { ...plainMeans('bank_transfer', 1_000), approvalNumber: '77120' },
  ];
  return sampleReceipt({ content: { means, movedFromDay: '2025-12-31' } });
}

/** The receipt of two post-dated cheques and the tax invoice that followed on their day, in both languages. */
function postdated(): { readonly receipt: PrintableDocument; readonly invoice: PrintableDocument } {
  const dueOn = '2026-04-05';
  const check = { bank: '12', branch: '600', account: '123456', number: '5000123', dueDate: dueOn };
  const half = plainMeans('check', 590_000);
  const means = [
    { ...half, check },
    { ...half, check: { ...check, number: '5000124' } },
  ];
  const [total, rateBp] = [1_180_000, 0];
  const lines = [line('סדנת צוות (4 שעות)', 1, total)];
  const receipt = sampleTaxInvoice({
    ...{ type: 'receipt', split: { net: total, vat: 0, total, rateBp }, allocationNumber: null },
    content: { locale: 'en', lines, means, invoiceDueOn: dueOn, serviceDate: null },
  });
  const invoices = {
    type: 'receipt',
    displayNumber: receipt.displayNumber,
    documentDate: '2026-01-05',
  } as const;
  const invoice = sampleTaxInvoice({
    ...{ type: 'tax_invoice', displayNumber: '12', documentDate: '2026-04-07' },
    ...{ createdAt: new Date('2026-04-07T03:00:10Z') },
    content: { locale: 'en', invoices, means: [], movedFromDay: dueOn, serviceDate: null },
  });
  return { receipt, invoice };
}

function longNames(): PrintableDocument {
  const long =
    'העמותה לקידום הטיפול באמנות, בתנועה ובמוזיקה ביישובי הגליל העליון והעמקים (מיסודן של שלוש אגודות) ';
  const { issuer, customer } = sampleTaxInvoice().content;
  return sampleTaxInvoice({
    displayNumber: '1234567890',
    content: {
      issuer: { ...issuer, name: { he: `${long}${long}`.trim(), en: 'Long' }, dealerType: 'amuta' },
      customer: {
        ...customer,
        name: `${long}Association for Art Therapy in the Upper Galilee (A.R.T.) ${'א'.repeat(60)}`,
        address: `${long}, קומה 3, דירה 12, אצל משפחת בן-שלוש/אבוטבול 4–6`,
      },
      reference: 'appointment-2026-000000017-rescheduled-twice-and-then-paid-at-the-very-last-moment',
      lines: [
        line(
          `${WORDS}. ${'https://example.com/a/very/long/path/that/has/no/space/'.repeat(2)}`,
          1,
          1_180_000,
        ),
      ],
      vatReason: WORDS,
    },
  });
}

function mixedScripts(): PrintableDocument {
  const { customer } = sampleReceipt().content;
  return sampleReceipt({
    content: {
      customer: { ...customer, name: 'Анна Кацнельсон – محمد أبو حسين 🎻', address: 'חיפה, شارع الجبل 5' },
      lines: [
        line('Zoom – פגישה (50 דקות), 2 × 3 = 6; הנחה 50%!', 1, 5_000),
        line('שיעור כינור 🎻 + חליל 🎶 (₪150 לשעה) 👩‍🏫', 1, 10_000),
        line('מאמן: "Rocky" (א) [ב] {ג} – עד ₪1,000, לא כולל (VAT)', 1, 10_000),
        line('אקמול 500mg, מסך 4K; רכב 4x4 (5°C) – שיחה של 45min 5️⃣', 1, 2_500),
        line('Lesson in English only (45 min.)', 1, 2_500),
        line('Занятие № 7 (онлайн)', 1, 2_500),
        line('جلسة علاج (50 دقيقة)', 1, 2_500),
      ],
    },
  });
}

function amounts(): PrintableDocument {
  const total = 1_000_000_001;
  return sampleTaxInvoice({
    split: { net: 847_457_628, vat: 152_542_373, total, rateBp: 1800 },
    content: {
      lines: [line('אגורה', 1, 1), line('עשרה מיליון', 1, 1_000_000_000)],
      means: [plainMeans('bank_transfer', total)],
    },
  });
}

function fortyLines(): PrintableDocument {
  const description = Array.from({ length: 40 }, (_, index) => `${index + 1}. ${WORDS}`).join(' ');
  return sampleReceipt({
    copy: true,
    content: {
      lines: [
        line(description, 1, 30_000),
        ...Array.from({ length: 10 }, (_, index) => line(`פריט ${index + 1}`, 1, 500)),
      ],
    },
  });
}
