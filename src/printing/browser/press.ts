import type { Browser, Page } from 'puppeteer';

/** One running browser with its open pages. Once retired and idle, it closes them and ends. */
export interface Press {
  readonly isUsable: () => boolean;
  /** How many documents it has started. */
  readonly begun: () => number;
  readonly print: (html: string) => Promise<Buffer>;
  /** May be called twice. Resolves when the browser has ended. */
  readonly retire: () => Promise<void>;
}

/** Documents load nothing from outside, so a page that takes longer hangs. */
const TIMEOUT_MS = 20_000;

/** Makes a press from a browser. */
export function createPress(browser: Browser): Press {
  const idle: Page[] = [];
  let begun = 0;
  let running = 0;
  const ended = Promise.withResolvers<undefined>();
  let isRetired = false;

  const endWhenIdle = async (): Promise<void> => {
    if (!isRetired || running > 0) return;
    await browser.close().catch(() => browser.process()?.kill('SIGKILL'));
    ended.resolve(undefined);
  };

  return {
    isUsable: () => browser.connected && !isRetired,
    begun: () => begun,
    print: async (html) => {
      begun += 1;
      running += 1;
      try {
        const page = idle.pop() ?? (await openPage(browser));
        const bytes = await printOn(page, html);
        idle.push(page);
        return bytes;
      } finally {
        running -= 1;
        void endWhenIdle();
      }
    },
    retire: async () => {
      isRetired = true;
      void endWhenIdle();
      await ended.promise;
    },
  };
}

/** A page that runs no scripts and loads nothing. */
async function openPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(TIMEOUT_MS);
  await page.setJavaScriptEnabled(false);
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const answer = request.url().startsWith('data:') ? request.continue() : request.abort();
    // The page may be closed before its request is answered; then there is nothing to answer.
    answer.catch(() => undefined);
  });
  return page;
}

/** A failed page is closed: its content must not get into another document. */
async function printOn(page: Page, html: string): Promise<Buffer> {
  try {
    await page.setContent(html, { waitUntil: 'load' });
    const bytes = await page.pdf({
      preferCSSPageSize: true,
      printBackground: true,
      tagged: true,
      timeout: TIMEOUT_MS,
    });
    return Buffer.from(bytes);
  } catch (error) {
    await page.close().catch(() => undefined);
    throw error;
  }
}
