import { z } from 'zod';
import { SCOPES } from '../../domain/scopes.ts';
import { at, id } from '../http/answer.ts';
import type { AnswerOf } from '../http/answer.ts';
import { instant, words, oneOf } from '../http/read-input.ts';

/** Body of `POST …/api-keys`. */
export const newApiKey = z
  .strictObject({
    name: words(1, 100),
    scopes: z
      .array(oneOf(SCOPES), {
        error: 'must be a list of scopes',
      })
      .min(1, 'must name a scope')
      .refine((scopes) => new Set(scopes).size === scopes.length, 'must name each scope once')
      .meta({ uniqueItems: true }),
    expiresAt: instant
      .optional()
      .describe(
        'From when on the key works no more. Leave it out for a key that is valid until it is revoked.',
      ),
  })
  .meta({ id: 'NewApiKey' });

const named = {
  id: id('apiKey'),
  name: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  prefix: z.string().describe('The beginning of the secret, to recognise the key.'),
  createdAt: at,
  expiresAt: at.nullable().describe('From when on it works no more.'),
};

/** A new key: its secret is shown here and never again. */
export const newApiKeyAnswer = z
  .object({ ...named, secret: z.string().describe('Shown once. Send it as `Authorization: Bearer …`.') })
  .meta({ id: 'ApiKeyWithSecret' });
export type NewApiKeyJson = AnswerOf<typeof newApiKeyAnswer>;

/** A key without its secret. */
export const apiKeyAnswer = z
  .object({ ...named, lastUsedAt: at.nullable().describe('To the minute.') })
  .meta({ id: 'ApiKey' });
export type ApiKeyJson = AnswerOf<typeof apiKeyAnswer>;

/** All keys that were not revoked, newest first. The list is complete: `next` is always null. */
export const apiKeysAnswer = z
  .object({ data: z.array(apiKeyAnswer), next: z.null() })
  .meta({ id: 'ApiKeyList' });
