import { describe, expect, it } from '#jest';
import { checkMayMint, newSecret } from './api-key-rules.ts';
import type { Scope } from '../../domain/scopes.ts';
import { newApiKey } from './api-key-schema.ts';

describe('a new secret', () => {
  it('shows its mode, is long enough and never comes twice', () => {
    const made = Array.from({ length: 50 }, () => newSecret('test').secret);
    expect(new Set(made).size).toBe(50);
    for (const secret of made) expect(secret).toMatch(/^tsh_test_[\w-]{32,}$/);
    expect(newSecret('live').secret).toMatch(/^tsh_live_/);
  });

  it('is known by its first twelve characters', () => {
    const { secret, prefix } = newSecret('live');
    expect(prefix).toHaveLength(12);
    expect(secret.startsWith(prefix)).toBe(true);
  });
});

describe('minting', () => {
  const caller = {
    kind: 'key',
    keyId: 'key_1',
    workspaceId: 'ws_1',
    scopes: ['settings:write', 'payments:read'],
    expiresAt: null,
  } as const;
  const now = new Date('2026-01-15T12:00:00Z');

  it('gives on what the minting key has, and nothing more', () => {
    expect(() => checkMayMint(caller, { scopes: ['payments:read'] }, now)).not.toThrow();
    expect(() => checkMayMint(caller, { scopes: ['payments:read', 'providers:write'] }, now)).toThrow(
      /lacks providers:write/,
    );
  });

  it('gives on a part of what the minting key has', () => {
    const mint = (...scopes: readonly Scope[]) => checkMayMint(caller, { scopes }, now);
    expect(() => mint('links:read', 'documents:read', 'books:close')).not.toThrow();
    expect(() => mint('links:write')).toThrow(/lacks links:write/);
  });

  it('gives no longer life than the minting key has, and none that is over', () => {
    const end = new Date('2026-02-01T00:00:00Z');
    const mint = (expiresAt?: Date) =>
      checkMayMint({ ...caller, expiresAt: end }, { scopes: [], expiresAt }, now);
    expect(() => mint(end)).not.toThrow();
    expect(() => mint(new Date('2026-02-01T00:00:00.001Z'))).toThrow(/#\/expiresAt: must be 2026-02-01/);
    expect(() => mint()).toThrow(/#\/expiresAt: must be 2026-02-01/);
    expect(() => checkMayMint(caller, { scopes: [], expiresAt: now }, now)).toThrow(/must lie in the future/);
  });

  it('gives everything to the admin', () => {
    expect(() =>
      checkMayMint({ kind: 'admin', keyId: 'admin' }, { scopes: ['providers:write'] }, now),
    ).not.toThrow();
  });

  it.each([[[]], [['payments:read', 'payments:read']], [['admin']], ['payments:read']])(
    'refuses the scopes %j',
    (scopes) => {
      expect(newApiKey.safeParse({ name: 'app', scopes }).success).toBe(false);
    },
  );
});
