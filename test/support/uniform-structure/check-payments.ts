import type { UniformDocument } from './check-documents.ts';
import { isEmpty } from './check-field.ts';
import { numberOf, textOf } from './read-records.ts';
import type { Tell, UniformRecord } from './read-records.ts';

const [CHEQUE, CARD] = [2, 3];
const OF_CHEQUES = [1307, 1308, 1309, 1310];
const OF_CARDS = [1313, 1314, 1315];
const DUE = 1311;
const ALLOWED = new Map([
  [CHEQUE, [...OF_CHEQUES, DUE]],
  [CARD, [...OF_CARDS, DUE]],
]);

/** How a document was paid, D120, against its header. */
export function checkPayments({ header, payments, total }: UniformDocument, tell: Tell): void {
  payments.forEach((payment, index) => {
    if (numberOf(payment, 1305) !== index + 1) tell(payment.place, `1305 is not ${index + 1}`);
    if (textOf(payment, 1322) !== textOf(header, 1230))
      tell(payment.place, '1322 is not the day of the document');
    if (numberOf(payment, 1312) * total <= 0) tell(payment.place, '1312 has another sign than 1223');
    checkMeans(payment, tell);
  });
  const sum = payments.reduce((all, payment) => all + numberOf(payment, 1312), 0);
  if (payments.length > 0 && sum !== total) tell(header.place, `1223 is not ${sum}, the sum of 1312`);
}

/** Fields of cheques and of cards: there where they belong and nowhere else. */
function checkMeans(payment: UniformRecord, tell: Tell): void {
  const means = numberOf(payment, 1306);
  const filledOf = (ids: number[]) => ids.filter((id) => !isEmpty(payment.raw.get(id) ?? ''));
  const allowed = new Set(ALLOWED.get(means) ?? []);
  const filled = filledOf([...OF_CHEQUES, ...OF_CARDS, DUE]);
  for (const id of filled) if (!allowed.has(id)) tell(payment.place, `${id} is filled, of means ${means}`);
  const needed = means === CHEQUE ? OF_CHEQUES : [];
  for (const id of needed) if (!filled.includes(id)) tell(payment.place, `${id} of a cheque is empty`);
}
