import { cleanText } from '../domain/text.ts';

/** Maximum lengths of texts that are printed or shown, by field. Ids, addresses and secrets may have any length. */
const MOST: Readonly<Record<string, number>> = {
  payerName: 200,
  brand: 60,
  wallet: 60,
  last4: 20,
  approvalNumber: 60,
  rawCode: 100,
  paidAtRaw: 100,
  foreignDocument: 200,
};

/**
 * Makes every text in every answer of every adapter storable. Otherwise one odd character in a payer's name could
 * keep a payment from being settled.
 */
export function cleanAnswers<Adapter extends object>(adapter: Adapter): Adapter {
  const verbs = Object.entries(adapter).map(([verb, run]: [string, (...given: unknown[]) => unknown]) => [
    verb,
    (...given: unknown[]) => cleanAnswer(run(...given)),
  ]);
  return Object.fromEntries(verbs) as Adapter;
}

function cleanAnswer(answer: unknown): unknown {
  if (answer instanceof Promise) return answer.then((value: unknown) => cleanValue(value));
  return isStream(answer) ? cleanStream(answer) : cleanValue(answer);
}

const isStream = (answer: unknown): answer is AsyncIterable<unknown> =>
  typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer;

async function* cleanStream(stream: AsyncIterable<unknown>): AsyncIterable<unknown> {
  for await (const one of stream) yield cleanValue(one);
}

function cleanValue(value: unknown, field = ''): unknown {
  if (typeof value === 'string') return cleanText(value, MOST[field] ?? Infinity);
  if (Array.isArray(value)) return value.map((one) => cleanValue(one, field));
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, cleanValue(inner, name)]));
}
