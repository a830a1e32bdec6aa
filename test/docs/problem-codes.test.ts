import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '#jest';
import { PROBLEMS } from '../../src/domain/problems.ts';

const DOCS = join(import.meta.dirname, '../../docs');
const known: Readonly<Record<string, number>> = PROBLEMS;

/** Every place of the pages that names a status and a code, as in "409 `outcome_unknown`". */
const named = readdirSync(DOCS)
  .filter((name) => name.endsWith('.md'))
  .flatMap((page) =>
    [...readFileSync(join(DOCS, page), 'utf8').matchAll(/\b([45]\d\d) `([a-z_]+)`/g)].map(
      ([, status = '', code = '']) => ({ page, status: Number(status), code }),
    ),
  );

describe('the refusals that pages name', () => {
  it('are codes of the API, with their status', () => {
    expect(named.filter(({ status, code }) => known[code] !== status)).toEqual([]);
    expect(named.length).toBeGreaterThan(15);
  });
});
