import puppeteer from 'puppeteer';
import type { Browser, LaunchOptions } from 'puppeteer';
import { unpackBrowser } from './browser-file.ts';

/** Nothing of the browser's own calls home, looks for a screen, or remembers. */
const QUIET = [
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-default-browser-check',
  '--no-first-run',
  '--no-pings',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--font-render-hinting=none',
];
const UNCAGED = '--no-sandbox';

/**
 * Starts a headless browser: the one at `executablePath`, else the one that came packed with the program, else an
 * installed Chrome. It runs in its sandbox where the system allows one; the superuser's cannot. It is spoken to through a
 * pipe, whose end it notices: a worker that is killed leaves no browser behind.
 * @throws Error that tells why each of them did not start
 */
export async function launchBrowser(executablePath: string | undefined): Promise<Browser> {
  const failures: string[] = [];
  for (const { name, find } of candidates(executablePath)) {
    for (const args of cages()) {
      try {
        return await puppeteer.launch({ headless: true, pipe: true, args, ...(await find()) });
      } catch (error) {
        failures.push(`${name}${args.includes(UNCAGED) ? '' : ', sandboxed'}: ${firstLine(error)}`);
      }
    }
  }
  throw new Error(
    `no browser can be started to print documents (${failures.join('; ')}); ` +
      'set CHROMIUM_PATH to a Chromium or Chrome that runs on this machine',
  );
}

interface Candidate {
  readonly name: string;
  readonly find: () => Promise<LaunchOptions>;
}

function candidates(executablePath: string | undefined): Candidate[] {
  if (executablePath) return [{ name: executablePath, find: () => Promise.resolve({ executablePath }) }];
  const packed: Candidate = {
    name: '@sparticuz/chromium',
    find: async () => ({ executablePath: await unpackBrowser(), headless: 'shell' }),
  };
  const installed: Candidate = {
    name: 'installed Chrome',
    find: () => Promise.resolve({ channel: 'chrome' }),
  };
  return process.platform === 'linux' && process.arch === 'x64' ? [packed, installed] : [installed];
}

function cages(): string[][] {
  const uncaged = [...QUIET, UNCAGED];
  return process.getuid?.() === 0 ? [uncaged] : [QUIET, uncaged];
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
}
