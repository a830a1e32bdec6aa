import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '#jest';
import { CLIENT_TYPES_FILE, describeClient } from '../../dev/client-types.ts';
import { OPENAPI_FILE, readVersion } from '../../dev/openapi.ts';
import { CHECKOUT } from '../../dev/paths.ts';

interface Package {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

async function readPackage(...path: readonly string[]): Promise<Package> {
  return JSON.parse(await readFile(join(CHECKOUT, ...path, 'package.json'), 'utf8')) as Package;
}

describe('the typed client', () => {
  it('has the types that docs/openapi.json comes to (npm run openapi writes them)', async () => {
    const made = await describeClient(await readFile(OPENAPI_FILE, 'utf8'));
    // Not `toBe`: the difference of two such texts is of no use to a reader and takes long.
    expect(made === (await readFile(CLIENT_TYPES_FILE, 'utf8'))).toBe(true);
  });

  it('has the version of the engine, and the dependencies that it is tested with', async () => {
    const client = await readPackage('client');
    const { dependencies, devDependencies } = await readPackage();
    expect(client.version).toBe(readVersion());
    expect({ ...devDependencies, ...dependencies }).toMatchObject(client.dependencies);
  });
});
