import { execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import type { Payment } from 'tashlum/client';
import { CHECKOUT } from '../../dev/paths.ts';
import { todayInIsrael } from '../support/today-in-israel.ts';
import { eventually, openWorkspace, payAtVendor } from '../api/rig.ts';
import { readEnvironment } from '../support/environment.ts';

// The samples of docs/integrate.md, run as they stand there. Only the port and the days are the test's own.

const run = promisify(execFile);
type Page = 'integrate' | 'events' | 'exports' | 'keys';
const YEAR = Number(todayInIsrael().slice(0, 4));

const env: NodeJS.ProcessEnv = { ...process.env };
let folder: string;
let port: number;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: found } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return found;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tashlum-page-'));
  port = await freePort();
  env['API'] = readEnvironment().apiUrl;
  const { id, key } = await openWorkspace();
  env['WORKSPACE'] = id;
  env['KEY'] = key;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The block in this language that has these words. */
function sample(language: 'sh' | 'ts', words: string, page: Page = 'integrate'): string {
  const text = readFileSync(join(CHECKOUT, 'docs', `${page}.md`), 'utf8');
  const blocks = [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)];
  const found = blocks.filter(([, tag, code]) => tag === language && code?.includes(words));
  if (found.length !== 1) throw new Error(`${found.length} blocks of ${language} have ${words}`);
  return (found[0]?.[2] ?? '')
    .replace(
      /"from": "\d{4}-\d\d-01", "to": "\d{4}-\d\d-01"/,
      `"from": "${YEAR}-01-01", "to": "${YEAR + 1}-01-01"`,
    )
    .replace('127.0.0.1:3000', `127.0.0.1:${port}`)
    .replace('listen(3000)', `listen(${port}, () => console.log('listens'))`);
}

async function inShell(words: string, page?: Page): Promise<string> {
  return (await run('bash', ['-euc', sample('sh', words, page)], { cwd: folder, env })).stdout;
}

/** The samples in TypeScript are JavaScript too, as the page says; so Node takes them from the command line. */
const asModule = (words: string): string[] => ['--input-type=module', '-e', sample('ts', words)];

async function inNode(words: string): Promise<string> {
  return (await run(process.execPath, asModule(words), { cwd: CHECKOUT, env })).stdout;
}

describe('the samples of docs/integrate.md', () => {
  it('ask for a payment, with curl and with the client', async () => {
    const payment = JSON.parse(await inShell('"description": "Consultation"')) as Payment;
    env['PAYMENT'] = payment.id;

    expect(payment).toMatchObject({ reference: 'visit-17', amount: 35_000 });
    expect(await inNode('waitForLink')).toContain('/pay/');
    expect(await inNode('waitForLink')).toMatch(/^it is pay_/);
  });

  it('hear that it is paid', async () => {
    const { secret } = JSON.parse(await inShell('/v1/webhook-endpoints')) as { secret: string };
    const app = spawn(process.execPath, asModule('express.raw'), {
      cwd: CHECKOUT,
      env: { ...env, SECRET: secret },
    });
    let said = '';
    for (const stream of [app.stdout, app.stderr])
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
    try {
      await eventually('the handler', () => Promise.resolve(said.includes('listens') || null));
      const forged = await fetch(`http://127.0.0.1:${port}/tashlum`, { method: 'POST', body: '{}' });
      expect(forged.status).toBe(400);
      await payAtVendor(env['PAYMENT'] ?? '');
      const words = `${env['PAYMENT']} is paid`;
      await eventually('the event', () => Promise.resolve(said.includes(words) || null));
    } finally {
      app.kill();
    }
  });

  it('show the document', async () => {
    const payment = JSON.parse(await inShell('/v1/payments/$PAYMENT" -H')) as Payment;
    expect(payment.paid).toBe(true);
    env['DOCUMENT'] = payment.documentIds[0];

    await inShell('-o receipt.pdf');
    expect((await readFile(join(folder, 'receipt.pdf'))).toString('latin1')).toMatch(/^%PDF-/);
  });

  it('give money back, with curl and with the client', async () => {
    const refund = JSON.parse(await inShell('/refunds')) as object;
    expect(refund).toMatchObject({ amount: 10_000, status: 'completed' });
    expect(await inNode('/refunds')).toMatch(/^completed doc_/);
  });

  it('fetch a file for the accountant', async () => {
    env['EXPORT'] = (JSON.parse(await inShell('"kind": "documents"')) as { id: string }).id;
    await inShell('/file"');
    expect(await readdir(folder)).toContain(`123456782_documents_${YEAR}0101_${YEAR}1231.xlsx`);
  });
});

describe('the samples of other pages', () => {
  it.each([
    ['events', '/v1/webhook-endpoints', 'whsec_'],
    ['keys', '/api-keys', 'tsh_test_'],
    ['exports', '"kind": "bundle"', 'exp_'],
  ] as const)('the one of %s with %s is taken', async (page, words, expected) => {
    expect(await inShell(words, page)).toContain(expected);
  });
});
