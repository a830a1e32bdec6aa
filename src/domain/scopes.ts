/** What an API key may do. `providers:write` stands apart: it can divert money. */
export const SCOPES = [
  'payments:read',
  'payments:write',
  'refunds:write',
  'reports:read',
  'settings:write',
  'providers:write',
] as const;
export type Scope = (typeof SCOPES)[number];
