import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { access, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import type { PrintableDocument } from './page/printable-document.ts';
import { toLookSamples } from './testing/look-samples.ts';
import { printPdf } from './print-pdf.ts';
import { createPrinter } from './browser/printer.ts';
import { createReadBack, GET_POPPLER } from './testing/read-back.ts';
import type { ReadBack } from './testing/read-back.ts';
import { sampleReceipt } from './testing/sample-documents.ts';

/*
 * Pictures that somebody looked at lie in pictures/. To approve a new look, delete the picture: the test then writes it and
 * fails once, so that it is looked at before it is committed.
 */
const PICTURES = fileURLToPath(new URL('./testing/pictures/', import.meta.url));
const DOTS_PER_INCH = '72';
/**
 * The part of the page that may differ: the smoothing of letters differs between poppler versions, their positions do
 * not.
 */
const TOLERANCE = 0.001;
const COLOUR_TOLERANCE = 0.2;

const printer = createPrinter({ mayRunUncaged: true });
let tools: ReadBack;
let isBlind = false;
beforeAll(async () => {
  tools = await createReadBack();
  isBlind = (await tools.missing('pdftoppm')).length > 0;
  if (isBlind)
    process.stderr.write(`pdftoppm is missing, so nobody looks at the documents: ${GET_POPPLER}\n`);
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

/** The part of the picture that differs from the approved one, and where; all of it if the size differs. */
function compare(seen: PNG, approved: PNG): { part: number; difference: PNG } {
  const { width, height } = approved;
  const difference = new PNG({ width, height });
  if (seen.width !== width || seen.height !== height) return { part: 1, difference };
  const dots = pixelmatch(seen.data, approved.data, difference.data, width, height, {
    threshold: COLOUR_TOLERANCE,
  });
  return { part: dots / (width * height), difference };
}

const logos = { bars: PNG.sync.write(bars()), seal: PNG.sync.write(seal()) };

describe('a document looks as its approved picture', () => {
  it.each(Object.entries(toLookSamples(logos)))('%s', async (name, document) => {
    if (isBlind) return;
    const file = join(PICTURES, `${name}.png`);
    const seen = await look(document);
    if (!(await exists(file))) {
      await writeFile(file, PNG.sync.write(seen));
      throw new Error(`${file} is new: look at it, then run again`);
    }
    const { part, difference } = compare(seen, PNG.sync.read(await readFile(file)));
    if (part <= TOLERANCE) return;
    const folder = await mkdtemp(join(tmpdir(), `look-${name}-`));
    await writeFile(join(folder, 'seen.png'), PNG.sync.write(seen));
    await writeFile(join(folder, 'difference.png'), PNG.sync.write(difference));
    throw new Error(
      `${(part * 100).toFixed(2)} % differs: see ${folder}; if it is right, delete ${file} and run twice`,
    );
  });

  it('notices another word in a title, and a line more', async () => {
    if (isBlind) return;
    const approved = await look(sampleReceipt());
    expect(compare(approved, await look(sampleReceipt())).part).toBe(0);
    const titled = await look(sampleReceipt({ type: 'payment_confirmation' }));
    expect(compare(titled, approved).part).toBeGreaterThan(TOLERANCE);
    const lines = [...sampleReceipt().content.lines, ...sampleReceipt().content.lines];
    expect(compare(await look(sampleReceipt({ content: { lines } })), approved).part).toBeGreaterThan(
      TOLERANCE,
    );
  });
});

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

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
