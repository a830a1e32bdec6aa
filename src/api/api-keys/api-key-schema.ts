import { z } from 'zod';
import { SCOPES } from '../../domain/scopes.ts';
import { words } from '../http/read-input.ts';

/** Body of `POST …/api-keys`. */
export const newApiKey = z.strictObject({
  name: words(1, 100),
  scopes: z
    .array(z.enum(SCOPES, { error: `must be one of ${SCOPES.join(', ')}` }), {
      error: 'must be a list of scopes',
    })
    .min(1, 'must name a scope')
    .refine((scopes) => new Set(scopes).size === scopes.length, 'must name each scope once'),
});

/** The list is short and complete, so it takes no parameters. */
export const apiKeyQuery = z.strictObject({});
