import type { NumbersInRange } from '../../db/transaction-rows.ts';
import { dayBefore } from '../../domain/export.ts';
import type { ExportOrder } from '../../domain/export.ts';
import { displayNumber } from '../../domain/tax-document.ts';
import type { Locale, Workspace } from '../../domain/workspace.ts';
import { dayText } from './csv-file.ts';
import { textColumn } from './table.ts';
import type { Table, Titles } from './table.ts';
import { KIND_WORDS, TYPE_WORDS } from './words.ts';

/** What a file is about and made from. */
export interface About {
  readonly workspace: Pick<Workspace, 'legalName' | 'taxId' | 'timeZone'>;
  readonly order: Omit<ExportOrder, 'options'>;
  /** Of this program. */
  readonly version: string;
  readonly numbers: readonly NumbersInRange[];
  readonly madeAt: Date;
}

/** Something said of a file. */
export interface Detail {
  readonly about: Titles;
  readonly text: string;
}

/** The last line of a file, so that a reader sees that nothing was cut. */
export const END_MARK: Titles = { he: '--- סוף הדוח ---', en: '--- end of report ---' };

/**
 * Whose file it is, of which days, when and by what it was made, with which numbers, and a mark at its end.
 * Source: docs/reference/israel-tax.md, "Output of bookkeeping software".
 */
export function detailsTable(about: About): Table<Detail> {
  const { locale } = about.order;
  return {
    name: { he: 'פרטי הדוח', en: 'Details' },
    columns: [
      textColumn('פרטי הדוח', 'details', (line) => line.about[locale], 32),
      textColumn('ערך', 'value', (line) => line.text, 32),
    ],
    rows: [[...detailsOf(about), { about: END_MARK, text: '' }]],
    hasTotals: false,
  };
}

/** The lines of the details, without the mark at their end. */
export function detailsOf({ workspace, order, version, numbers, madeAt }: About): readonly Detail[] {
  const { locale } = order;
  return [
    { about: { he: 'שם העסק', en: 'business' }, text: workspace.legalName[locale] },
    { about: { he: 'מספר עוסק', en: 'tax id' }, text: workspace.taxId },
    { about: { he: 'הדוח', en: 'report' }, text: KIND_WORDS[order.kind][locale] },
    { about: { he: 'מתאריך', en: 'first day' }, text: dayText(order.from, locale) },
    { about: { he: 'עד תאריך (כולל)', en: 'last day' }, text: dayText(dayBefore(order.to), locale) },
    { about: { he: 'מטבע', en: 'currency' }, text: order.currency },
    { about: { he: 'הופק', en: 'made' }, text: madeText(madeAt, workspace.timeZone) },
    { about: { he: 'תוכנה', en: 'program' }, text: `Tashlum ${version}` },
    ...numbers.map((one) => toNumbersLine(one, locale)),
  ];
}

const madeText = (madeAt: Date, timeZone: string): string => madeAt.toLocaleString('sv-SE', { timeZone });

function toNumbersLine({ type, first, last, count }: NumbersInRange, locale: Locale): Detail {
  const span = `${displayNumber(type, first)} – ${displayNumber(type, last)}`;
  const text = locale === 'he' ? `${span} (${count} מסמכים)` : `${span} (${count} documents)`;
  return { about: TYPE_WORDS[type], text };
}
