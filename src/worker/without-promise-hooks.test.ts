import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '#jest';

const PRELOAD = './src/worker/without-promise-hooks.ts';
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What the SDK does at the start of the thread that runs workflows; prints whether it then records every promise. */
const THREAD = `
  import shared from '${import.meta.resolve('@temporalio/worker/lib/workflow/vm-shared.js')}';
  shared.globalHandlers.install();
  process.stdout.write(String(shared.globalHandlers.promiseHookInstalled));
`;
const START = `new (require('node:worker_threads').Worker)(new URL(${JSON.stringify(`data:text/javascript,${encodeURIComponent(THREAD)}`)}))`;

const recordsPromises = (...options: readonly string[]): string =>
  execFileSync(process.execPath, [...options, '--eval', START], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });

describe('the thread that runs workflows', () => {
  it('records no stack trace for each promise', () => {
    expect(recordsPromises('--import', PRELOAD)).toBe('false');
  });

  it('would do so otherwise', () => {
    expect(recordsPromises()).toBe('true');
  });
});

it.each(['package.json', 'docker-compose.yml'])('%s starts the worker so', (file) => {
  const text = readFileSync(`${ROOT}${file}`, 'utf8');
  const start = text.split('\n').find((line) => line.includes('src/worker/main.ts')) ?? '';
  expect(start.replaceAll(/[',]/g, '')).toContain(`--import ${PRELOAD} src/worker/main.ts`);
});
