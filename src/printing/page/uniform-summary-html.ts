import { toMajorText } from '../../domain/money.ts';
import type { UniformSummary } from '../../domain/uniform-summary.ts';
import { html, styleElement } from '../../markup.ts';
import type { Markup } from '../../markup.ts';
import { toFontFaces } from './fonts.ts';

const RECORDS: Readonly<Record<string, string>> = {
  A100: 'רשומת פתיחה',
  C100: 'כותרת מסמך',
  D110: 'פרטי מסמך',
  D120: 'פרטי קבלה',
  Z900: 'רשומת סגירה',
};

/** Types that are not ours are listed too, with zero: the report says so aloud. */
const TYPES: Readonly<Record<number, string>> = {
  300: 'חשבונית/חשבונית עסקה',
  305: 'חשבונית מס',
  320: 'חשבונית מס / קבלה',
  330: 'חשבונית מס זיכוי',
  400: 'קבלה',
  405: 'קבלה על תרומות',
};

const STYLE = `@page { size: A4; margin: 20mm }
body { font: 11pt Heebo, 'Noto Sans', sans-serif; color: #000 }
h1 { font-size: 15pt } h2 { font-size: 12pt; margin-top: 8mm }
table { border-collapse: collapse; width: 100% }
th, td { border: 0.5pt solid #000; padding: 1.5mm 2mm; text-align: start }
bdi { unicode-bidi: isolate }`;

/** The closing page and the report of documents (docs/reference/uniform-structure.md, "Closing page"). */
export function toUniformSummaryHtml(summary: UniformSummary): string {
  const body = html`<h1>הפקת קבצים במבנה אחיד עבור:</h1>
    <p>מספר עוסק מורשה: ${ltr(summary.taxId)}</p>
    <p>שם בית העסק: ${summary.businessName}</p>
    <p><strong>ביצוע ממשק פתוח הסתיים בהצלחה</strong></p>
    <p>הנתונים נשמרו בנתיב הבא: ${ltr(summary.path)}</p>
    <p>טווח תאריכים: מתאריך ${ltr(dayText(summary.from))} ועד תאריך ${ltr(dayText(summary.to))}</p>
    <h2>פירוט סך סוגי הרשומות בקובץ BKMVDATA.TXT</h2>
    ${table(
      ['קוד רשומה', 'תיאור רשומה', 'סך רשומות'],
      summary.records.map(({ code, count }) => [code, RECORDS[code] ?? '', String(count)]),
    )}
    <h2>סך המסמכים לפי סוג</h2>
    ${table(
      ['מספר המסמך', 'סוג המסמך', 'סה"כ כמותי', 'סה"כ כספי (בש"ח)'],
      Object.entries(TYPES).map(([type, name]) => {
        const { count = 0, total = 0 } = summary.documents.find((one) => one.type === Number(type)) ?? {};
        return [type, name, String(count), toMajorText(total, 2)];
      }),
    )}
    <p>הנתונים הופקו באמצעות תוכנת Tashlum, מספר תעודת הרישום: ${ltr('00000000')}</p>
    <p>בתאריך ${ltr(madeDay(summary.madeAt))} בשעה ${ltr(summary.madeAt.slice(11, 16))}</p>`;
  return html`<!doctype html>
    <html lang="he" dir="rtl">
      <head>
        <meta charset="utf-8" />
        <title>מבנה אחיד</title>
        ${styleElement(toFontFaces(body.markup) + STYLE)}
      </head>
      <body>
        ${body}
      </body>
    </html>`.markup;
}

const ltr = (text: string): Markup => html`<bdi dir="ltr">${text}</bdi>`;

function table(heads: readonly string[], rows: readonly (readonly string[])[]): Markup {
  return html`<table>
    <tr>
      ${heads.map((head) => html`<th>${head}</th>`)}
    </tr>
    ${rows.map(
      (cells) =>
        html`<tr>
          ${cells.map((cell) => html`<td><bdi>${cell}</bdi></td>`)}
        </tr>`,
    )}
  </table>`;
}

/** DDMMYYYY, as the publication wants it. */
const dayText = (day: string): string => day.split('-').reverse().join('');
/** DD/MM/YY */
const madeDay = (stamp: string): string => stamp.slice(2, 10).split('-').reverse().join('/');
