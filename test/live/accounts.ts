/** The sandbox account of a vendor as the environment tells it, or the sentence that says why there is none. */
export type LiveAccount =
  { readonly credentials: Readonly<Record<string, string>> } | { readonly skipped: string };

/** `apiKeyId` of `green-invoice` is in GREEN_INVOICE_API_KEY_ID. */
export function variableOf(vendor: string, field: string): string {
  const words = `${vendor}-${field.replace(/[A-Z]/g, (letter) => `-${letter}`)}`;
  return words.replaceAll('-', '_').toUpperCase();
}

/** Reads one variable a field; those in `optional` may be missing. */
export function readAccount(
  vendor: string,
  fields: readonly string[],
  optional: readonly string[] = [],
  env: Readonly<Record<string, string | undefined>> = process.env,
): LiveAccount {
  const given = fields.flatMap((field) => {
    const value = env[variableOf(vendor, field)];
    return value === undefined || value === '' ? [] : [[field, value] as const];
  });
  const credentials = Object.fromEntries(given);
  const missing = fields.filter((field) => !optional.includes(field) && credentials[field] === undefined);
  if (missing.length === 0) return { credentials };
  const names = missing.map((field) => variableOf(vendor, field)).join(', ');
  return { skipped: `for lack of ${names}: set what belongs to an account of the vendor's own sandbox` };
}
