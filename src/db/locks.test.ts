import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from '#jest';

it('no statement locks a row so that rows below it could not be written meanwhile', () => {
  const statements = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(new URL(name, import.meta.url), 'utf8'));
  const locks = statements.flatMap((text) => [...text.matchAll(/FOR (NO KEY )?UPDATE\b/g)]);

  expect(locks.length).toBeGreaterThan(5);
  expect(locks.filter(([, weaker]) => weaker === undefined)).toEqual([]);
});
