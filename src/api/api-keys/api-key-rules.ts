import { fieldProblem, Problem } from '../../domain/problems.ts';
import { newToken } from '../../domain/ids.ts';
import { permits } from '../../domain/scopes.ts';
import type { Scope } from '../../domain/scopes.ts';
import type { Mode } from '../../domain/workspace.ts';
import type { Caller } from '../http/authenticate.ts';

/** Characters of a secret that lists show: enough to recognise a key, too few to guess it. */
const PREFIX_LENGTH = 12;

/** What is asked of a new key. */
interface WantedKey {
  readonly scopes: readonly Scope[];
  readonly expiresAt?: Date | undefined;
}

/** A new secret. Its prefix shows the mode of its workspace. */
export function newSecret(mode: Mode): { secret: string; prefix: string } {
  const secret = `tsh_${mode}_${newToken()}`;
  return { secret, prefix: secret.slice(0, PREFIX_LENGTH) };
}

/**
 * A key cannot give a new key a scope that it lacks itself, nor a longer life than its own.
 * @throws Problem insufficient_scope, validation_failed
 */
export function checkMayMint(caller: Caller, wanted: WantedKey, now: Date): void {
  const { scopes, expiresAt = null } = wanted;
  if (expiresAt !== null && expiresAt <= now) throw fieldProblem('#/expiresAt', 'must lie in the future');
  if (caller.kind === 'admin') return;
  const end = caller.expiresAt;
  if (end !== null && (expiresAt === null || expiresAt > end))
    throw fieldProblem(
      '#/expiresAt',
      `must be ${end.toISOString()} at the latest, when your own key expires`,
    );
  const lacking = scopes.filter((scope) => !permits(caller.scopes, scope));
  if (lacking.length > 0) {
    throw new Problem(
      'insufficient_scope',
      `this key lacks ${lacking.join(', ')}, so it cannot give that to another key`,
    );
  }
}
