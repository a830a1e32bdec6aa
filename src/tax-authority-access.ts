import { z } from 'zod';

/** This program at the tax authority. Source: docs/reference/israel-tax.md, "The authority's API". */
export interface TaxAuthorityAccess {
  readonly key: { readonly id: string; readonly secret: string };
  readonly version: 'v1' | 'v2';
  /** Addresses of live workspaces in place of the usual ones. `apiUrl` ends with a slash. */
  readonly urls: { readonly authorizeUrl: string; readonly tokenUrl: string; readonly apiUrl: string } | null;
}

const isUrl = (text: string): boolean => URL.canParse(text) && text.startsWith('https://');

/** Variables of the environment; `config.ts` reads them with the others. */
export const TAX_AUTHORITY_VARIABLES = {
  TAX_AUTHORITY_CLIENT: z
    .string()
    .regex(/^[^:\s]+:\S+$/, 'must be "id:secret", as the portal of the tax authority shows them')
    .optional(),
  TAX_AUTHORITY_VERSION: z.enum(['v1', 'v2'], { error: 'must be v1 or v2' }).default('v2'),
  TAX_AUTHORITY_URLS: z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .refine(
      (parts) => parts.length === 3 && parts.every(isUrl),
      'must be three https addresses by comma: authorize, token, API',
    )
    .optional(),
};

/** The sandbox takes any key. Null: numbers are entered by hand. */
export function toTaxAuthorityAccess(
  given: z.infer<z.ZodObject<typeof TAX_AUTHORITY_VARIABLES>>,
  isSandbox: boolean,
): TaxAuthorityAccess | null {
  const client = given.TAX_AUTHORITY_CLIENT ?? (isSandbox ? 'sandbox:sandbox' : null);
  if (client === null) return null;
  const [id = '', ...secret] = client.split(':');
  const [authorizeUrl, tokenUrl, apiUrl] = given.TAX_AUTHORITY_URLS ?? [];
  const isGiven = authorizeUrl !== undefined && tokenUrl !== undefined && apiUrl !== undefined;
  return {
    key: { id, secret: secret.join(':') },
    version: given.TAX_AUTHORITY_VERSION,
    urls: isGiven ? { authorizeUrl, tokenUrl, apiUrl: apiUrl.replace(/\/?$/, '/') } : null,
  };
}
