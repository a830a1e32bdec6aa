import { tmpdir } from 'node:os';
import puppeteer from 'puppeteer';
import type { Browser, LaunchOptions } from 'puppeteer';
import { unpackBrowser } from './browser-file.ts';

/** The browser must not call home, look for a screen, or store anything. */
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

/** Which browser is started, and how. */
export interface BrowserOptions {
  /** The browser to use. By default the one that came with the program, else an installed Chrome. */
  readonly executablePath?: string | undefined;
  /** Whether it may run without its own sandbox, if the system allows none. */
  readonly mayRunUncaged: boolean;
  readonly logger?: BrowserLogger | undefined;
}

/** The part of a logger that a browser uses. */
export interface BrowserLogger {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

/**
 * Starts a headless browser. The connection is a pipe, and the browser ends with it: a killed worker leaves no
 * browser behind. It lays out text that customers wrote, so it inherits nothing of the worker's environment.
 * @throws Error that tells why each browser did not start
 */
export async function launchBrowser(options: BrowserOptions): Promise<Browser> {
  const failures: string[] = [];
  for (const { name, find } of candidates(options.executablePath)) {
    for (const args of cages(options.mayRunUncaged)) {
      const isUncaged = args.includes(UNCAGED);
      try {
        const found = await find();
        const env = bareEnvironment();
        const browser = await puppeteer.launch({ headless: true, pipe: true, args, env, ...found });
        if (isUncaged)
          options.logger?.warn({ browser: name }, 'the printing browser has no sandbox of its own');
        return browser;
      } catch (error) {
        failures.push(`${name}${isUncaged ? '' : ', sandboxed'}: ${firstLine(error)}`);
      }
    }
  }
  const uncaged = options.mayRunUncaged ? '' : ', or set CHROMIUM_UNCAGED=true to print without its sandbox';
  throw new Error(
    `no browser can be started to print documents (${failures.join('; ')}); ` +
      `set CHROMIUM_PATH to a Chromium or Chrome that runs on this machine${uncaged}`,
  );
}

/** The worker's environment contains the master keys and the password of the database. */
function bareEnvironment(): Record<string, string> {
  return { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: tmpdir(), TMPDIR: tmpdir(), LANG: 'C.UTF-8' };
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

function cages(mayRunUncaged: boolean): string[][] {
  if (!mayRunUncaged) return [QUIET];
  const uncaged = [...QUIET, UNCAGED];
  // A browser of root refuses to start with its sandbox, so trying would only cost time.
  return process.getuid?.() === 0 ? [uncaged] : [QUIET, uncaged];
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
}
