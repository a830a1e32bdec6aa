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
 * The first three have a document, the others a link. `kept`: a copy, while the original is still with the business; `copy`:
 * the original has left before.
 */
export type MailTheme = 'original' | 'copy' | 'kept' | 'request' | 'reminder';

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
