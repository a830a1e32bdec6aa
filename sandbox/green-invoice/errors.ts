import type { FieldFault } from '../fields.ts';
import type { Answer } from '../vendor.ts';

/**
 * The error numbers of the vendor that the sandbox returns. 400 and 500 are ours, where the vendor documents none.
 */
const MESSAGES = {
  400: 'בקשה לא תקינה',
  404: 'לא נמצא',
  500: 'שגיאה כללית',
  1010: 'בקשה זהה כבר קיימת במערכת',
  1110: 'מחיר לא תקין',
  1111: 'מספר עוסק לא תקין',
  1113: 'לא נשלחו שורות תקבול',
  2403: 'סוג המסמך אינו מותר לסוג העסק',
  2404: 'סוג קישור לא תקין',
  2405: 'תאריך המסמך אינו אפשרי',
  2409: 'סוג מע"מ לא תקין',
  2410: 'לא נשלחו פרטי לקוח',
  2411: 'פרטי הלקוח אינם תקינים',
  2413: 'לא נשלחו שורות הכנסה',
  2415: 'חסר תיאור לשורה',
  2416: 'סכום המסמך אינו תקין',
  2419: 'חסר תקבול למסמך',
  2420: 'הנחה לא תקינה',
  2421: 'סוג תקבול לא תקין',
  2422: 'סכום התקבולים אינו שווה לסכום המסמך',
  2424: 'סוג עסקה לא תקין',
  2425: 'מספר התשלומים חייב להיות בין 1 ל-36',
  2426: 'תאריך תקבול לא תקין',
  2428: 'נדרש תקבול נוסף מלבד ניכוי במקור',
  2429: 'המסמך המקושר לא נמצא',
  2431: 'יותר מ-200 שורות במסמך',
  2700: 'מפתח API לא תקין',
} as const;

export type ErrorCode = keyof typeof MESSAGES;

/** Why a document is refused: the vendor's number, and in `detail` a hint for a person. */
export interface DocumentError {
  code: ErrorCode;
  detail?: string;
}

export const errorBody = ({ code, detail }: DocumentError) => ({
  errorCode: code,
  errorMessage: detail === undefined ? MESSAGES[code] : `${MESSAGES[code]} (${detail})`,
});

export const refuse = (error: DocumentError, status = 400): Answer => ({ status, json: errorBody(error) });

/** The number for each field; the first matching row counts. An undocumented field is a plain bad request. */
const CODE_BY_FIELD: readonly (readonly [RegExp, ErrorCode])[] = [
  [/ is not a field/, 400],
  [/^(vatType|income\[\d+\]\.vat(Type|Rate)) /, 2409],
  [/^income\[\d+\]\.description /, 2415],
  [/^(income|payment)\[\d+\]\.(price|quantity) /, 1110],
  [/^payment\[\d+\]\.date /, 2426],
  [/^payment\[\d+\]\.type /, 2421],
  [/^payment\[\d+\]\.dealType /, 2424],
  [/^(payment\[\d+\]\.numPayments|maxPayments) /, 2425],
  [/^client\.taxId /, 1111],
  [/^client/, 2411],
  [/^date /, 2405],
  [/^discount/, 2420],
];

export function fromFieldFault({ field, problem }: FieldFault): DocumentError {
  const detail = `${field} ${problem}`;
  return { code: CODE_BY_FIELD.find(([pattern]) => pattern.test(detail))?.[1] ?? 400, detail };
}
