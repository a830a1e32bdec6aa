import { existsSync } from 'node:fs';
import { describe, expect, it } from '#jest';
import { chooseTests } from './changed.ts';

const WHOLE_WAY = 'test/e2e/paid-by-webhook.test.ts';

describe('the tests of a quick run', () => {
  it('are those beside a changed file, and those that share its nouns', () => {
    const { unitTests, integrationTests } = chooseTests([
      'src/api/refunds/refund-rules.ts',
      'src/domain/vat.ts',
    ]);
    expect(unitTests).toContain('src/domain/vat.test.ts');
    expect(integrationTests).toContain(WHOLE_WAY);
    expect(integrationTests.some((path) => path.includes('refund'))).toBe(true);
    expect(integrationTests.length).toBeLessThanOrEqual(6);
  });

  it('are those of the schema where a migration changed', () => {
    const { integrationTests } = chooseTests(['migrations/0001_roles_and_workspaces.sql']);
    expect(integrationTests).toEqual([
      WHOLE_WAY,
      'test/db/schema.test.ts',
      'test/db/privileges.test.ts',
      'test/db/isolation.test.ts',
    ]);
    for (const path of integrationTests) expect(existsSync(path)).toBe(true);
  });

  it('are a changed test itself, of either kind', () => {
    const changed = [
      'test/db/locks-of-nobody.test.ts',
      'test/e2e/refunds.test.ts',
      'sandbox/multipart.test.ts',
    ];
    const { unitTests, integrationTests } = chooseTests(changed);
    expect(unitTests).toContain('sandbox/multipart.test.ts');
    expect(integrationTests).toEqual(['test/e2e/refunds.test.ts']);
  });

  it('are none for a page of documentation', () => {
    expect(chooseTests(['docs/glossary.md'])).toEqual({ sources: [], unitTests: [], integrationTests: [] });
  });
});
