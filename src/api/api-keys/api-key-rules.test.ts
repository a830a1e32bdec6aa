import { describe, expect, it } from '#jest';
import { checkMayMint, newSecret } from './api-key-rules.ts';
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
  } as const;

  it('gives on what the minting key has, and nothing more', () => {
    expect(() => checkMayMint(caller, ['payments:read'])).not.toThrow();
    expect(() => checkMayMint(caller, ['payments:read', 'providers:write'])).toThrow(/lacks providers:write/);
  });

  it('gives everything to the admin', () => {
    expect(() => checkMayMint({ kind: 'admin', keyId: 'admin' }, ['providers:write'])).not.toThrow();
  });

  it.each([[[]], [['payments:read', 'payments:read']], [['admin']], ['payments:read']])(
    'refuses the scopes %j',
    (scopes) => {
      expect(newApiKey.safeParse({ name: 'app', scopes }).success).toBe(false);
    },
  );
});
