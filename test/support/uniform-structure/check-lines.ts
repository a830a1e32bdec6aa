import type { UniformDocument } from './check-documents.ts';
import { isEmpty } from './check-field.ts';
import { numberOf, textOf } from './read-records.ts';
import type { Tell, UniformRecord } from './read-records.ts';

const CREDIT = 330;

/** The goods and services of a document, D110, against its header. */
export function checkLines(
  document: UniformDocument,
  documents: readonly UniformDocument[],
  tell: Tell,
): void {
  const { header, lines } = document;
  lines.forEach((line, index) => {
    if (numberOf(line, 1255) !== index + 1) tell(line.place, `1255 is not ${index + 1}`);
    if (textOf(line, 1272) !== textOf(header, 1230)) tell(line.place, '1272 is not the day of the document');
    checkProduct(line, document.total, tell);
    checkBase(line, document, documents, tell);
  });
  if (lines.length > 0) checkTotals(document, tell);
}

/**
 * 1267 = quantity × unit price, less the discount; a unit price of whole agorot leaves half an agora a unit, and
 * a part of a unit comes to whole agorot too.
 */
function checkProduct(line: UniformRecord, total: number, tell: Tell): void {
  const quantity = numberOf(line, 1264) / 10_000;
  const [price, discount, sum] = [numberOf(line, 1265), numberOf(line, 1266), numberOf(line, 1267)];
  if (quantity === 0) tell(line.place, '1264 is zero');
  if (Math.abs(quantity * price + discount - sum) > Math.max(quantity, 1) / 2)
    tell(line.place, `1267 ${sum} is not 1264 ${quantity} × 1265 ${price} and 1266 ${discount}`);
  if (discount > 0) tell(line.place, '1266 is not negative');
  if (sum * total < 0) tell(line.place, '1267 has another sign than 1223');
}

/** A credit names the document that it is about, written as that document writes itself. */
function checkBase(
  line: UniformRecord,
  { type }: UniformDocument,
  documents: readonly UniformDocument[],
  tell: Tell,
): void {
  const [baseType, baseNumber] = [numberOf(line, 1256), textOf(line, 1257)];
  if (type === CREDIT && (baseType === 0 || baseNumber === ''))
    tell(line.place, '1256 and 1257 name no base');
  if (baseType === 0 && baseNumber === '') return;
  if (!documents.some((other) => other.type === baseType && other.number === baseNumber))
    tell(line.place, `1257: the base ${baseType} ${baseNumber} is not in the file`);
}

/** Lines add up to the amount before the document's discount, and their VAT to its VAT, an agora a line apart at most. */
function checkTotals({ header, lines }: UniformDocument, tell: Tell): void {
  const sum = lines.reduce((all, line) => all + numberOf(line, 1267), 0);
  const vat = lines.reduce((all, line) => all + (numberOf(line, 1267) * numberOf(line, 1268)) / 10_000, 0);
  if (sum !== numberOf(header, 1219)) tell(header.place, `1219 is not ${sum}, the sum of 1267`);
  if (isEmpty(header.raw.get(1220) ?? '') && Math.abs(vat - numberOf(header, 1222)) > lines.length)
    tell(header.place, `1222 is not ${vat}, the VAT of its lines`);
}
