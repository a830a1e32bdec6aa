import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '@jest/globals';

const START = `
  const { launchBrowser } = await import(${JSON.stringify(new URL('./browser.ts', import.meta.url).href)});
  const browser = await launchBrowser(undefined);
  console.log(browser.process().pid);
  setInterval(() => undefined, 1_000);`;

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

it('a browser ends with the process that started it, even where that is killed', async () => {
  const owner = spawn(process.execPath, ['--input-type=module', '-e', START], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(owner.stdout, 'data')) as [Buffer];
  const browser = Number(line.toString());
  expect(isAlive(browser)).toBe(true);
  owner.kill('SIGKILL');
  for (let waited = 0; isAlive(browser) && waited < 10_000; waited += 200) await sleep(200);
  expect(isAlive(browser)).toBe(false);
});
