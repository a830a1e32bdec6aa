import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { describeApi } from '../src/api/description/describe-api.ts';
import { REGISTRY } from '../src/providers/adapters.ts';
import { CLIENT_TYPES_FILE, describeClient } from './client-types.ts';
import { CHECKOUT } from './paths.ts';

/** The description that is kept under review. */
export const OPENAPI_FILE = join(CHECKOUT, 'docs', 'openapi.json');

/** That of the last release: what callers rely on. */
export const RELEASED_FILE = join(CHECKOUT, 'docs', 'openapi.released.json');

/** What `docs/openapi.json` must hold. */
export async function describeThis(): Promise<string> {
  const described = JSON.stringify(describeApi(readVersion(), REGISTRY));
  return format(described, { ...(await resolveConfig(OPENAPI_FILE)), parser: 'json' });
}

/** The version of this checkout. */
export function readVersion(): string {
  const text = readFileSync(join(CHECKOUT, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

// `--release` says that callers may rely on it from now on.
if (import.meta.main) {
  const described = await describeThis();
  await writeFile(OPENAPI_FILE, described);
  await writeFile(CLIENT_TYPES_FILE, await describeClient(described));
  if (process.argv.includes('--release')) await writeFile(RELEASED_FILE, described);
}
