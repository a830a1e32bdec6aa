import { countAllocations } from '../../db/allocation-rows.ts';
import { getWarningFigures } from '../../db/bundle-rows.ts';
import { countUnconverted } from '../../db/exchange-rates.ts';
import { countFindings, countPaidWithoutDocument } from '../../db/document-gaps.ts';
import { listOtherCurrencies } from '../../db/report-sums.ts';
import { dayBefore } from '../../domain/export.ts';
import type { ExportOrder } from '../../domain/export.ts';
import { exponentOf, sumMinor, toMajorText } from '../../domain/money.ts';
import { PATUR_STEPS } from '../../domain/patur-ceiling.ts';
import type { Locale } from '../../domain/workspace.ts';
import { readPaturTurnover } from '../patur-turnover.ts';
import { NOTHING_MISSING } from './gaps.ts';
import type { Source } from './source.ts';
import type { VatLine } from './vat-lines.ts';

/** The text in the language. */
export const say = (he: string, en: string, locale: Locale): string => ({ he, en })[locale];

/** `1,234.50` */
export function amountText(
  minor: number,
  { order }: { readonly order: Pick<ExportOrder, 'currency'> },
): string {
  const [whole = '', ...rest] = toMajorText(minor, exponentOf(order.currency)).split('.');
  return [whole.replaceAll(/\B(?=(\d{3})+$)/g, ','), ...rest].join('.');
}

/** Whether it applies, in Hebrew, in English. */
type Warning = readonly [boolean, string, string];

/** Sentences about what a person must look at; that no number is missing is said as well. */
export async function warningsOf(source: Source, lines: readonly VatLine[]): Promise<readonly string[]> {
  const { tx, workspace, order } = source;
  const { locale } = order;
  const of = { ...order, workspaceId: workspace.id };
  const missing = sumMinor((await countFindings(tx, workspace.id)).map((one) => one.missing));
  const undocumented = await countPaidWithoutDocument(tx, workspace.id);
  const figures = await getWarningFigures(tx, of);
  const lacking = (await countAllocations(tx, of)).missing;
  const [lateNet, lateVat] = [
    sumMinor(lines.map((line) => line.lateNet)),
    sumMinor(lines.map((line) => line.lateVat)),
  ];
  const isAnyLate = lines.some((line) => line.lateNet !== 0 || line.lateVat !== 0);
  const amount = (minor: number): string => amountText(minor, source);
  const told: readonly Warning[] = [
    [
      workspace.mode === 'test',
      'סביבת בדיקה: המסמכים אינם חוקיים',
      'A test workspace: the documents are not legal ones',
    ],
    [
      missing > 0,
      `חסרים ${missing} מספרי מסמכים (ראו בדיקת רצף)`,
      `${missing} numbers are missing (see gaps)`,
    ],
    [undocumented > 0, `${undocumented} תשלומים בלי מסמך`, `${undocumented} payments without a document`],
    [
      figures.unconfirmedCredits > 0,
      `${figures.unconfirmedCredits} זיכויים שהלקוח טרם אישר; מע"מ ממתין ${amount(figures.unconfirmedVat)}`,
      `${figures.unconfirmedCredits} credits that the customer did not confirm; VAT of ${amount(figures.unconfirmedVat)} waits`,
    ],
    [lacking > 0, `ל-${lacking} חשבוניות חסר מספר הקצאה`, `${lacking} invoices lack an allocation number`],
    [
      figures.cash_limit > 0,
      `${figures.cash_limit} מסמכים עם מזומן מעל המותר בחוק`,
      `${figures.cash_limit} documents with more cash than the Cash Law lets a business take`,
    ],
    [
      figures.customer_unidentified > 0,
      `ב-${figures.customer_unidentified} מסמכים של 5,000 ש"ח ומעלה חסר מספר הלקוח`,
      `${figures.customer_unidentified} documents of 5,000 ILS and more do not name the customer's number`,
    ],
    [
      isAnyLate,
      `יש מסמכים השייכים לתקופות קודמות (ראו דוח מע"מ): לפני מע"מ ${amount(lateNet)}, מע"מ ${amount(lateVat)}`,
      `Some documents belong to earlier periods (see the VAT return): before VAT ${amount(lateNet)}, VAT ${amount(lateVat)}`,
    ],
    ...(await currencyWarnings(source)),
  ];
  const ceiling = await ceilingWarning(source);
  return [
    ...(missing === 0 ? [NOTHING_MISSING[locale]] : []),
    ...told.filter(([holds]) => holds).map(([, he, en]) => say(he, en, locale)),
    ...(ceiling === null ? [] : [ceiling]),
  ];
}

/** Documents that these sums leave out: in shekels, those without an exchange rate, and those of a foreign dealer. */
async function currencyWarnings({ tx, workspace, order }: Source): Promise<readonly Warning[]> {
  const of = { ...order, workspaceId: workspace.id };
  const unconverted = order.currency === 'ILS' ? await countUnconverted(tx, of) : [];
  const named = new Set<string>(unconverted.map(({ currency }) => currency));
  const others = (await listOtherCurrencies(tx, of)).filter((one) => !named.has(one));
  return [
    ...unconverted.map(({ currency, count }): Warning => [
      true,
      `ל-${count} מסמכים במטבע ${currency} אין סכום בשקלים: חסר שער חליפין`,
      `${count} documents in ${currency} have no sums in shekels: their exchange rate is missing`,
    ]),
    [
      others.length > 0,
      `יש מסמכים גם במטבעות ${others.join(', ')}`,
      `There are documents in ${others.join(', ')} too`,
    ],
  ];
}

/** The turnover of an osek patur since the beginning of the tax year, once it has reached the first step. */
async function ceilingWarning({ tx, workspace, order }: Source): Promise<string | null> {
  if (order.currency !== 'ILS') return null;
  const patur = await readPaturTurnover(tx, workspace.id, dayBefore(order.to));
  if (patur === null || patur.ceiling === null || patur.shareBp === null) return null;
  const percent = Math.floor(patur.shareBp / 100);
  if (percent < PATUR_STEPS[0]) return null;
  const ceiling = amountText(patur.ceiling, { order });
  const older = patur.ceilingYear !== patur.year;
  return say(
    `מחזור השנה הוא ${percent}% מתקרת עוסק פטור (${ceiling}${older ? `, של שנת ${patur.ceilingYear}` : ''})`,
    `The turnover of the year is ${percent} % of the ceiling of an osek patur (${ceiling}${older ? `, of ${patur.ceilingYear}` : ''})`,
    order.locale,
  );
}
