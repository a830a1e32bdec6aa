import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { PNG } from 'pngjs';
import type { PrintableDocument } from './page/printable-document.ts';
import { differingPart, holdPicture, TOLERANCE } from '../../test/support/approved-pictures.ts';
import { toLookSamples } from './testing/look-samples.ts';
import { printPdf } from './print-pdf.ts';
import { createPrinter } from './browser/printer.ts';
import { createReadBack, GET_POPPLER } from './testing/read-back.ts';
import type { ReadBack } from './testing/read-back.ts';
import { sampleReceipt } from './testing/sample-documents.ts';

const DOTS_PER_INCH = '72';

const printer = createPrinter({ mayRunUncaged: true });
let tools: ReadBack;
beforeAll(async () => {
  tools = await createReadBack();
  if ((await tools.missing('pdftoppm')).length > 0)
    throw new Error(`pdftoppm is missing, and it alone looks at the printed pages: ${GET_POPPLER}`);
});
afterAll(async () => {
  await printer.close();
  await tools.close();
});

/** All pages, one below the other. */
async function look(document: PrintableDocument): Promise<PNG> {
  const pdf = await printPdf(printer, document, null);
  const pages = (await tools.pictures(pdf, DOTS_PER_INCH)).map((bytes) => PNG.sync.read(bytes));
  const [first] = pages;
  if (!first) throw new Error('the document has no page');
  const all = new PNG({ width: first.width, height: first.height * pages.length });
  pages.forEach((page, index) =>
    PNG.bitblt(page, all, 0, 0, page.width, page.height, 0, index * first.height),
  );
  return all;
}

const logos = { bars: PNG.sync.write(bars()), seal: PNG.sync.write(seal()) };

describe('a document looks as its approved picture', () => {
  it.each(Object.entries(toLookSamples(logos)))('%s', async (name, document) =>
    holdPicture(name, await look(document)),
  );

  it('notices another word in a title, and a line more', async () => {
    const approved = await look(sampleReceipt());
    expect(differingPart(approved, await look(sampleReceipt()))).toBe(0);
    const titled = await look(sampleReceipt({ type: 'payment_confirmation' }));
    expect(differingPart(titled, approved)).toBeGreaterThan(TOLERANCE);
    const lines = [...sampleReceipt().content.lines, ...sampleReceipt().content.lines];
    const longer = await look(sampleReceipt({ content: { lines } }));
    expect(differingPart(longer, approved)).toBeGreaterThan(TOLERANCE);
  });
});

/** A logo of three bars. */
function bars(): PNG {
  const picture = new PNG({ width: 240, height: 90 });
  for (let y = 0; y < picture.height; y += 1)
    for (let x = 0; x < picture.width; x += 1) {
      const isInk = Math.floor(x / 40) % 2 === 0;
      picture.data.set(isInk ? [15, 92, 102, 255] : [230, 170, 40, 255], (y * picture.width + x) * 4);
    }
  return picture;
}

/** A round logo, clear around it and half clear in its middle. */
function seal(): PNG {
  const picture = new PNG({ width: 300, height: 300 });
  for (let y = 0; y < picture.height; y += 1)
    for (let x = 0; x < picture.width; x += 1) {
      const radius = Math.hypot(x - 150, y - 150);
      const cover = radius < 90 ? 128 : 255;
      picture.data.set([15, 92, 102, radius < 150 ? cover : 0], (y * picture.width + x) * 4);
    }
  return picture;
}
