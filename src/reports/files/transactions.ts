import type { TransactionRow } from '../../db/transaction-rows.ts';
import { displayNumber } from '../../domain/tax-document.ts';
import type { Locale } from '../../domain/workspace.ts';
import type { Column, Table } from './table.ts';
import { inWords, METHOD_WORDS, STATUS_WORDS } from './words.ts';

/** Payments with their documents of a range. English titles are fixed: other programs read them. */
export function transactionsTable(
  rows: Table<TransactionRow>['rows'],
  locale: Locale,
): Table<TransactionRow> {
  return { name: { he: 'תנועות', en: 'Transactions' }, columns: columnsIn(locale), rows };
}

function columnsIn(locale: Locale): readonly Column<TransactionRow>[] {
  const say = (code: string, words: Readonly<Record<string, string>>): string => inWords(code, words, locale);
  return [
    { kind: 'day', title: { he: 'תאריך', en: 'date' }, of: ({ day }) => day },
    { kind: 'text', title: { he: 'אסמכתה', en: 'reference' }, of: ({ reference }) => reference, width: 24 },
    {
      kind: 'text',
      title: { he: 'מזהה תשלום', en: 'paymentId' },
      of: ({ paymentId }) => paymentId,
      width: 32,
    },
    {
      kind: 'text',
      title: { he: 'אמצעי תשלום', en: 'method' },
      of: ({ method }) => say(method ?? 'other', METHOD_WORDS),
    },
    { kind: 'text', title: { he: 'ספק סליקה', en: 'provider' }, of: ({ provider }) => provider },
    { kind: 'text', title: { he: 'לקוח', en: 'customer' }, of: ({ customer }) => customer, width: 24 },
    {
      kind: 'text',
      title: { he: 'תיאור', en: 'description' },
      of: ({ description }) => description,
      width: 32,
    },
    { kind: 'money', title: { he: 'סכום כולל', en: 'gross' }, of: ({ gross }) => gross },
    { kind: 'money', title: { he: 'לפני מע"מ', en: 'net' }, of: ({ net }) => net },
    { kind: 'money', title: { he: 'מע"מ', en: 'vat' }, of: ({ vat }) => vat },
    { kind: 'money', title: { he: 'הוחזר', en: 'refunded' }, of: ({ refunded }) => refunded },
    { kind: 'text', title: { he: 'מטבע', en: 'currency' }, of: ({ currency }) => currency, width: 8 },
    { kind: 'text', title: { he: 'מצב', en: 'status' }, of: ({ status }) => say(status, STATUS_WORDS) },
    {
      kind: 'text',
      title: { he: 'מספר מסמך', en: 'documentNumber' },
      of: ({ type, number }) => displayNumber(type, number),
    },
  ];
}
