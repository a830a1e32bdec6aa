import type { DocumentRow } from '../../db/document-rows.ts';
import { dayInZone } from '../../domain/calendar.ts';
import type { DocumentLine } from '../../domain/document-content.ts';
import { withheldIn } from '../../domain/means.ts';
import { sumMinor } from '../../domain/money.ts';
import { SERIES_PREFIX } from '../../domain/tax-document.ts';
import type { DocumentType } from '../../domain/tax-document.ts';
import { countryName } from '../../domain/workspace.ts';
import { moneyRows } from './money-rows.ts';
import { amount, date, digits, record, text } from './pictures.ts';

/** Our types in the publication's numbers (docs/reference/uniform-structure.md, "Document types"). Confirmations have none. */
export const UNIFORM_TYPES = {
  tax_invoice_receipt: 320,
  credit_invoice: 330,
  receipt: 400,
  credit_receipt: 400,
} as const;
export type UniformDocumentType = keyof typeof UNIFORM_TYPES;

/** What every record needs besides its document. */
export interface Place {
  readonly taxId: string;
  readonly timeZone: string;
  /** Number of the next record in the file. */
  readonly next: () => number;
  /** Ties the records of one document together (1234, 1273, 1323). */
  readonly link: number;
}

/** The records of a document in order: its header, its lines unless it is a receipt, its money unless it is an invoice. */
export function documentRecords(row: DocumentRow, place: Place): readonly string[] {
  const { type } = row;
  const isReceipt = type === 'receipt' || type === 'credit_receipt';
  return [
    headerRecord(row, place),
    ...(isReceipt ? [] : lineRecords(row, place)),
    ...(type === 'credit_invoice' ? [] : moneyRecords(row, place)),
  ];
}

/** A credit receipt has the number of a receipt and the opposite meaning, so its sums are negative. */
const signOf = ({ type }: DocumentRow): number => (type === 'credit_receipt' ? -1 : 1);

/** Who names the tax that the payer withheld (1224). A credit does not: the field has no minus. */
const WITHHELD_IN: ReadonlySet<DocumentType> = new Set(['receipt', 'tax_invoice_receipt']);

/**
 * What a receipt's sums leave out: it says what came, and 1224 says the rest. A tax invoice is about the whole sale.
 * Source: docs/reference/uniform-structure.md, "Means of payment".
 */
export const withheldOf = ({ type, content }: Pick<DocumentRow, 'type' | 'content'>): number =>
  type === 'receipt' ? withheldIn(content.means) : 0;

const typeOf = (type: DocumentType): number => UNIFORM_TYPES[type as UniformDocumentType];

const beginning = (
  code: string,
  { type, number }: DocumentRow,
  { taxId, next }: Place,
): readonly string[] => [
  code,
  digits(9, next()),
  digits(9, taxId),
  digits(3, typeOf(type)),
  text(20, `${SERIES_PREFIX[type]}${number}`),
];

function headerRecord(row: DocumentRow, place: Place): string {
  const { content, createdAt } = row;
  const { customer } = content;
  const sign = signOf(row);
  const time = createdAt.toLocaleTimeString('en-GB', {
    timeZone: place.timeZone,
    hour: '2-digit',
    minute: '2-digit',
  });
  const isDealer = customer.taxIdKind !== 'private' && /^\d{1,9}$/.test(customer.taxId ?? '');
  return record(444, [
    ...beginning('C100', row, place),
    date(dayInZone(createdAt, place.timeZone)),
    digits(4, time.replace(':', '')),
    text(50, customer.name),
    ...addressFields(row),
    text(15, customer.phone),
    digits(9, isDealer ? customer.taxId : 0),
    date(dayInZone(new Date(content.paidAt), place.timeZone)),
    amount(0),
    text(3, ''),
    amount(sign * (row.net - withheldOf(row))),
    amount(0),
    amount(sign * (row.net - withheldOf(row))),
    amount(sign * row.vat),
    amount(sign * (row.total - withheldOf(row))),
    amount(WITHHELD_IN.has(row.type) ? withheldIn(content.means) : 0, 9),
    text(15, customer.taxId ?? CASUAL),
    text(10, ''),
    text(1, row.status === 'cancelled' ? '1' : ''),
    date(row.documentDate),
    text(7 + 9, ''),
    digits(7, place.link),
    text(13, ''),
  ]);
}

/** Street, house number, city, zip, country and its code (1208 to 1213). */
function addressFields({ customerAddress, content }: DocumentRow): readonly string[] {
  const { street, houseNumber, city, zip, country } = customerAddress ?? {};
  return [
    text(50, street ?? null),
    text(10, houseNumber ?? null),
    text(30, city ?? null),
    text(8, zip ?? null),
    text(30, country === undefined ? null : countryName(country, content.locale)),
    text(2, country ?? null),
  ];
}

/** The account of customers without an id: the field is a must. */
const CASUAL = 'CASUAL';

function lineRecords(row: DocumentRow, place: Place): readonly string[] {
  const { lines } = row.content;
  const base = row.content.credits ?? row.content.reverses ?? null;
  const nets = netsOf(row);
  return lines.map((line, at) => {
    const net = nets[at] ?? 0;
    return record(339, [
      ...beginning('D110', row, place),
      digits(4, at + 1),
      digits(3, base === null ? 0 : typeOf(base.type)),
      text(20, base?.displayNumber.replace('-', '') ?? ''),
      '1',
      text(20, ''),
      text(30, line.description),
      text(50 + 30, ''),
      text(20, 'יחידה'),
      amount(line.quantity * 10_000, 14),
      amount(Math.round(net / line.quantity)),
      amount(0),
      amount(net),
      digits(4, line.vatTreatment === 'standard' ? row.rateBp : 0),
      text(7, ''),
      date(row.documentDate),
      digits(7, place.link),
      text(7 + 21, ''),
    ]);
  });
}

/**
 * What each line comes to without VAT. VAT was computed once for all of them, so the rounding is shared out: together
 * they come to the net of the document.
 */
function netsOf({ net, content }: DocumentRow): readonly number[] {
  const taxed = content.lines.filter(({ vatTreatment }) => vatTreatment === 'standard');
  const untaxed = sumMinor(content.lines.filter((line) => !taxed.includes(line)).map(({ total }) => total));
  const whole = BigInt(sumMinor(taxed.map(({ total }) => total)));
  let before = 0n;
  const shareUpTo = (sum: bigint): bigint =>
    whole === 0n ? 0n : (sum * BigInt(net - untaxed) * 2n + whole) / (whole * 2n);
  return content.lines.map((line: DocumentLine) => {
    if (line.vatTreatment !== 'standard') return line.total;
    const share = shareUpTo(before + BigInt(line.total)) - shareUpTo(before);
    before += BigInt(line.total);
    return Number(share);
  });
}

function moneyRecords(row: DocumentRow, place: Place): readonly string[] {
  return moneyRows(row, place.timeZone).map((money, at) =>
    record(222, [
      ...beginning('D120', row, place),
      digits(4, at + 1),
      digits(1, money.means),
      digits(10, money.check?.bank ?? 0),
      digits(10, money.check?.branch ?? 0),
      digits(15, money.check?.account ?? 0),
      digits(10, money.check?.number ?? 0),
      date(money.dueDay),
      amount(signOf(row) * money.amount),
      // Which acquirer took the card is not known.
      digits(1, 0),
      text(20, money.brand),
      digits(1, money.deal),
      text(7, ''),
      date(row.documentDate),
      digits(7, place.link),
      text(60, ''),
    ]),
  );
}
