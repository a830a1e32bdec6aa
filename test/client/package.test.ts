import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { CHECKOUT } from '../../dev/paths.ts';

const run = promisify(execFile);

const COMPILERS = ['typescript', 'typescript-7'];

const PROJECT = {
  'package.json': JSON.stringify({ name: 'app', private: true, type: 'module' }),
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      // Every declaration of ours and of what lies below is checked too.
      skipLibCheck: false,
      module: 'nodenext',
      target: 'es2022',
      // The runtime's `fetch` and nothing of Node's.
      lib: ['es2022', 'dom', 'dom.iterable'],
      types: [],
      outDir: 'dist',
    },
  }),
  'app.ts': `
import { createTashlum, TashlumProblem, UnverifiedEvent, verifyEvent } from 'tashlum/client';
import type { ProblemCode, TashlumEvent } from 'tashlum/client';

const tashlum = createTashlum({ baseUrl: 'http://127.0.0.1:9', key: 'k', repeat: { maxTries: 1 } });

export async function ask(): Promise<string | undefined> {
  const made = await tashlum.post('/v1/payments', {
    body: { amount: 35_000, description: 'Visit', reference: 'visit-1' },
  });
  const page = await tashlum.get('/v1/payments', { params: { query: { status: 'completed' } } });
  for await (const { paid } of tashlum.each('/v1/payments')) if (!paid) break;
  // @ts-expect-error: a payment needs an amount
  await tashlum.post('/v1/payments', { body: { description: 'Visit', reference: 'visit-1' } });
  // @ts-expect-error: there is no such status
  await tashlum.get('/v1/payments', { params: { query: { status: 'done' } } });
  // @ts-expect-error: there is no such path
  await tashlum.get('/v1/payment');
  return made.link?.url ?? page.data[0]?.link?.url;
}

export function sentence(event: TashlumEvent): string {
  switch (event.type) {
    case 'payment.completed':
      return String(event.data.amount);
    case 'document.issued':
      return event.data.documentId;
    default:
      return event.type;
  }
}

export function isTaken(error: unknown): boolean {
  const code: ProblemCode = 'reference_taken';
  return error instanceof TashlumProblem && error.code === code;
}

const said = await ask().catch((error: unknown) => (error instanceof Error ? error.name : 'nothing'));
let refusal = 'none';
try {
  verifyEvent('{}', {}, 'whsec_c2VjcmV0');
} catch (error) {
  if (error instanceof UnverifiedEvent) refusal = error.name;
}
console.log(JSON.stringify([said, refusal]));
`,
};

let folder: string;
let packed: string;

/** Packs a folder as it would be published. */
async function pack(path: string, options: readonly string[] = []): Promise<string> {
  const args = ['pack', path, '--json', '--pack-destination', packed, ...options];
  const { stdout } = await run('npm', args, { cwd: CHECKOUT });
  const [made] = JSON.parse(stdout.slice(stdout.indexOf('[\n'))) as { filename: string }[];
  return join(packed, made?.filename ?? '');
}

/** What the client needs, packed from our own node_modules: a test has no network. */
const BELOW = [
  'openapi-fetch',
  'openapi-typescript-helpers',
  'standardwebhooks',
  '@stablelib/base64',
  'fast-sha256',
];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tashlum-client-'));
  packed = await mkdtemp(join(tmpdir(), 'tashlum-packed-'));
  const client = await pack('./client');
  const below: string[] = [];
  for (const name of BELOW) below.push(await pack(`./node_modules/${name}`, ['--ignore-scripts']));
  for (const [name, text] of Object.entries(PROJECT)) await writeFile(join(folder, name), text);
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', client, ...below], { cwd: folder });
});
afterAll(() => Promise.all([folder, packed].map((path) => rm(path, { recursive: true, force: true }))));

describe('the packed client, installed into an empty strict project', () => {
  it.each(COMPILERS)('is taken by %s, and refuses what the API would refuse', async (compiler) => {
    const tsc = join(CHECKOUT, 'node_modules', compiler, 'bin', 'tsc');
    const { stdout } = await run(process.execPath, [tsc], { cwd: folder }).catch(
      (error: unknown) => error as { stdout: string },
    );
    expect(stdout).toBe('');
  });

  it('runs', async () => {
    const { stdout } = await run(process.execPath, ['dist/app.js'], { cwd: folder });
    expect(JSON.parse(stdout)).toEqual(['TashlumUnreachable', 'UnverifiedEvent']);
  });

  it('brings its own files, its licence and nothing of the engine', async () => {
    const installed = join(folder, 'node_modules', 'tashlum');
    const lock = await readFile(join(folder, 'package-lock.json'), 'utf8');
    const { packages } = JSON.parse(lock) as { packages: Record<string, object> };
    const names = Object.keys(packages).map((path) => path.replace('node_modules/', ''));
    expect(names.sort()).toEqual(['', ...BELOW, 'tashlum'].sort());
    expect(await readFile(join(installed, 'LICENSE'), 'utf8')).toContain('Apache License');
  });
});
