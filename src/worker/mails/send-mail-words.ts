import type { Locale } from '../../domain/workspace.ts';

/** The fixed words of a mail. `{…}` are places for values, which are isolated from the words around them. */
export interface MailWords {
  readonly subject: string;
  readonly title: string;
  readonly lines: readonly string[];
}

/** The words around every mail. */
export interface FrameWords {
  readonly test: string;
  readonly amount: string;
  readonly pay: string;
  readonly automatic: string;
}

/**
 * The first three have a document, the next two a link. `kept`: a copy, while the original is still with the business; `copy`:
 * the original has left before. The last two are to the accountant: with the file of a month, or with where it lies.
 */
export type MailTheme = 'original' | 'copy' | 'kept' | 'request' | 'reminder' | 'month' | 'month_apart';

/** All of them are neutral: none says what is paid for. */
export const WORDS: Readonly<Record<Locale, Readonly<Record<MailTheme, MailWords>>>> = {
  he: {
    original: {
      subject: '{document} מאת {business} · {amount}',
      title: '{document}',
      lines: ['מצורף המסמך מאת {business}, מיום {day}.'],
    },
    copy: {
      subject: 'העתק: {document} מאת {business} · {amount}',
      title: '{document} – העתק',
      lines: ['מצורף העתק של המסמך מאת {business}, מיום {day}.', 'המקור כבר נמסר.'],
    },
    kept: {
      subject: 'העתק: {document} מאת {business} · {amount}',
      title: '{document} – העתק',
      lines: [
        'מצורף העתק של המסמך מאת {business}, מיום {day}.',
        'המקור נמצא אצל {business} ויימסר לך על נייר.',
      ],
    },
    request: {
      subject: 'בקשת תשלום מאת {business} · {amount}',
      title: 'בקשת תשלום',
      lines: [
        'התקבלה עבורך בקשת תשלום מאת {business}.',
        'הקישור לתשלום בתוקף עד {day}. אם כבר שילמת, אין צורך לעשות דבר.',
      ],
    },
    reminder: {
      subject: 'תזכורת: בקשת תשלום מאת {business} · {amount}',
      title: 'תזכורת לתשלום',
      lines: [
        'בקשת תשלום מאת {business} עדיין ממתינה.',
        'הקישור לתשלום בתוקף עד {day}. אם כבר שילמת, אין צורך לעשות דבר.',
      ],
    },
    month: {
      subject: 'תיק לרואה החשבון: {business} · {month}',
      title: 'תיק לרואה החשבון {month}',
      lines: [
        'מצורף התיק של {business} לחודש {month}: סיכום, גיליונות והעתק של כל מסמך.',
        'מה שדורש תשומת לב, כגון מספרים חסרים וזיכויים שטרם אושרו, כתוב בסיכום.',
      ],
    },
    month_apart: {
      subject: 'תיק לרואה החשבון: {business} · {month}',
      title: 'תיק לרואה החשבון {month}',
      lines: [
        'התיק של {business} לחודש {month} מוכן, אך הוא גדול מכדי לצרף אותו.',
        'אפשר להוריד אותו עד {day}, עם המפתח שהתקבל מ־{business}, מכאן: {address}',
        'בהיעדר מפתח יש לבקש את הקובץ מ־{business}.',
      ],
    },
  },
  en: {
    original: {
      subject: '{document} from {business} · {amount}',
      title: '{document}',
      lines: ['Attached is your document from {business}, dated {day}.'],
    },
    copy: {
      subject: 'Copy: {document} from {business} · {amount}',
      title: '{document} – copy',
      lines: [
        'Attached is a copy of your document from {business}, dated {day}.',
        'The original was handed over before.',
      ],
    },
    kept: {
      subject: 'Copy: {document} from {business} · {amount}',
      title: '{document} – copy',
      lines: [
        'Attached is a copy of your document from {business}, dated {day}.',
        'The original is with {business}, and is handed over on paper.',
      ],
    },
    request: {
      subject: 'Payment request from {business} · {amount}',
      title: 'Payment request',
      lines: [
        '{business} has sent you a payment request.',
        'The payment link is valid until {day}. If you have already paid, you do not need to do anything.',
      ],
    },
    month: {
      subject: 'Accountant’s month: {business} · {month}',
      title: 'Accountant’s month {month}',
      lines: [
        'Attached is the month {month} of {business}: a summary, the sheets and a copy of each document.',
        'The summary says what needs attention, such as missing numbers and credits that nobody confirmed.',
      ],
    },
    month_apart: {
      subject: 'Accountant’s month: {business} · {month}',
      title: 'Accountant’s month {month}',
      lines: [
        'The file of {business} for {month} is ready, but it is too large to attach.',
        'You can download it until {day}, with the key that {business} gave you, here: {address}',
        'If you have no key, ask {business} for the file.',
      ],
    },
    reminder: {
      subject: 'Reminder: payment request from {business} · {amount}',
      title: 'Payment reminder',
      lines: [
        'A payment request from {business} is still waiting.',
        'The payment link is valid until {day}. If you have already paid, you do not need to do anything.',
      ],
    },
  },
};

/** The words around the message of every mail. */
export const FRAME: Readonly<Record<Locale, FrameWords>> = {
  he: {
    test: 'בדיקה',
    amount: 'סכום',
    pay: 'לתשלום',
    automatic: 'הודעה זו נשלחה באופן אוטומטי, ואין אפשרות להשיב אליה.',
  },
  en: {
    test: 'Test',
    amount: 'Amount',
    pay: 'Pay now',
    automatic: 'This message was sent automatically; replies are not read.',
  },
};
