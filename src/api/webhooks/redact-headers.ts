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
