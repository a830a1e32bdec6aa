import type { AcknowledgementMethod } from '../../domain/acknowledgement.ts';
import type { ExportKind } from '../../domain/export.ts';
import type { MeansMethod } from '../../domain/means.ts';
import type { PaymentStatus } from '../../domain/payment.ts';
import type { DocumentStatus, DocumentType } from '../../domain/tax-document.ts';
import type { Locale } from '../../domain/workspace.ts';
import type { Titles } from './table.ts';

/** Ways to pay in Hebrew. */
export const METHOD_WORDS: Readonly<Record<MeansMethod, string>> = {
  card: 'כרטיס אשראי',
  bit: 'ביט',
  apple_pay: 'Apple Pay',
  google_pay: 'Google Pay',
  paypal: 'PayPal',
  bank_transfer: 'העברה בנקאית',
  cash: 'מזומן',
  check: "צ'ק",
  paybox: 'פייבוקס',
  other: 'אחר',
  withheld: 'ניכוי במקור',
};

/** Ways to acknowledge a credit in Hebrew. */
export const ACKNOWLEDGEMENT_WORDS: Readonly<Record<AcknowledgementMethod, string>> = {
  signature: 'חתימה על העתק',
  registered_mail: 'דואר רשום',
  fax: 'פקס',
  electronic: 'חתימה אלקטרונית',
  private_small: 'לקוח פרטי, זיכוי קטן',
};

/** Statuses of payments in Hebrew. */
export const STATUS_WORDS: Readonly<Record<PaymentStatus, string>> = {
  creating: 'בהכנה',
  pending: 'ממתין',
  completed: 'שולם',
  partially_refunded: 'הוחזר חלקית',
  refunded: 'הוחזר',
  failed: 'נכשל',
  expired: 'פג תוקף',
  cancelled: 'בוטל',
  disputed: 'הוכחש',
};

/** The title of a line of sums. */
export const TOTAL: Titles = { he: 'סה"כ', en: 'Total' };

/** Types of documents in both languages. */
export const TYPE_WORDS: Readonly<Record<DocumentType, Titles>> = {
  receipt: { he: 'קבלה', en: 'Receipt' },
  tax_invoice: { he: 'חשבונית מס', en: 'Tax invoice' },
  tax_invoice_receipt: { he: 'חשבונית מס/קבלה', en: 'Tax invoice/receipt' },
  payment_confirmation: { he: 'אישור תשלום', en: 'Payment confirmation' },
  credit_receipt: { he: 'קבלת זיכוי', en: 'Credit receipt' },
  credit_invoice: { he: 'חשבונית מס זיכוי', en: 'Credit tax invoice' },
  refund_confirmation: { he: 'אישור החזר', en: 'Refund confirmation' },
};

/** Statuses of documents in Hebrew. */
export const DOCUMENT_STATUS_WORDS: Readonly<Record<DocumentStatus, string>> = {
  issued: 'הופק',
  allocation_required: 'ממתין למספר הקצאה',
  cancelled: 'מבוטל',
};

/** Titles of the files. */
export const KIND_WORDS: Readonly<Record<ExportKind, Titles>> = {
  transactions: { he: 'תנועות', en: 'Transactions' },
  documents: { he: 'יומן מסמכים', en: 'Journal of documents' },
  vat: { he: 'ריכוז לדוח מע"מ', en: 'VAT return' },
  gaps: { he: 'בדיקת רצף', en: 'Check of numbers' },
  receipts: { he: 'תקבולים לפי אמצעי', en: 'Receipts' },
  settlements: { he: 'התאמת סליקה', en: 'Settlements' },
  credits: { he: 'זיכויים', en: 'Credits' },
  allocation: { he: 'מספרי הקצאה', en: 'Allocation numbers' },
  withholding: { he: 'ניכוי במקור מלקוחות', en: 'Tax withheld by customers' },
  'journal-appendix-vav': { he: 'יומן רופא', en: 'Doctor’s journal' },
  'patient-statement': { he: 'אישור תשלומים למטופל', en: 'Statement of payments' },
  year: { he: 'סיכום שנת מס', en: 'Tax year' },
  audit: { he: 'פעולות בספרים', en: 'Audit' },
  month: { he: 'סיכום חודשי', en: 'Monthly summary' },
  bundle: { he: 'תיק לרואה החשבון', en: 'Accountant’s month' },
  hashavshevet: { he: 'חשבשבת', en: 'Hashavshevet' },
  'pcn874-sales': { he: 'מע"מ מפורט: עסקאות', en: 'PCN874 sales' },
  'uniform-structure': { he: 'מבנה אחיד', en: 'Uniform structure' },
};

/** A code in Hebrew; in English it is left as it is, because other programs read it. */
export function inWords(code: string, words: Readonly<Record<string, string>>, locale: Locale): string {
  return locale === 'en' ? code : (words[code] ?? code);
}
