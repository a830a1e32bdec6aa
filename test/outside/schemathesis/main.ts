import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createTashlum } from 'tashlum/client';
import { readEnvironment } from '../../support/environment.ts';
import { installClients, whyNoPython } from '../python-clients.ts';

// `npm run test:schemathesis`: every operation of the running environment's description, with a valid key. It fails on a
// 5xx, and on an answer whose status, type, headers or shape the description does not have.

/** Which operations a key is tried on. The admin key is refused elsewhere, and a key of a workspace where the admin acts. */
const CALLERS = {
  workspace: ['--exclude-path-regex', '^/v1/admin'],
  admin: ['--include-path-regex', '^/v1/(admin|workspaces)'],
} as const;

const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
];

/** Below the limit of a key, so that 429 is not most of what is answered. */
const PACE = '250/s';

/** A workspace of its own that can take payments; the secret of a key with every scope. */
async function openWorkspace(apiUrl: string, adminKey: string): Promise<string> {
  const admin = createTashlum({ baseUrl: apiUrl, key: adminKey });
  const { id } = await admin.post('/v1/workspaces', {
    body: {
      name: 'Schemathesis',
      legalName: { he: 'מרפאה לבדיקות', en: 'Test Clinic' },
      taxId: '123456782',
      dealerType: 'osek_murshe',
      vatRegistered: true,
      mode: 'test',
      address: { street: 'הרצל', houseNumber: '1', city: 'תל אביב', zip: '6688101', country: 'IL' },
    },
  });
  const path = { id };
  await admin.put('/v1/workspaces/{id}/payment-provider', {
    params: { path },
    body: {
      provider: 'payplus',
      credentials: { apiKey: `key-${id}`, secretKey: `secret-${id}`, paymentPageUid: `page-${id}` },
    },
  });
  const { secret } = await admin.post('/v1/workspaces/{id}/api-keys', {
    params: { path },
    body: {
      name: 'schemathesis',
      scopes: [
        'payments:read',
        'payments:write',
        'refunds:write',
        'reports:read',
        'settings:write',
        'providers:write',
      ],
    },
  });
  return secret;
}

/** Runs it with one key; its exit code. */
async function run(
  python: string,
  {
    apiUrl,
    key,
    which,
    examples,
    seed,
  }: { apiUrl: string; key: string; which: readonly string[]; examples: string; seed: string },
): Promise<number> {
  const args = ['run', `${apiUrl}/openapi.json`, '-H', `Authorization: Bearer ${key}`, ...which];
  args.push('-c', CHECKS.join(), '--continue-on-failure', '--phases', 'examples,coverage,fuzzing');
  args.push('--max-examples', examples, '--seed', seed, '--rate-limit', PACE, '--request-timeout', '60');
  args.push('--suppress-health-check', 'all', '--warnings', 'off');
  const env = { ...process.env, PYTHONPATH: import.meta.dirname, SCHEMATHESIS_HOOKS: 'hooks' };
  const child = spawn(join(python, '..', 'st'), args, { stdio: 'inherit', env });
  const [code] = (await once(child, 'close')) as [number | null];
  return code ?? 1;
}

const { values } = parseArgs({
  options: {
    'max-examples': { type: 'string', default: '15' },
    seed: { type: 'string', default: String(randomInt(1_000_000)) },
  },
});
const missing = whyNoPython();
if (missing !== null) throw new Error(missing);
const python = await installClients(join(import.meta.dirname, 'requirements.txt'));
const { apiUrl, adminKey } = readEnvironment();
const keys = { workspace: await openWorkspace(apiUrl, adminKey), admin: adminKey };
const how = { apiUrl, examples: values['max-examples'], seed: values.seed };
for (const caller of ['workspace', 'admin'] as const) {
  process.stdout.write(`With the key of the ${caller}:\n`);
  const code = await run(python, { ...how, key: keys[caller], which: CALLERS[caller] });
  if (code !== 0) process.exitCode = code;
}
