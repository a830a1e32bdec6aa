/**
 * What the authority's refusals mean, and what a person can do. Source: docs/reference/israel-tax.md, "The authority's API".
 */
const REFUSALS: Readonly<Record<string, string>> = {
  '400': 'The authority could not read the request: ask who runs Tashlum',
  '406':
    'The person who connected the business has no permission for its dealer number: connect it as somebody who has',
  '422': 'The authority does not accept a field of the request: ask who runs Tashlum',
  '431': 'The dealer number of the business or of the customer is wrong',
  '432': 'The dealer number of the customer is wrong',
  '434': 'The date of the invoice is too long ago',
  '435': 'The date of the invoice is more than 30 days ahead',
  '437': 'The authority expects no VAT on this invoice',
  '446': 'The authority does not know who asks: connect the business again, with the id of the person',
  '460': 'The authority refused a number. Give the money back, or ask your accountant about a hearing',
  '461': 'The authority refused a number for this invoice before, and nothing was decided since',
  '462': 'The authority refused a number for this invoice before, and it was decided what follows',
  '463': 'The authority knows no refused invoice that matches',
};

/** A sentence about the refusal of an allocation number; of an unknown code too. */
export function refusalSentence(code: string): string {
  return REFUSALS[code] ?? `The authority refused a number with a code that we do not know (${code})`;
}

/** A failed try is followed by another after a minute, then after twice as long each time, up to six hours. */
export function nextTryInSeconds(tries: number): number {
  return Math.min(60 * 2 ** Math.min(tries, 20), 6 * 3_600);
}
