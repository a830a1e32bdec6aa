import type { Browser } from 'puppeteer';
import { launchBrowser } from './browser.ts';
import type { BrowserOptions } from './browser.ts';
import { createPress } from './press.ts';
import type { Press } from './press.ts';

/** Prints pages to PDF. */
export interface Printer {
  /**
   * A self-contained page as a tagged PDF. Starts the browser when there is none, so a failure to start is not for ever.
   * @throws Error when no browser can be started, it ended meanwhile, or the page took too long; printing may be tried again
   */
  print(html: string): Promise<Buffer>;
  /** Whether a browser is up, as far as is known. */
  isReady(): boolean;
  /** Finishes what is being printed and ends the browser; later prints are refused. */
  close(): Promise<void>;
}

export interface PrinterOptions extends BrowserOptions {
  /** Starts a browser; tests give their own. */
  readonly launch?: () => Promise<Browser>;
  /** Documents at once. A page takes a core; more than the machine has only lets each wait for the others. */
  readonly concurrency?: number;
  /** Documents after which the browser is replaced, so that what it hoards does not grow for months. */
  readonly documentsPerBrowser?: number;
}

const CONCURRENCY = 2;
const DOCUMENTS_PER_BROWSER = 500;

/** A printer with one warm browser, which starts with the first document. */
export function createPrinter(options: PrinterOptions): Printer {
  const { logger, documentsPerBrowser = DOCUMENTS_PER_BROWSER } = options;
  const launch = options.launch ?? ((): Promise<Browser> => launchBrowser(options));
  const turns = createTurns(options.concurrency ?? CONCURRENCY);
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

/** Lets `places` jobs run at once; the others wait in the order they came. */
function createTurns(places: number): { take<T>(job: () => Promise<T>): Promise<T> } {
  const waiting: (() => void)[] = [];
  let free = places;
  return {
    take: async (job) => {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await job();
      } finally {
        // A freed place goes straight to the next in line, so that nobody jumps the queue.
        const next = waiting.shift();
        if (next) next();
        else free += 1;
      }
    },
  };
}
