import type { Browser } from 'puppeteer';
import { launchBrowser } from './browser.ts';
import type { BrowserOptions } from './browser.ts';
import { createPress } from './press.ts';
import type { Press } from './press.ts';

/** Prints pages to PDF. */
export interface Printer {
  /**
   * A self-contained page as a tagged PDF. Starts the browser if there is none, so that a failed start is not final.
   * @throws Error if no browser can be started, it ended meanwhile, or the page took too long. Printing may be tried
   * again
   */
  print(html: string): Promise<Buffer>;
  /** Whether a browser is running, as far as is known. */
  isReady(): boolean;
  /** Finishes running prints and ends the browser. Later prints are refused. */
  close(): Promise<void>;
}

/** How documents are printed. */
export interface PrinterOptions extends BrowserOptions {
  /** Starts a browser. Tests pass their own. */
  readonly launch?: () => Promise<Browser>;
  /** Prints at the same time. A page uses a core, so more than the machine has would only slow each other down. */
  readonly concurrency?: number;
  /** The browser is replaced after this many documents, so that its memory does not grow for months. */
  readonly documentsPerBrowser?: number;
}

const CONCURRENCY = 2;
const DOCUMENTS_PER_BROWSER = 500;

/** A printer with one running browser, which starts with the first document. */
export function createPrinter(options: PrinterOptions): Printer {
  const { logger, documentsPerBrowser = DOCUMENTS_PER_BROWSER } = options;
  const launch = options.launch ?? ((): Promise<Browser> => launchBrowser(options));
  const turns = createKeyedMutex(options.concurrency ?? CONCURRENCY);
  const retired = new Set<Promise<void>>();
  let current: Promise<Press> | null = null;
  let ready: Press | null = null;
  let isClosed = false;

  const start = async (): Promise<Press> => {
    const startedAt = performance.now();
    const press = createPress(await launch());
    ready = press;
    logger?.info({ ms: Math.round(performance.now() - startedAt) }, 'browser started for printing');
    return press;
  };

  const retire = (press: Press): void => {
    if (ready !== press) return;
    ready = null;
    current = null;
    const ended = press.retire().finally(() => retired.delete(ended));
    retired.add(ended);
  };

  const usablePress = async (): Promise<Press> => {
    if (ready && (!ready.isUsable() || ready.begun() >= documentsPerBrowser)) {
      if (!ready.isUsable())
        logger?.warn({ printed: ready.begun() }, 'the printing browser ended unexpectedly; starting another');
      retire(ready);
    }
    current ??= start().catch((error: unknown) => {
      current = null;
      throw error;
    });
    return current;
  };

  return {
    print: (html) =>
      turns.take(async () => {
        if (isClosed) throw new Error('the printer is closed because the process is ending');
        return (await usablePress()).print(html);
      }),
    isReady: () => ready?.isUsable() ?? false,
    close: async () => {
      isClosed = true;
      await current?.then(retire, () => undefined);
      await Promise.all(retired);
    },
  };
}

/** Runs up to `places` jobs at the same time; the others wait in their order of arrival. */
function createKeyedMutex(places: number): { take<T>(job: () => Promise<T>): Promise<T> } {
  const waiting: (() => void)[] = [];
  let free = places;
  return {
    take: async (job) => {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await job();
      } finally {
        // A free place goes straight to the next in line.
        const next = waiting.shift();
        if (next) next();
        else free += 1;
      }
    },
  };
}
