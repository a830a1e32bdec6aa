import type { DocumentRow } from '../../db/document-rows.ts';
import { dayInZone } from '../../domain/calendar.ts';
import { partsOf } from '../../domain/quantity.ts';
import { displayNumber } from '../../domain/tax-document.ts';
import { countryName } from '../../domain/workspace.ts';
import { customerKey, dealerNumber } from '../customer-key.ts';
import { documentDiscountOf, lineSums, NOTHING } from './line-sums.ts';
import type { MoneyRow } from './money-rows.ts';
import { baseTypeOf, signOf, withheldFrom, withheldOf } from './parts.ts';
import type { UniformPart } from './parts.ts';
import { amount, date, digits, record, text } from './pictures.ts';

/** What every record needs besides its document. */
export interface Place {
  readonly taxId: string;
  readonly timeZone: string;
  /** Number of the next record in the file. */
  readonly next: () => number;
  /** Ties the records of one document together (1234, 1273, 1323). */
  readonly link: number;
}

/** The records of a part in order: its header, its lines, its money. */
export function documentRecords(
  row: DocumentRow,
  part: UniformPart,
  money: readonly MoneyRow[],
  place: Place,
): readonly string[] {
  const own: Own = { ...place, row, part };
  return [
    headerRecord(own),
    ...(part.hasLines ? lineRecords(own) : []),
    ...(part.hasMoney ? moneyRecords(own, money) : []),
  ];
}

interface Own extends Place {
  readonly row: DocumentRow;
  readonly part: UniformPart;
}

const beginning = (code: string, { row, part, taxId, next }: Own): readonly string[] => [
  code,
  digits(9, next()),
  digits(9, taxId),
  digits(3, part.type),
  text(20, displayNumber(row.type, row.number)),
];

function headerRecord(own: Own): string {
  const { row, timeZone, link } = own;
  const { content, createdAt } = row;
  const { customer } = content;
  const sign = signOf(row);
  const leftOut = withheldFrom(row, own.part);
  const discount = own.part.hasLines ? documentDiscountOf(row) : 0;
  const time = createdAt.toLocaleTimeString('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
  });
  return record(444, [
    ...beginning('C100', own),
    date(dayInZone(createdAt, timeZone)),
    digits(4, time.replace(':', '')),
    text(50, customer.name),
    ...addressFields(row),
    text(15, phoneOf(customer.phone)),
    digits(9, dealerNumber(customer) ?? 0),
    date(dayInZone(new Date(content.paidAt), timeZone)),
    ...foreignFields(own),
    amount(sign * row.net - leftOut + discount),
    amount(0 - discount),
    amount(sign * row.net - leftOut),
    amount(sign * row.vat),
    amount(sign * row.total - leftOut),
    amount(withheldOf(row, own.part), 9),
    text(15, customerKey(customer)),
    text(10, ''),
    text(1, row.status === 'cancelled' ? '1' : ''),
    date(row.documentDate),
    text(7 + 9, ''),
    digits(7, link),
    text(13, ''),
  ]);
}

/** What an export in another currency comes to in it (1217, 1218). Other documents leave them empty: all sums are in shekels. */
function foreignFields({ row, part }: Own): readonly string[] {
  const foreign = part.hasLines && row.vat === 0 ? row.content.ils?.foreign : undefined;
  const { total = 0, currency = '' } = foreign ?? {};
  return [amount(signOf(row) * total), text(3, currency)];
}

/** Without what people put between the digits, if it is too long for its field with them. */
const phoneOf = (phone: string | null): string | null =>
  phone === null || phone.length <= 15 ? phone : phone.replaceAll(/[^\d+]/g, '');

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

function lineRecords(own: Own): readonly string[] {
  const { row, part, link } = own;
  const base = row.content.credits ?? row.content.reverses ?? null;
  const sums = lineSums(row);
  return row.content.lines.map((line, at) => {
    const { price, discount, sum } = sums[at] ?? NOTHING;
    return record(339, [
      ...beginning('D110', own),
      digits(4, at + 1),
      digits(3, base === null ? 0 : baseTypeOf(part, base)),
      // Documents of the first weeks name what they credit as `CR-1`.
      text(20, base?.displayNumber.replace('-', '') ?? ''),
      // Nobody tells us whether it is a service or goods.
      '0',
      text(20, ''),
      text(30, line.description),
      text(50 + 30, ''),
      text(20, 'יחידה'),
      amount(partsOf(line.quantity), 14),
      amount(price),
      amount(discount),
      amount(sum),
      digits(4, line.vatTreatment === 'standard' ? row.rateBp : 0),
      text(7, ''),
      date(row.documentDate),
      digits(7, link),
      text(7 + 21, ''),
    ]);
  });
}

function moneyRecords(own: Own, money: readonly MoneyRow[]): readonly string[] {
  const { row, link } = own;
  return money.map((one, at) =>
    record(222, [
      ...beginning('D120', own),
      digits(4, at + 1),
      digits(1, one.means),
      digits(10, one.check?.bank ?? 0),
      digits(10, one.check?.branch ?? 0),
      digits(15, one.check?.account ?? 0),
      digits(10, one.check?.number ?? 0),
      date(one.dueDay),
      amount(signOf(row) * one.amount),
      // Which acquirer took the card is not known.
      digits(1, 0),
      text(20, one.brand),
      digits(1, one.deal),
      text(7, ''),
      date(row.documentDate),
      digits(7, link),
      text(60, ''),
    ]),
  );
}
