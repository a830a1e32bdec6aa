import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '#jest';
import { launchBrowser } from './browser.ts';

const START = `
  const { launchBrowser } = await import(${JSON.stringify(new URL('./browser.ts', import.meta.url).href)});
  const browser = await launchBrowser({ mayRunUncaged: true });
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

/** Secrets that only a worker may have. */
const PLANTED = {
  TASHLUM_ENCRYPTION_KEYS: 'k1:planted-master-key',
  DATABASE_URL: 'postgres://planted-login@db/tashlum',
};

const onLinux = process.platform === 'linux' ? it : it.skip;

onLinux('a browser inherits none of the environment of the process that starts it', async () => {
  const env = { ...PLANTED, PATH: '/usr/bin:/bin' };
  const owner = spawn(process.execPath, ['--input-type=module', '-e', START], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env,
  });
  const [line] = (await once(owner.stdout, 'data')) as [Buffer];
  const environment = await readFile(`/proc/${Number(line.toString())}/environ`, 'utf8');
  owner.kill('SIGKILL');

  expect(environment).toContain('HOME=');
  for (const [name, value] of Object.entries(PLANTED)) {
    expect(environment).not.toContain(name);
    expect(environment).not.toContain(value);
  }
});

const asRoot = process.getuid?.() === 0 ? it : it.skip;

asRoot(
  'a browser without a sandbox of its own is refused, and logged where configuration allows it',
  async () => {
    await expect(launchBrowser({ mayRunUncaged: false })).rejects.toThrow(/CHROMIUM_UNCAGED=true/);

    const warned: string[] = [];
    const logger = {
      info: () => undefined,
      warn: (_facts: object, message: string) => void warned.push(message),
    };
    const browser = await launchBrowser({ mayRunUncaged: true, logger });
    await browser.close();
    expect(warned).toEqual(['the printing browser has no sandbox of its own']);
  },
);
