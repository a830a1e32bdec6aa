import type { Answer } from '../vendor.ts';

/** The error ids of this simulator, with texts of its own. Source: docs/reference/grow.md, "Error ids". */
const MESSAGES = {
  12: 'שגיאה כללית, יש לנסות שוב מאוחר יותר',
  54: 'חסרים שדות חובה',
  107: 'הזיכוי נכשל',
  109: 'שדה לא תקין בבקשה',
  110: 'הכסף כבר הועבר לבנק, הבקשה הועברה לטיפול ידני',
  130: 'זיכוי חלקי אינו אפשרי ביום העסקה',
  207: 'זיכוי חלקי אינו אפשרי לפני שידור העסקה',
  210: 'העסקה כבר זוכתה',
  215: 'סכום הזיכוי אינו תקין',
  218: 'סכום הזיכוי גבוה מהיתרה',
  271: 'הסכום גבוה מהמותר בביט',
  617: 'סכום המוצרים שונה מסכום העסקה',
  701: 'קוד העסק שגוי',
  703: 'הפעולה אינה מותרת בדף זה',
  705: 'מספר התשלומים אינו תקין',
  707: 'סכום לא תקין',
  709: 'תוקף הקישור פג',
  716: 'המזהים אינם תואמים',
  717: 'שם או טלפון חסרים או שגויים',
  722: 'העסקה לא בוצעה או בוטלה',
  723: 'חסר מפתח פלטפורמה',
  724: 'קוד הדף שגוי',
  730: 'התהליך לא נמצא',
  731: 'מפתח הפלטפורמה שגוי',
  736: 'אין לשלוח גם מספר תשלומים קבוע וגם מרבי',
} as const;
export type GrowErrorId = keyof typeof MESSAGES;

/** Every answer has HTTP 200 and the content type HTML. Source: docs/reference/grow.md, "Hosts and credentials". */
const headers = { 'content-type': 'text/html; charset=UTF-8' };

export const ok = (data: unknown): Answer => ({ status: 200, json: { status: 1, err: '', data }, headers });

export const refusal = (id: GrowErrorId, about?: string) => ({
  status: 0,
  err: { id, message: about === undefined ? MESSAGES[id] : `${MESSAGES[id]}: ${about}` },
  data: '',
});

/** A business error; `about` names the field. */
export const refuse = (id: GrowErrorId, about?: string): Answer => ({
  status: 200,
  json: refusal(id, about),
  headers,
});

export const UNKNOWN_METHOD: Answer = { status: 200, json: { err: 'unknown method' }, headers };
