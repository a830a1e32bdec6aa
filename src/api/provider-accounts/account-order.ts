import type { Request } from 'express';
import { z } from 'zod';
import type { AccountOptions } from '../../db/provider-accounts.ts';
import { fieldProblem } from '../../domain/problems.ts';
import { readBody } from '../http/read-input.ts';
import type { AccountFace, ProviderFamily } from './account-families.ts';
import { optionsOf } from './account-schema.ts';

/** Defaults: webhooks may be missing for a day, and a page lives 30 days. */
export const DEFAULT_OPTIONS: AccountOptions = { webhookGraceSeconds: 86_400, maxPageMinutes: 43_200 };

/** The requested account. Without credentials, the stored ones are meant. */
export interface AccountOrder {
  readonly face: AccountFace;
  readonly credentials: unknown;
  readonly options: Partial<AccountOptions>;
}

/**
 * Reads the body of a PUT or a test: first the vendor, then the rest by the shape of that vendor.
 * @throws Problem validation_failed naming each field
 */
export function readAccountOrder(request: Request, family: ProviderFamily): AccountOrder {
  const face = getFace(family, readName(request, family));
  const schema = z.strictObject({
    [family.nameField]: z.string(),
    credentials: face.credentials.optional(),
    options: optionsOf(face).optional(),
  });
  const body = readBody<{ credentials?: unknown; options?: Partial<AccountOptions> }>(request, schema);
  return { face, credentials: body.credentials, options: body.options ?? {} };
}

/** Whether the body is empty: then the stored credentials are tested. */
export function isEmptyBody(request: Request): boolean {
  return Object.keys(readBody(request, z.looseObject({}))).length === 0;
}

function readName(request: Request, family: ProviderFamily): string {
  const name = z.string({ error: `must be one of ${family.supported.join(', ')}` });
  return readBody(request, z.looseObject({ [family.nameField]: name }))[family.nameField] as string;
}

/** @throws Problem validation_failed, which lists what is supported */
export function getFace(family: ProviderFamily, name: string): AccountFace {
  const face = family.face(name);
  if (face === null)
    throw fieldProblem(`#/${family.nameField}`, `must be one of ${family.supported.join(', ')}`);
  return face;
}
