import type { CheckDetails } from '../../domain/means.ts';

/** A cheque in the digits of fields 1307 to 1310. */
export interface ChequeDigits {
  readonly bank: string;
  readonly branch: string;
  readonly account: string;
  readonly number: string;
  /** What could not be written as it stands in the books. */
  readonly lost: readonly Loss[];
}

/** A value of the books that a field of digits cannot hold. */
export interface Loss {
  readonly field: number;
  readonly written: string;
  /** What the file has instead; `0` where the value has no digit. */
  readonly instead: string;
}

/** The fields of a cheque and their widths. */
const FIELDS = {
  bank: [1307, 10],
  branch: [1308, 10],
  account: [1309, 15],
  number: [1310, 10],
} as const;

/** Digits of a cheque. A bank may be written by its name. */
export function toChequeDigits(check: CheckDetails): ChequeDigits {
  const lost: Loss[] = [];
  const read = (name: keyof typeof FIELDS): string => {
    const [field, width] = FIELDS[name];
    const written = check[name];
    const digits = (name === 'bank' ? bankNumber(written) : null) ?? written.replaceAll(/\D/g, '');
    const instead = digits.slice(-width) || '0';
    // A name beside the number of a bank says nothing more.
    const isWhole = name === 'bank' ? digits !== '' : /^[\d\s./-]*\d[\d\s./-]*$/.test(written);
    if (!isWhole || digits.length > width) lost.push({ field, written, instead });
    return instead;
  };
  return {
    bank: read('bank'),
    branch: read('branch'),
    account: read('account'),
    number: read('number'),
    lost,
  };
}

/** Numbers of banks by what people call them. Source: docs/reference/uniform-structure.md, "Numbers of banks". */
const BANK_NUMBERS: Readonly<Record<string, string>> = {
  יהב: '4',
  לאומי: '10',
  דיסקונט: '11',
  הפועלים: '12',
  פועלים: '12',
  'אוצר החייל': '14',
  מרכנתיל: '17',
  'מרכנתיל דיסקונט': '17',
  'מזרחי טפחות': '20',
  מזרחי: '20',
  הבינלאומי: '31',
  בינלאומי: '31',
  מסד: '46',
  ירושלים: '54',
  leumi: '10',
  discount: '11',
  hapoalim: '12',
  mercantile: '17',
  'mizrahi tefahot': '20',
  jerusalem: '54',
};

/** "בנק לאומי לישראל בע״מ" → "10"; null for anything that has digits or is not known. */
function bankNumber(written: string): string | null {
  if (/\d/.test(written)) return null;
  const name = written
    .toLowerCase()
    .replaceAll(/["'״׳.]/g, '')
    .replaceAll('-', ' ')
    .replaceAll(/(^|\s)(בנק|הבנק|bank|of|לישראל|הראשון|בעמ|ltd)(?=\s|$)/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return Object.hasOwn(BANK_NUMBERS, name) ? (BANK_NUMBERS[name] ?? null) : null;
}
