/** Headers whose values say nothing of a person and prove nothing. */
const HARMLESS: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'connection',
  'content-length',
  'content-type',
  'date',
  'host',
  'user-agent',
]);
const MOST_HEADERS = 50;
const LONGEST_VALUE = 200;

/** What stands for a value that is kept back. */
export const REDACTED = '[redacted]';

/** The headers of a webhook as people may see them: every name, the values of the harmless ones. Signatures are kept back. */
export function redactHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers)
      .slice(0, MOST_HEADERS)
      .map(([name, value]) => [name, HARMLESS.has(name) ? value.slice(0, LONGEST_VALUE) : REDACTED]),
  );
}

/**
 * The body of a webhook as people may see it, as fields: JSON or a form. Keeps ids, codes, amounts and times, so that
 * it can still be understood and replayed. Everything that may be of a person or prove something is kept back. Null: it
 * is neither, or is a form in parts, which no vendor was seen to send.
 */
export function redactBody(body: Buffer, contentType: string): unknown {
  const text = body.toString();
  if (/^application\/x-www-form-urlencoded/i.test(contentType))
    return redact('', Object.fromEntries(new URLSearchParams(text)));
  try {
    return redact('', JSON.parse(text));
  } catch {
    return null;
  }
}

/** Words in the names of fields whose values are of a person or prove something. */
const PERSONAL =
  /name|mail|phone|mobile|address|street|city|zip|postal|identif|tax_?id|vat_?num|birth|card|digit|expir|cvv|cvc|pan|holder|token|secret|hash|signature|key|password|desc|comment|note|invoice_to|remark|(^|_)ip($|_)/i;
const CODE = /^[\w.:+/=-]{1,100}$/;
const TIME = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T]\d{1,2}:\d{2}[\d:.Z+-]*)?$/;
const CARD = /\d{12,19}/;

function redact(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => redact(name, one));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, redact(key, one)]));
  if (typeof value === 'number') return isHarmless(name, String(value)) ? value : REDACTED;
  if (typeof value === 'string') return value === '' || isHarmless(name, value) ? value : REDACTED;
  return value;
}

const isHarmless = (name: string, text: string): boolean =>
  !PERSONAL.test(name) && (TIME.test(text) || (CODE.test(text) && !isCardNumber(text)));

/** Twelve digits and more with the check digit of cards. */
function isCardNumber(text: string): boolean {
  const [digits = ''] = CARD.exec(text) ?? [];
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, place) => {
      const doubled = Number(digit) * (place % 2 === 0 ? 1 : 2);
      return total + (doubled > 9 ? doubled - 9 : doubled);
    }, 0);
  return digits !== '' && sum % 10 === 0;
}
