import { exponentOf, toMajorText } from '../../domain/money.ts';
import type { UniformSummary } from '../../domain/uniform-summary.ts';
import { html } from '../../markup.ts';
import type { Markup } from '../../markup.ts';
import { toReportPage, toReportTable } from './report-page.ts';

const RECORDS: Readonly<Record<string, string>> = {
  A100: 'רשומת פתיחה',
  C100: 'כותרת מסמך',
  D110: 'פרטי מסמך',
  D120: 'פרטי קבלה / הפקדה',
  Z900: 'רשומת סגירה',
};

/** Every type of the publication's first appendix: those that are not ours are listed with zero, so the report says so aloud. */
const TYPES: Readonly<Record<number, string>> = {
  100: 'הזמנה',
  200: 'תעודת משלוח',
  205: 'תעודת משלוח סוכן',
  210: 'תעודת החזרה',
  300: 'חשבונית/חשבונית עסקה',
  305: 'חשבונית-מס',
  310: 'חשבונית ריכוז',
  320: 'חשבונית מס / קבלה',
  330: 'חשבונית מס זיכוי',
  340: 'חשבונית שריון',
  345: 'חשבונית סוכן',
  400: 'קבלה',
  405: 'קבלה על תרומות',
  410: 'יציאה מקופה',
  420: 'הפקדת בנק',
  500: 'הזמנת רכש',
  600: 'תעודת משלוח רכש',
  610: 'החזרת רכש',
  700: 'חשבונית מס רכש',
  710: 'זיכוי רכש',
  800: 'יתרת פתיחה',
  810: 'כניסה כללית למלאי',
  820: 'יציאה כללית מהמלאי',
  830: 'העברה בין מחסנים',
  840: 'עדכון בעקבות ספירה',
  900: 'דוח ייצור-כניסה',
  910: 'דוח ייצור-יציאה',
};

const STYLE = `@page { size: A4; margin: 20mm }
body { font: 11pt Heebo, 'Noto Sans', sans-serif; color: #000 }
h1 { font-size: 15pt } h2 { font-size: 12pt; margin-top: 8mm }
table { border-collapse: collapse; width: 100% }
th, td { border: 0.5pt solid #000; padding: 1.5mm 2mm; text-align: start }
bdi { unicode-bidi: isolate }`;

/** The closing page and the report of documents (docs/reference/uniform-structure.md, "Closing page"). */
export function toUniformSummaryHtml(summary: UniformSummary): string {
  const { program } = summary;
  const body = html`<h1>הפקת קבצים במבנה אחיד עבור:</h1>
    <p>מספר עוסק מורשה: ${ltr(summary.taxId)}</p>
    <p>שם בית העסק: ${summary.businessName}</p>
    <p><strong>ביצוע ממשק פתוח הסתיים בהצלחה</strong></p>
    <p>הנתונים נשמרו בנתיב הבא: ${ltr(summary.path)}</p>
    <p>טווח תאריכים: מתאריך ${ltr(dayText(summary.from))} ועד תאריך ${ltr(dayText(summary.to))}</p>
    <h2>פירוט סך סוגי הרשומות בקובץ BKMVDATA.TXT</h2>
    ${toReportTable(
      ['קוד רשומה', 'תיאור רשומה', 'סך רשומות'],
      summary.records.map(({ code, count }) => [code, RECORDS[code] ?? '', String(count)]),
    )}
    <h2>סך המסמכים לפי סוג</h2>
    ${toReportTable(
      ['מספר המסמך', 'סוג המסמך', 'סה"כ כמותי', 'סה"כ כספי (בש"ח)'],
      Object.entries(TYPES).map(([type, name]) => {
        const { count = 0, total = 0 } = summary.documents.find((one) => one.type === Number(type)) ?? {};
        return [type, name, String(count), toMajorText(total, exponentOf('ILS'))];
      }),
    )}
    ${notesOf(summary.notes)}
    <p>
      הנתונים הופקו באמצעות תוכנת ${ltr(program.name)}, מספר תעודת הרישום:
      ${ltr(program.certificate ?? '00000000')}${program.certificate === null ? ' (התוכנה טרם נרשמה)' : ''}
    </p>
    <p>בתאריך ${ltr(madeDay(summary.madeAt))} בשעה ${ltr(summary.madeAt.slice(11, 16))}</p>`;
  return toReportPage({ locale: 'he', title: 'מבנה אחיד', style: STYLE, body });
}

/** What the file could not say as it stands in the books, where there is such a thing. */
function notesOf(notes: readonly string[]): Markup | null {
  if (notes.length === 0) return null;
  return html`<h2>הערות</h2>
    <ul>
      ${notes.map((note) => html`<li><bdi>${note}</bdi></li>`)}
    </ul>`;
}

const ltr = (text: string): Markup => html`<bdi dir="ltr">${text}</bdi>`;

/** DDMMYYYY, as the publication wants it. */
const dayText = (day: string): string => day.split('-').reverse().join('');
/** DD/MM/YY */
const madeDay = (stamp: string): string => stamp.slice(2, 10).split('-').reverse().join('/');
