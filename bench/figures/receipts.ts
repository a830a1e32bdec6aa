import { setTimeout as delay } from 'node:timers/promises';
import { availableParallelism } from 'node:os';
import type { Browser, Page } from 'puppeteer';
import { launchBrowser } from '../../src/printing/browser/browser.ts';
import { toDocumentHtml } from '../../src/printing/page/document-html.ts';
import { createPrinter } from '../../src/printing/browser/printer.ts';
import { sampleReceipt } from '../../src/printing/testing/sample-documents.ts';
import type { Progress } from '../../dev/progress.ts';
import { byTurns, closedLoop } from '../load/loops.ts';
import { median } from '../load/percentile.ts';
import { toFigure } from '../report/figure.ts';
import type { Findings } from '../report/figure.ts';

const SAMPLES = 60;
const BLOCKS = 3;
const WARM_UP = 10;
const BLANK = '<!doctype html><html><body><p>1</p></body></html>';
/** A browser that has just started compiles and caches; it is given a moment. */
const BREATH_MS = 300;

/** The printer beside one warm page of the same browser, and how many receipts a core prints in a second. */
export async function measureReceipts(progress: Progress): Promise<Findings> {
  const cores = availableParallelism();
  const html = toDocumentHtml(sampleReceipt());
  const browser = await launchBrowser({ mayRunUncaged: true });
  const printer = createPrinter({
    mayRunUncaged: true,
    launch: () => Promise.resolve(browser),
    concurrency: cores,
  });
  const page = await openWarmPage(browser);
  const engine: number[] = [];
  const floor: number[] = [];
  const blank: number[] = [];
  const time = async (into: number[], print: () => Promise<unknown>): Promise<void> => {
    const startedAt = performance.now();
    await print();
    into.push(performance.now() - startedAt);
  };
  const rate = await progress.step('Receipts', async () => {
    for (let count = 0; count < WARM_UP; count += 1) {
      await printer.print(html);
      await printOn(page, html);
    }
    await delay(BREATH_MS);
    const block = Array.from({ length: SAMPLES / BLOCKS }, () => html);
    await byTurns(
      BLOCKS,
      async () => {
        for (const one of block) await time(floor, () => printOn(page, one));
        for (const _ of block) await time(blank, () => printOn(page, BLANK));
      },
      async () => {
        for (const one of block) await time(engine, () => printer.print(one));
      },
    );
    const many = Array.from({ length: SAMPLES * cores }, () => html);
    const ms = await closedLoop(many, cores * 2, (one) => printer.print(one));
    return (many.length * 1_000) / ms / cores;
  });
  await printer.close();
  return {
    figures: [
      toFigure('receipt_pdf', median(engine), 'ms', median(floor)),
      toFigure('receipt_pdf_per_second_per_core', rate, '/s', null),
    ],
    notes: [
      `Receipt: the floor prints the same receipt on one warm page; an empty page takes ${median(blank).toFixed(1)} ms there.`,
    ],
  };
}

async function openWarmPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  await page.setJavaScriptEnabled(false);
  return page;
}

async function printOn(page: Page, html: string): Promise<Uint8Array> {
  await page.setContent(html, { waitUntil: 'load' });
  return page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true });
}
