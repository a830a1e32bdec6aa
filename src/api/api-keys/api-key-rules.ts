import { Problem } from '../../domain/problems.ts';
import { newToken } from '../../domain/ids.ts';
import type { Scope } from '../../domain/scopes.ts';
import type { Mode } from '../../domain/workspace.ts';
import type { Caller } from '../http/authenticate.ts';

/** Characters of a secret that lists show: enough to recognise a key, too few to guess it. */
const PREFIX_LENGTH = 12;

/** A new secret. Its prefix shows the mode of its workspace. */
export function newSecret(mode: Mode): { secret: string; prefix: string } {
  const secret = `tsh_${mode}_${newToken()}`;
  return { secret, prefix: secret.slice(0, PREFIX_LENGTH) };
}

/** A key cannot give a new key a scope that it lacks itself. @throws Problem insufficient_scope */
export function checkMayMint(caller: Caller, scopes: readonly Scope[]): void {
  if (caller.kind === 'admin') return;
  const lacking = scopes.filter((scope) => !caller.scopes.includes(scope));
  if (lacking.length > 0) {
    throw new Problem(
      'insufficient_scope',
      `this key lacks ${lacking.join(', ')}, so it cannot give that to another key`,
    );
  }
}
