import { afterAll, beforeAll, describe, it } from '#jest';
import { PNG } from 'pngjs';
import type { PrintedReport } from '../domain/printed-report.ts';
import { holdPicture } from '../../test/support/approved-pictures.ts';
import { createPrinter } from './browser/printer.ts';
import { toReportHtml } from './page/report-html.ts';
import { createReadBack } from './testing/read-back.ts';
import type { ReadBack } from './testing/read-back.ts';

const printer = createPrinter({ mayRunUncaged: true });
let tools: ReadBack;
beforeAll(async () => {
  tools = await createReadBack();
});
afterAll(async () => {
  await printer.close();
  await tools.close();
});

const STATEMENT: PrintedReport = {
  locale: 'he',
  title: 'אישור תשלומים למטופל',
  facts: [
    ['שם המטופל', 'נועה לוי'],
    ['מספר זהות', '000000018'],
    ['שם העסק', 'מרפאה לבדיקות'],
    ['מספר עוסק', '123456782'],
    ['מתאריך', '01/01/2026'],
    ['עד תאריך (כולל)', '31/12/2026'],
    ['מטבע', 'ILS'],
    ['הופק', '2027-01-03 09:41:00'],
  ],
  warningsTitle: 'שימו לב',
  warnings: ['אישור זה אינו מסמך מס ואינו קבלה. הקבלות והחשבוניות הן המסמכים המפורטים בו.'],
  tables: [
    {
      title: 'תשלומים',
      heads: ['תאריך', 'מסמך', 'מועדי המפגשים', 'המשלם', 'סכום'],
      texts: 4,
      rows: [
        ['05/01/2026', 'חשבונית מס/קבלה 2', '05/01/2026, 12/01/2026, 19/01/2026', 'דנה לוי', '1,050.00'],
        ['07/02/2026', 'חשבונית מס/קבלה 60017', '', 'Clalit קופת חולים', '400.00'],
        ['09/02/2026', 'חשבונית מס זיכוי 1', '', 'דנה לוי', '-350.00'],
        ['סה"כ', '', '', '', '1,100.00'],
      ],
    },
    {
      title: 'לפי משלם',
      heads: ['המשלם', 'סכום'],
      rows: [
        ['דנה לוי', '700.00'],
        ['Clalit קופת חולים', '400.00'],
      ],
    },
  ],
  end: '--- סוף הדוח ---',
};

describe('a report looks as its approved picture', () => {
  it.each(Object.entries({ 'patient-statement': STATEMENT }))('%s', async (name, report) => {
    const pdf = Buffer.from(await printer.print(toReportHtml(report)));
    const [page = Buffer.alloc(0)] = await tools.pictures(pdf, '72');
    await holdPicture(name, PNG.sync.read(page));
  });
});
