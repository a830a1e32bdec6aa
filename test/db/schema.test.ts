import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '#jest';
import { listSchema, SCHEMA_FILE } from '../../dev/schema.ts';
import { readEnvironment } from '../support/environment.ts';

describe('the database schema', () => {
  it('is what migrations/schema.sql lists (npm run schema writes it)', async () => {
    const { databaseUrl } = readEnvironment();
    expect(await listSchema(databaseUrl)).toBe(await readFile(SCHEMA_FILE, 'utf8'));
  });
});
