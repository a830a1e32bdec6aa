import { countBookEntries, readBookEntries, readMoved } from '../../db/audit-rows.ts';
import type { BookAction, BookEntry, MovedRow } from '../../db/audit-rows.ts';
import { displayNumber } from '../../domain/tax-document.ts';
import type { Locale } from '../../domain/workspace.ts';
import type { Contents } from './sheets-file.ts';
import type { Source } from './source.ts';
import { countColumn, dayColumn, instantColumn, textColumn, toSheet } from './table.ts';
import type { Column } from './table.ts';
import { inWords, KIND_WORDS, TYPE_WORDS } from './words.ts';

/** Who did what to the books, and documents that bear another day than their money. */
export async function readAuditSheets({ tx, workspace, order }: Source): Promise<Contents> {
  const of = { ...order, workspaceId: workspace.id, timeZone: workspace.timeZone };
  return {
    totalRows: await countBookEntries(tx, of),
    sheets: [
      toSheet({
        name: KIND_WORDS.audit,
        columns: entryColumns(order.locale),
        rows: readBookEntries(tx, of),
        hasTotals: false,
      }),
      toSheet({
        name: { he: 'מסמכים שתאריכם הוזז', en: 'Moved documents' },
        columns: movedColumns(order.locale),
        rows: readMoved(tx, of),
        hasTotals: false,
      }),
    ],
  };
}

const ACTION_WORDS: Readonly<Record<BookAction, string>> = {
  'payment.recorded': 'תקבול נרשם ידנית',
  'payment.cancel_asked': 'תשלום בוטל',
  'refund.created': 'הוזמן החזר',
  'review.resolved': 'הוכרעה בדיקה',
  'document.acknowledged': 'זיכוי אושר ע"י הלקוח',
  'document.allocation_entered': 'נקלט מספר הקצאה',
  'workspace.changed': 'סגירת ספרים',
};

function entryColumns(locale: Locale): readonly Column<BookEntry>[] {
  return [
    countColumn('רשומה', 'sequence', ({ sequence }) => sequence),
    instantColumn('מועד', 'at', ({ at }) => at),
    textColumn('מי', 'actor', ({ actor }) => actor, 32),
    textColumn('פעולה', 'action', ({ action }) => inWords(action, ACTION_WORDS, locale), 24),
    textColumn(
      'מסמכים',
      'documents',
      ({ documents }) =>
        documents
          .map(({ type, number }) => `${TYPE_WORDS[type][locale]} ${displayNumber(type, number)}`)
          .join(', ') || null,
      24,
    ),
    dayColumn('הספרים סגורים עד', 'booksClosedThrough', ({ closedThrough }) => closedThrough),
    textColumn('סיבה', 'reason', ({ reason }) => reason, 32),
    textColumn('מזהה', 'subjectId', ({ subjectId }) => subjectId, 32),
  ];
}

function movedColumns(locale: Locale): readonly Column<MovedRow>[] {
  return [
    textColumn('שם הסוג', 'typeName', ({ type }) => TYPE_WORDS[type][locale], 20),
    textColumn('מסמך', 'document', ({ type, number }) => displayNumber(type, number)),
    dayColumn('תאריך מסמך', 'documentDate', ({ documentDate }) => documentDate),
    dayColumn('תאריך תקבול', 'paidDate', ({ movedFrom }) => movedFrom),
    instantColumn('תאריך ושעת הפקה', 'producedAt', ({ createdAt }) => createdAt),
    textColumn('סיבת האיחור', 'lateReason', ({ lateReason }) => lateReason, 32),
    textColumn('נרשם ע"י', 'recordedBy', ({ recordedBy }) => recordedBy, 32),
  ];
}
