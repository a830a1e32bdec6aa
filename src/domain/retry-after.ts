/**
 * No vendor is taken at its word for longer. A header of days, by mistake or on purpose, would keep a payment waiting for
 * days; asked too early, the vendor only says it again.
 */
const MOST_MS = 60 * 60_000;

/**
 * How long a `Retry-After` header asks us to wait, in milliseconds: seconds or an HTTP date, an hour at most. Null if it
 * is missing, unreadable or over: then our own pauses count. Source: RFC 9110, section 10.2.3.
 */
export function readRetryAfter(header: string | undefined, now: Date = new Date()): number | null {
  const text = header?.trim() ?? '';
  const isDate = /^[A-Z].* GMT$/i.test(text);
  const ms = isDate ? Date.parse(text) - now.getTime() : Math.ceil(Number(text) * 1_000);
  return ms > 0 ? Math.min(ms, MOST_MS) : null;
}
