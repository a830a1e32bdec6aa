import type { AccountOptions } from '../../db/provider-accounts.ts';
import { Problem } from '../../domain/problems.ts';
import { isProviderError } from '../../domain/provider-error.ts';
import type { Mode } from '../../domain/workspace.ts';
import type { AccountFace } from './account-families.ts';

const RETRY_AFTER_SECONDS = 5;

/**
 * Asks the vendor whether the credentials are right.
 * @throws Problem provider_credentials_invalid if it refuses them, unavailable if it does not answer
 */
export async function checkCredentials(
  face: AccountFace,
  credentials: unknown,
  options: AccountOptions,
  mode: Mode,
): Promise<void> {
  try {
    await face.check(credentials, options, mode);
  } catch (error) {
    throw toAccountProblem(error, face.name);
  }
}

/** The problem for a failed check; an error that is not a failure of the vendor stays as it is. */
export function toAccountProblem(error: unknown, name: string): unknown {
  if (!isProviderError(error)) return error;
  if (error.code === 'credentials_invalid' || error.code === 'rejected') {
    return new Problem(
      'provider_credentials_invalid',
      `${name} does not accept these credentials: ${error.message}`,
      {
        fields: [
          { pointer: '#/credentials', detail: 'were refused; compare each one with the vendor’s settings' },
        ],
      },
    );
  }
  return new Problem(
    'unavailable',
    `${name} gave no answer about the credentials; nothing was stored, try again`,
    {
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    },
  );
}
