import { isEmpty } from './check-field.ts';
import { checkLines } from './check-lines.ts';
import { checkPayments } from './check-payments.ts';
import { numberOf, textOf } from './read-records.ts';
import type { Tell, UniformRecord } from './read-records.ts';

/** A document header with what belongs to it. */
export interface UniformDocument {
  readonly header: UniformRecord;
  readonly type: number;
  readonly number: string;
  readonly total: number;
  readonly lines: readonly UniformRecord[];
  readonly payments: readonly UniformRecord[];
}

const [RECEIPT, INVOICE_RECEIPT] = [400, 320];

/** Puts documents together by type and number; a detail whose header is not there is told. */
export function gatherDocuments(data: readonly UniformRecord[], tell: Tell): UniformDocument[] {
  const keyOf = (record: UniformRecord, type: number) =>
    `${textOf(record, type)} ${textOf(record, type + 1)}`;
  const byKey = (code: string, type: number) =>
    Map.groupBy(
      data.filter((record) => record.code === code),
      (record) => keyOf(record, type),
    );
  const [headers, lines, payments] = [byKey('C100', 1203), byKey('D110', 1253), byKey('D120', 1303)];
  for (const details of [lines, payments])
    for (const [key, [first]] of details)
      if (first !== undefined && !headers.has(key)) tell(first.place, `belongs to ${key}, which has no C100`);
  return [...headers].flatMap(([key, [header, ...more]]) => {
    if (header === undefined) return [];
    for (const { place } of more) tell(place, `1204: the file has ${key} twice`);
    return {
      header,
      type: numberOf(header, 1203),
      number: textOf(header, 1204),
      total: numberOf(header, 1223),
      lines: lines.get(key) ?? [],
      payments: payments.get(key) ?? [],
    };
  });
}

/** Rules between the records of each document, and between documents. */
export function checkDocuments(ini: UniformRecord, documents: readonly UniformDocument[], tell: Tell): void {
  const links = new Set<string>();
  for (const document of documents) {
    checkDays(ini, document.header, tell);
    checkMandatory(ini, document, tell);
    checkSums(document, tell);
    checkRareSums(document, tell);
    checkForeignSums(document, tell);
    checkDetails(document, tell);
    checkLines(document, documents, tell);
    checkPayments(document, tell);
    checkLink(document, links, tell);
  }
}

function checkDays(ini: UniformRecord, header: UniformRecord, tell: Tell): void {
  const day = numberOf(header, 1230);
  const isInRange = day >= numberOf(ini, 1024) && day <= numberOf(ini, 1025);
  if (numberOf(ini, 1011) === 2 && !isInRange) tell(header.place, `1230 ${day} is outside of the range`);
  if (numberOf(header, 1205) > numberOf(ini, 1026)) tell(header.place, '1205 is after the run');
}

function checkMandatory(ini: UniformRecord, { header, type, ...details }: UniformDocument, tell: Tell): void {
  const insist = (record: UniformRecord, id: number, why: string) => {
    if (isEmpty(record.raw.get(id) ?? '')) tell(record.place, `${id} is empty, but mandatory ${why}`);
  };
  if (type >= 100 && type <= 710) for (const id of [1207, 1225]) insist(header, id, 'for types 100 to 710');
  if (numberOf(ini, 1034) === 0) return;
  insist(header, 1231, 'with branches');
  for (const line of details.lines) for (const id of [1270, 1274]) insist(line, id, 'with branches');
  for (const payment of details.payments) insist(payment, 1320, 'with branches');
}

/** Before discount, discount, before VAT, VAT, total, withheld: 1219 to 1224. */
function checkSums({ header, type, total }: UniformDocument, tell: Tell): void {
  const sum = (id: number) => numberOf(header, id);
  const [gross, discount, net, vat] = [sum(1219), sum(1220), sum(1221), sum(1222)];
  if (gross + discount !== net) tell(header.place, `1219 ${gross} and 1220 ${discount} are not 1221 ${net}`);
  if (net + vat !== total) tell(header.place, `1221 ${net} and 1222 ${vat} are not 1223 ${total}`);
  if (total === 0) tell(header.place, '1223 is zero');
  for (const id of [1219, 1221, 1222])
    if (sum(id) * total < 0) tell(header.place, `${id} has another sign than 1223`);
  if (discount * total > 0) tell(header.place, '1220 does not reduce the document');
  if (type === RECEIPT && (discount !== 0 || vat !== 0))
    tell(header.place, '1220 and 1222 of a receipt are 0');
}

/** Withheld tax is of receipts, tax invoice/receipts too. */
function checkRareSums({ header, type }: UniformDocument, tell: Tell): void {
  const withheld = numberOf(header, 1224);
  if (withheld < 0) tell(header.place, '1224 is negative');
  if (type !== RECEIPT && type !== INVOICE_RECEIPT && withheld !== 0)
    tell(header.place, '1224 is of receipts only');
}

/** Only exports are in another currency, and they bear no VAT. */
function checkForeignSums({ header, type }: UniformDocument, tell: Tell): void {
  const [foreign, currency] = [numberOf(header, 1217), textOf(header, 1218)];
  if (currency === '' ? foreign !== 0 : !/^[A-Z]{3}$/.test(currency) || currency === 'ILS')
    tell(header.place, '1217 names its currency in 1218');
  if (currency !== '' && (type === RECEIPT || numberOf(header, 1222) !== 0))
    tell(header.place, '1217 and 1218 are of exports only');
}

/** A receipt has payments; an invoice has lines; 320 is both. */
function checkDetails({ header, type, lines, payments }: UniformDocument, tell: Tell): void {
  const hasPayments = type === RECEIPT || type === INVOICE_RECEIPT;
  if (lines.length > 0 !== (type !== RECEIPT)) tell(header.place, `${type} has ${lines.length} D110`);
  if (payments.length > 0 !== hasPayments) tell(header.place, `${type} has ${payments.length} D120`);
}

/** 1234 is the same in all records of a document and in no other document. */
function checkLink(document: UniformDocument, links: Set<string>, tell: Tell): void {
  const { header, lines, payments } = document;
  const link = textOf(header, 1234);
  if (isEmpty(link)) return;
  if (links.has(link)) tell(header.place, `1234: two documents have the link ${link}`);
  links.add(link);
  for (const line of lines) if (textOf(line, 1273) !== link) tell(line.place, '1273 is not 1234');
  for (const line of payments) if (textOf(line, 1323) !== link) tell(line.place, '1323 is not 1234');
}
