import { describe, expect, it } from '#jest';
import { toChequeDigits } from './cheque.ts';
import { createNotes } from './notes.ts';
import { partsOf } from './parts.ts';

const CHECK = { bank: '12', branch: '634', account: '12-345678/9', number: '5000017', dueDate: '2026-01-05' };
const [RECEIPT] = partsOf({ type: 'receipt', content: { issuer: {}, lines: [] } as never });

describe('the digits of a cheque', () => {
  it.each([
    ['בנק לאומי לישראל בע״מ', '10'],
    ['הפועלים', '12'],
    ['Bank Leumi', '10'],
    ['מזרחי-טפחות', '20'],
    ['12 - הפועלים', '12'],
    ['הבנק הבינלאומי הראשון', '31'],
  ])('of the bank "%s" are its number', (bank, number) => {
    expect(toChequeDigits({ ...CHECK, bank })).toMatchObject({ bank: number, lost: [] });
  });

  it('lose nothing but what people put between them', () => {
    expect(toChequeDigits(CHECK)).toMatchObject({ account: '123456789', lost: [] });
  });

  it.each([
    [{ bank: 'בנק זר' }, { field: 1307, written: 'בנק זר', instead: '0' }],
    [{ bank: 'constructor' }, { field: 1307, written: 'constructor', instead: '0' }],
    [{ number: 'A-77' }, { field: 1310, written: 'A-77', instead: '77' }],
    [{ branch: '12345678901' }, { field: 1308, written: '12345678901', instead: '2345678901' }],
    [
      { account: '1234567890123456' },
      { field: 1309, written: '1234567890123456', instead: '234567890123456' },
    ],
  ])('that cannot be written are told: %j', (change, loss) => {
    expect(toChequeDigits({ ...CHECK, ...change }).lost).toEqual([loss]);
  });
});

describe('the notes of a run', () => {
  const document = { type: 400, hasLines: false, hasMoney: true, ...RECEIPT, number: '7' };
  const loss = { field: 1307, written: 'בנק זר', instead: '0' };

  it('name the document, the field and what stands instead', () => {
    const notes = createNotes('2026-01-01');
    notes.add(document, [loss], '2026-01-02');
    notes.add(document, [], '2026-01-01');
    expect(notes.sentences()).toEqual([
      'מסמך 400 מספר 7: מספר הבנק (שדה 1307) הוא "בנק זר", שאינו מספר; נרשמו אפסים.',
      'שדה 1311: 1 מועדי פירעון מאוחרים מיום ההפקה.',
    ]);
  });

  it('count what is too much to write out', () => {
    const notes = createNotes('2026-01-01');
    for (let at = 0; at < 45; at += 1) notes.add(document, [loss], null);
    expect(notes.sentences()).toHaveLength(41);
    expect(notes.sentences().at(-1)).toBe('ועוד 5 ערכים שלא ניתן לרשום כלשונם.');
  });
});
