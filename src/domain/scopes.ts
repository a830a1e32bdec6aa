/** What an API key may do. `providers:write` and `customers:erase` stand apart: one can divert money, the other cannot be undone. */
export const SCOPES = [
  'links:read',
  'links:write',
  'payments:read',
  'payments:write',
  'refunds:write',
  'documents:read',
  'documents:write',
  'reports:read',
  'books:close',
  'settings:write',
  'providers:write',
  'customers:erase',
] as const;
export type Scope = (typeof SCOPES)[number];

/** A narrow scope, and the wider one that contains it. */
const WIDER: Partial<Record<Scope, Scope>> = {
  'links:read': 'payments:read',
  'links:write': 'payments:write',
  'documents:read': 'payments:read',
  'documents:write': 'payments:write',
  'books:close': 'settings:write',
};

/** The scope that contains this one; null if none does. */
export function widerThan(scope: Scope): Scope | null {
  return WIDER[scope] ?? null;
}

/** Whether a key with these scopes may do what `wanted` opens. */
export function permits(scopes: readonly Scope[], wanted: Scope): boolean {
  const wider = widerThan(wanted);
  return scopes.includes(wanted) || (wider !== null && scopes.includes(wider));
}

/** Whether a key with these scopes sees all of a payment, or only whether it is paid. */
export function seesWholePayments(scopes: readonly Scope[]): boolean {
  return scopes.includes('payments:read') || scopes.includes('payments:write');
}
