import { describe, expect, it } from '#jest';
import { toUniformSummaryHtml } from './uniform-summary-html.ts';

const SUMMARY = {
  taxId: '123456782',
  businessName: 'מרפאת <השרון>',
  path: String.raw`C:\OPENFRMT\12345678.26\02031407`,
  from: '2026-01-01',
  to: '2026-01-31',
  madeAt: '2026-02-03T14:07',
  program: { name: 'Tashlum', certificate: null },
  records: [
    { code: 'A100', count: 1 },
    { code: 'C100', count: 2 },
    { code: 'Z900', count: 1 },
  ],
  documents: [{ type: 320, count: 2, total: 1_234_50 }],
  notes: [],
};

const textOf = (markup: string): string =>
  markup
    .replace(/<style>.*?<\/style>/s, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');

describe('the closing page', () => {
  // Section 5.4 of the publication, in its words.
  it('says what the publication wants said', () => {
    const said = textOf(toUniformSummaryHtml(SUMMARY));
    for (const part of [
      'הפקת קבצים במבנה אחיד עבור:',
      'מספר עוסק מורשה: 123456782',
      'שם בית העסק: מרפאת &lt;השרון&gt;',
      'ביצוע ממשק פתוח הסתיים בהצלחה',
      String.raw`הנתונים נשמרו בנתיב הבא: C:\OPENFRMT\12345678.26\02031407`,
      'מתאריך 01012026 ועד תאריך 31012026',
      'C100 כותרת מסמך 2',
      'בתאריך 03/02/26 בשעה 14:07',
      'מספר תעודת הרישום: 00000000 (התוכנה טרם נרשמה)',
      '320 חשבונית מס / קבלה 2 1234.50',
      '305 חשבונית-מס 0 0.00',
      '910 דוח ייצור-יציאה 0 0.00',
    ])
      expect(said).toContain(part);
    expect(said).not.toContain('D110');
    expect(said).not.toContain('הערות');
  });

  it('has the certificate, and notes where there are some', () => {
    const said = textOf(
      toUniformSummaryHtml({
        ...SUMMARY,
        program: { name: 'Tashlum', certificate: '00123456' },
        notes: ['הערה ראשונה'],
      }),
    );
    expect(said).toContain('מספר תעודת הרישום: 00123456 ');
    expect(said).not.toContain('טרם נרשמה');
    expect(said).toContain('הערות הערה ראשונה');
  });
});
