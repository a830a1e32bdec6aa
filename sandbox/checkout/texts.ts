import type { Language } from '../ledger/records.ts';

const HE = {
  payTo: 'תשלום עבור',
  amount: 'סכום לתשלום',
  card: 'תשלום בכרטיס אשראי',
  bit: 'תשלום ב-bit',
  other: (method: string) => `תשלום באמצעות ${method}`,
  installments: 'מספר תשלומים',
  oneInstallment: 'תשלום אחד',
  manyInstallments: (count: number) => `${count} תשלומים`,
  decline: 'לדמות סירוב של חברת האשראי',
  leave: 'ביטול וחזרה לאתר',
  declined: 'הכרטיס סורב. אפשר לנסות שוב או לבחור דרך אחרת.',
  paid: 'התשלום התקבל',
  paidNote: 'תודה! אפשר לסגור את החלון.',
  expired: 'תוקף העמוד פג',
  expiredNote: 'לא ניתן לשלם כאן יותר. יש לבקש קישור חדש מבית העסק.',
  cancelled: 'העמוד בוטל',
  cancelledNote: 'בית העסק ביטל את בקשת התשלום. לא בוצע חיוב.',
  left: 'התשלום לא בוצע',
  leftNote: 'לא בוצע חיוב. אפשר לחזור לקישור ולשלם מאוחר יותר.',
  unknown: 'העמוד לא נמצא',
  unknownNote: 'הקישור אינו שלם או שאינו קיים.',
  sandbox: 'סביבת ניסיון: לא מתבצע חיוב אמיתי',
  reference: 'אסמכתא',
};

const EN: typeof HE = {
  payTo: 'Payment to',
  amount: 'Amount due',
  card: 'Pay by card',
  bit: 'Pay with bit',
  other: (method) => `Pay with ${method}`,
  installments: 'Instalments',
  oneInstallment: 'One payment',
  manyInstallments: (count) => `${count} payments`,
  decline: 'Simulate a declined card',
  leave: 'Cancel and return to the site',
  declined: 'The card was declined. Try again or choose another way.',
  paid: 'Payment received',
  paidNote: 'Thank you! You may close this window.',
  expired: 'This page has expired',
  expiredNote: 'It takes no payment any more. Please ask the business for a new link.',
  cancelled: 'This page was cancelled',
  cancelledNote: 'The business withdrew its request. You were not charged.',
  left: 'Not paid',
  leftNote: 'You were not charged. You may come back to the link and pay later.',
  unknown: 'Page not found',
  unknownNote: 'The link is incomplete or leads nowhere.',
  sandbox: 'Test environment: no real money moves',
  reference: 'Reference',
};

export type Texts = typeof HE;

/** All texts of the hosted page, in the language of the payer. */
export const textsIn = (language: Language): Texts => (language === 'he' ? HE : EN);
