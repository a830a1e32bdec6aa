import type { Locale } from '../../domain/workspace.ts';

/** What a page tells a payer. `mood` selects the sign beside the words. */
export type PageKind = keyof typeof PAGES;
/** Which sign stands beside the words of a page. */
export type Mood = 'good' | 'wait' | 'pay' | 'over';

/** A page's heading and its sentence. */
export interface Words {
  readonly title: string;
  readonly text: string;
}

interface Page extends Readonly<Record<Locale, Words>> {
  readonly mood: Mood;
}

const page = (mood: Mood, he: [string, string], en: [string, string]): Page => ({
  mood,
  he: { title: he[0], text: he[1] },
  en: { title: en[0], text: en[1] },
});

/** Every page, in both languages. None asks a payer to pay again while money may be on its way. */
export const PAGES = {
  thanks: page(
    'good',
    ['תודה, התשלום התקבל', 'אפשר לסגור את הדף.'],
    ['Thank you, payment received', 'You may close this page.'],
  ),
  paid: page(
    'good',
    ['התשלום התקבל', 'התשלום כבר בוצע ואין צורך לעשות דבר.'],
    ['Payment received', 'This was already paid. You do not need to do anything.'],
  ),
  refunded: page(
    'over',
    ['התשלום הוחזר', 'התשלום התקבל, והסכום הוחזר.'],
    ['Payment returned', 'The payment was received and has been returned.'],
  ),
  expired: page(
    'over',
    ['תוקף הקישור פג', 'אי אפשר עוד לשלם דרך הקישור הזה. לקישור חדש יש לפנות אל העסק.'],
    ['This link has expired', 'Please ask the business for a new one.'],
  ),
  cancelled: page(
    'over',
    ['התשלום בוטל', 'הבקשה לתשלום בוטלה. לשאלות אפשר לפנות אל העסק.'],
    ['Payment cancelled', 'This payment request was cancelled. For questions, please contact the business.'],
  ),
  failed: page(
    'over',
    ['אי אפשר לשלם בקישור הזה', 'התשלום לא הושלם. יש לפנות אל העסק.'],
    ['This link can no longer be used', 'The payment could not be completed. Please contact the business.'],
  ),
  in_review: page(
    'wait',
    ['התשלום בבדיקה', 'העסק בודק את התשלום. נא לא לשלם שוב עד לקבלת תשובה.'],
    [
      'Payment under review',
      'The business is looking into it. Please do not pay again until you hear from them.',
    ],
  ),
  confirming: page(
    'wait',
    ['מוודאים את התשלום', 'זה עשוי לקחת כמה דקות. אפשר לסגור את הדף, ונא לא לשלם שוב.'],
    [
      'Confirming your payment',
      'This can take a few minutes. You may close this page; please do not pay again.',
    ],
  ),
  not_paid: page(
    'pay',
    ['התשלום לא הושלם', 'אפשר לנסות שוב בכל עת.'],
    ['Payment not completed', 'You can try again at any time.'],
  ),
  open_here: page(
    'pay',
    ['קישור לתשלום', 'פתחו את הקישור כדי לשלם.'],
    ['Payment link', 'Open the link to pay.'],
  ),
  one_moment: page(
    'wait',
    ['עוד רגע', 'מכינים את דף התשלום. הוא ייפתח מעצמו.'],
    ['One moment', 'The payment page is being prepared and will open automatically.'],
  ),
  receipt_soon: page(
    'wait',
    ['הקבלה בהכנה', 'היא תיפתח מעצמה בעוד רגע.'],
    ['Your receipt is being prepared', 'It will open automatically in a moment.'],
  ),
  no_receipt: page(
    'over',
    ['אין כאן קבלה', 'לקבלה יש לפנות אל העסק.'],
    ['There is no receipt here', 'Please ask the business for your receipt.'],
  ),
  unknown_link: page(
    'over',
    ['הקישור אינו מוכר', 'ייתכן שהכתובת הועתקה בחלקה. כדאי לפתוח שוב את ההודעה שבה התקבל הקישור.'],
    [
      'Unknown link',
      'Part of the address may be missing. Please open the link in the original message again.',
    ],
  ),
  too_many: page(
    'wait',
    ['יותר מדי ניסיונות', 'נא לנסות שוב בעוד רגע.'],
    ['Too many attempts', 'Please try again in a moment.'],
  ),
} as const satisfies Record<string, Page>;

/** The words around every page. */
export const LABELS = {
  he: {
    paid: 'שולם',
    toPay: 'לתשלום',
    amount: 'סכום',
    pay: 'לתשלום',
    receipt: 'הקבלה שלך',
    test: 'מצב בדיקה',
  },
  en: {
    paid: 'Paid',
    toPay: 'To pay',
    amount: 'Amount',
    pay: 'Pay now',
    receipt: 'Your receipt',
    test: 'Test mode',
  },
} as const;
