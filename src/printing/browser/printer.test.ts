import { afterAll, describe, expect, it } from '#jest';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { launchBrowser } from './browser.ts';
import { toDocumentHtml } from '../page/document-html.ts';
import { createPrinter } from './printer.ts';
import { sampleReceipt, sampleTaxInvoice } from '../testing/sample-documents.ts';

const logged: string[] = [];
const write = (_facts: object, message: string): void => void logged.push(message);
const printer = createPrinter({
  mayRunUncaged: true,
  logger: { info: write, warn: write },
  documentsPerBrowser: 3,
});
afterAll(() => printer.close());

const startsOf = (): number => logged.filter((message) => message.includes('started')).length;

describe('the printer', () => {
  it('prints a tagged A4 PDF with a title and a language', async () => {
    expect(printer.isReady()).toBe(false);
    const pdf = (await printer.print(toDocumentHtml(sampleReceipt()))).toString('latin1');
    expect(printer.isReady()).toBe(true);
    expect(pdf.startsWith('%PDF-')).toBe(true);
    expect(pdf).toContain('/MarkInfo');
    expect(pdf).toMatch(/\/Lang \(he\)/);
    expect(pdf).toMatch(/\/MediaBox \[0 0 59\d(\.\d+)? 84\d(\.\d+)?\]/);
    expect(pdf).toMatch(/\/Title/);
  });

  it('embeds the font it carries, and no other where Hebrew, Latin, digits and currency signs suffice', async () => {
    const pdf = (await printer.print(toDocumentHtml(sampleTaxInvoice()))).toString('latin1');
    const fonts = new Set([...pdf.matchAll(/\/BaseFont \/\w+\+([\w-]+)/g)].map((match) => match[1]));
    expect([...fonts].sort()).toEqual(['Heebo-Regular', 'Heebo-SemiBold']);
  });

  it('takes a new browser after its number of documents and loses none on the way', async () => {
    const before = startsOf();
    const pages = Array.from({ length: 7 }, () => printer.print(toDocumentHtml(sampleReceipt())));
    const printed = await Promise.all(pages);
    expect(printed.every((pdf) => pdf.subarray(0, 5).toString() === '%PDF-')).toBe(true);
    expect(startsOf() - before).toBeGreaterThanOrEqual(2);
  });

  it('runs nothing and fetches nothing that a page asks for', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const pdf = await printer.print(
      `<iframe src="file:///etc/passwd"></iframe><iframe src="${url}/frame"></iframe><img src="${url}/img">` +
        `<link rel=stylesheet href="${url}/css"><script>document.title='ran'; fetch('${url}/script')</script>` +
        `<meta http-equiv=refresh content="0;url=${url}/refresh"><object data="${url}/object"></object>`,
    );
    server.close();
    expect(asked).toEqual([]);
    expect(pdf.toString('latin1')).not.toMatch(/\/Title \(ran\)/);
  });

  it('leaves nothing of a page for the next one', async () => {
    const first = await printer.print('<title>first</title><style>@page{size:A5}</style><p>one</p>');
    const second = await printer.print('<title>second</title><style>@page{size:A4}</style><p>two</p>');
    expect(first.toString('latin1')).toContain('(first)');
    expect(second.toString('latin1')).not.toContain('(first)');
    expect(second.toString('latin1')).toMatch(/\/MediaBox \[0 0 59/);
  });

  it('starts another browser when one was killed', async () => {
    const own = createPrinter({
      mayRunUncaged: true,
      logger: { info: write, warn: write },
      launch: async () => {
        browser = await launchBrowser({ mayRunUncaged: true });
        return browser;
      },
    });
    let browser: Awaited<ReturnType<typeof launchBrowser>> | undefined;
    await own.print('<p>one</p>');
    const gone = new Promise((resolve) => browser?.once('disconnected', resolve));
    browser?.process()?.kill('SIGKILL');
    await gone;
    expect(own.isReady()).toBe(false);
    expect((await own.print('<p>two</p>')).length).toBeGreaterThan(500);
    await own.close();
    expect(logged).toContain('the printing browser ended unexpectedly; starting another');
  });

  it('says what is missing when no browser can be started, and tries again with the next document', async () => {
    const broken = createPrinter({ mayRunUncaged: true, executablePath: '/nowhere/chromium' });
    await expect(broken.print('<p>')).rejects.toThrow(
      /no browser can be started.*\/nowhere\/chromium.*CHROMIUM_PATH/,
    );
    await expect(broken.print('<p>')).rejects.toThrow(/no browser can be started/);
    await broken.close();

    let tries = 0;
    const flaky = createPrinter({
      mayRunUncaged: true,
      launch: () => {
        tries += 1;
        return tries === 1 ? Promise.reject(new Error('not yet')) : launchBrowser({ mayRunUncaged: true });
      },
    });
    await expect(flaky.print('<p>')).rejects.toThrow('not yet');
    expect((await flaky.print('<p>one</p>')).length).toBeGreaterThan(500);
    await flaky.close();
  });

  it('prints no more once it is closed', async () => {
    const closed = createPrinter({ mayRunUncaged: true });
    await closed.close();
    await expect(closed.print('<p>')).rejects.toThrow('the printer is closed');
  });
});
