// Programs that others wrote judge our PDFs: veraPDF the claim to be PDF/A, qpdf the structure of the file, pdfsig the
// signature.
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { createPrinter } from '../../src/printing/browser/printer.ts';
import { createHttp } from '../../src/http.ts';
import { printPdf } from '../../src/printing/print-pdf.ts';
import { createSigners } from '../../src/printing/signing/signing-folder.ts';
import type { Signer } from '../../src/printing/signing/signing-folder.ts';
import { toLookSamples } from '../../src/printing/testing/look-samples.ts';
import { createTimeStampAuthority } from '../../src/printing/signing/time-stamp/authority.ts';
import { createSampleAuthority } from '../../src/printing/testing/sample-authority.ts';
import { makeP12 } from '../../src/printing/testing/sample-certificate.ts';
import { sampleReceipt } from '../../src/printing/testing/sample-documents.ts';
import { installVerapdf, validate, whyNoVerapdf } from './verapdf/verapdf.ts';
import type { Level } from './verapdf/verapdf.ts';

const missing = whyNoVerapdf();
const where = missing === null ? describe : describe.skip;
const logo = PNG.sync.write(new PNG({ width: 40, height: 20 }));
const [line] = sampleReceipt().content.lines;
const samples = {
  ...toLookSamples({ bars: logo, seal: logo }),
  arabic: sampleReceipt({ content: { lines: line ? [{ ...line, description: 'استشارة' }] : [] } }),
};

const STAMPED = 'receipt-stamped';

where(`the files of documents${missing === null ? '' : ` (${missing})`}`, () => {
  const printer = createPrinter({ mayRunUncaged: true });
  let folder: string;
  let signer: Signer | null;
  let classPath: string;
  const fileOf = (name: string): string => join(folder, `${name}.pdf`);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'archive-'));
    await writeFile(join(folder, 'default.p12'), makeP12({ passphrase: '' }));
    signer = await createSigners({ folder, grade: 'secured' }).signerOf('ws_1', new Date());
    classPath = await installVerapdf();
    for (const [name, document] of Object.entries(samples)) {
      await writeFile(fileOf(name), await printPdf(printer, document, null));
      await writeFile(fileOf(`${name}-signed`), await printPdf(printer, document, signer));
    }
    await writeFile(fileOf(STAMPED), await printStamped(folder));
  });
  afterAll(async () => {
    await printer.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Its signature bears a time stamp. */
  async function printStamped(signing: string): Promise<Buffer> {
    const [authority, http] = [await createSampleAuthority(), createHttp()];
    try {
      const settings = { url: authority.url, policy: null, credentials: null };
      const stamps = { ...createTimeStampAuthority(http, settings), mayStamp: () => Promise.resolve() };
      const signers = createSigners({ folder: signing, grade: 'secured' }, stamps);
      return await printPdf(printer, sampleReceipt(), await signers.signerOf('ws_1', new Date()));
    } finally {
      await Promise.all([authority.close(), http.close()]);
    }
  }

  const names = Object.keys(samples)
    .flatMap((name) => [name, `${name}-signed`])
    .concat(STAMPED);

  it('keep the level of PDF/A-2 that they claim, signed or not, by veraPDF', async () => {
    const claims = new Map<string, Level>([[fileOf(STAMPED), '2a']]);
    for (const [name, { content }] of Object.entries(samples)) {
      const level = /\p{Script=Arabic}/u.test(JSON.stringify(content)) ? 'B' : 'A';
      for (const one of [name, `${name}-signed`]) {
        const [, claim] = /<pdfaid:conformance>(.)</.exec(await readFile(fileOf(one), 'latin1')) ?? [];
        expect([one, claim]).toEqual([one, level]);
        claims.set(fileOf(one), level === 'A' ? '2a' : '2b');
      }
    }
    const verdicts = await validate(
      classPath,
      [...claims].map(([file, level]) => ({ file, level })),
    );
    expect([...verdicts].filter(([, verdict]) => verdict !== 'valid')).toEqual([]);
    expect(verdicts.size).toBe(names.length);
  });

  it('are refused by veraPDF where a font is taken out: it can say no', async () => {
    const pdf = await readFile(fileOf('receipt'), 'latin1');
    const broken = fileOf('without-its-font');
    await writeFile(broken, pdf.replaceAll('/FontFile2', '/FontFileX'), 'latin1');
    expect((await validate(classPath, [{ file: broken, level: '2b' }])).get(broken)).toMatch(/font/i);
  });

  it('have a structure without a fault, by qpdf', () => {
    const faults = names.filter((name) => spawnSync('qpdf', ['--check', fileOf(name)]).status !== 0);
    expect(faults).toEqual([]);
  });

  it('bear a signature over the whole file that pdfsig finds valid', () => {
    for (const name of ['receipt-signed', STAMPED]) {
      const told = spawnSync('pdfsig', [fileOf(name)], { encoding: 'utf8' }).stdout;
      expect(told).toMatch(/Signature Validation: Signature is Valid/);
      expect(told).toMatch(/Total document signed/);
    }
  });
});
