import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printPdf } from '../print-pdf.ts';
import { createPrinter } from '../browser/printer.ts';
import { createReadBack, GET_POPPLER } from '../testing/read-back.ts';
import type { ReadBack } from '../testing/read-back.ts';
import { sampleReceipt, sampleTaxInvoice } from '../testing/sample-documents.ts';
import { oid } from '../signing/der.ts';
import { makeP12 } from '../testing/sample-certificate.ts';
import { createSigners } from '../signing/signing-folder.ts';
import type { Signer } from '../signing/signing-folder.ts';
import { finishPdf } from './finish-pdf.ts';

const printer = createPrinter({ mayRunUncaged: true });
let tools: ReadBack;
let signer: Signer | null;
let folder = '';
beforeAll(async () => {
  tools = await createReadBack();
  folder = await mkdtemp(join(tmpdir(), 'finish-pdf-'));
  await writeFile(join(folder, 'default.p12'), makeP12({ passphrase: '' }));
  signer = await createSigners({ folder, grade: 'secured' }).signerOf('ws_1', new Date());
  const missing = await tools.missing('pdfinfo', 'pdfsig', 'pdftotext');
  if (missing.length > 0)
    throw new Error(`${missing.join(', ')} must read the finished file: ${GET_POPPLER}`);
});
afterAll(async () => {
  await printer.close();
  await tools.close();
  await rm(folder, { recursive: true, force: true });
});

const xmpOf = (pdf: Buffer): string => /<x:xmpmeta.*<\/x:xmpmeta>/s.exec(pdf.toString('utf8'))?.[0] ?? '';

describe('the finished file', () => {
  it('is the same bytes for the same document, printed by whatever page of whatever browser', async () => {
    const other = createPrinter({ mayRunUncaged: true });
    const prints = [
      await printPdf(printer, sampleTaxInvoice(), null),
      await printPdf(printer, sampleTaxInvoice(), null),
      await printPdf(other, sampleTaxInvoice(), null),
    ];
    await other.close();
    expect(prints[1]?.equals(prints[0] ?? Buffer.alloc(0))).toBe(true);
    expect(prints[2]?.equals(prints[0] ?? Buffer.alloc(0))).toBe(true);
    const later = await printPdf(printer, sampleTaxInvoice({ displayNumber: '89' }), null);
    expect(later.equals(prints[0] ?? Buffer.alloc(0))).toBe(false);
  });

  it('tells title, language and the time of the document, and is tagged', async () => {
    const pdf = await printPdf(printer, sampleReceipt(), null);
    const told = await tools.tell('pdfinfo', pdf, '-isodates');
    expect(told).toMatch(/Title: +קבלה 1042 – קליניקת הגליל – רות לוי/);
    expect(told).toMatch(/Tagged: +yes/);
    expect(told).toMatch(/CreationDate: +2026-01-05T08:11:40Z/);
    expect(told).toMatch(/Metadata Stream: +yes/);
    const xmp = xmpOf(pdf);
    expect(xmp).toContain('<dc:language><rdf:Bag><rdf:li>he</rdf:li></rdf:Bag></dc:language>');
    expect(xmp).toContain('<xmp:CreateDate>2026-01-05T08:11:40Z</xmp:CreateDate>');
    expect(xmp).toContain('<rdf:li>קליניקת הגליל – רות לוי</rdf:li>');
    expect(pdf.toString('latin1')).toMatch(/\/Lang \(he\)/);
  });

  it('claims of PDF/A what it keeps', async () => {
    const described = (description: string) => {
      const [line] = sampleReceipt().content.lines;
      return sampleReceipt({ content: { lines: line ? [{ ...line, description }] : [] } });
    };
    const claimOf = async (description: string): Promise<string | undefined> =>
      /<pdfaid:part>2<\/pdfaid:part><pdfaid:conformance>(.)</.exec(
        xmpOf(await printPdf(printer, described(description), null)),
      )?.[1];
    expect(await claimOf('פגישה – Meeting')).toBe('A');
    expect(await claimOf('جلسة')).toBe('B');
    // No embedded font has it.
    expect(await claimOf('会议')).toBeUndefined();
  });

  it('bears names that would break its metadata', async () => {
    const { issuer } = sampleReceipt().content;
    const name = 'A & B <i> "x" \ufffe \ud800 )(\\';
    const pdf = await printPdf(
      printer,
      sampleReceipt({ content: { issuer: { ...issuer, name: { he: name, en: name } } } }),
      signer,
    );
    expect(xmpOf(pdf)).toContain('A &amp; B &lt;i&gt; &quot;x&quot; \ufffd \ufffd )(\\');
    expect(await tools.tell('pdfsig', pdf, '-nocert')).toContain('Signature is Valid');
  });

  it('has the identifier and the meaning of its colours that archives want', async () => {
    const pdf = (await printPdf(printer, sampleReceipt(), null)).toString('latin1');
    expect(pdf).toMatch(/\/ID \[<[0-9a-f]{32}> <[0-9a-f]{32}>\]/);
    expect(pdf).toMatch(/\/OutputIntents \[<<\/Type \/OutputIntent \/S \/GTS_PDFA1/);
    expect(pdf).toContain('mntrRGB XYZ ');
  });

  it('refuses a print that is laid out otherwise', async () => {
    const facts = { title: '', language: 'he', author: '', createdAt: new Date(0), archiveLevel: null };
    await expect(finishPdf(Buffer.from('%PDF-1.7\nxref stream'), facts)).rejects.toThrow(
      /not laid out as expected.*CHROMIUM_PATH/,
    );
  });
});

describe('a signed file', () => {
  it('is one that a reader of signatures finds valid and whole', async () => {
    const told = await tools.tell('pdfsig', await printPdf(printer, sampleTaxInvoice(), signer), '-nocert');
    expect(told).toContain('Signature Validation: Signature is Valid.');
    expect(told).toContain('Total document signed');
    expect(told).toContain('Signature Type: ETSI.CAdES.detached');
    expect(told).toContain('Signing Hash Algorithm: SHA-256');
    expect(told).toContain('Galilee Clinic');
  });

  it('names its certificate and leaves the time to the file, as PAdES wants it', async () => {
    const pdf = (await printPdf(printer, sampleTaxInvoice(), signer)).toString('latin1');
    const cms = /\/Contents <([0-9a-f]+)>/.exec(pdf)?.[1] ?? '';
    expect(cms).toContain(oid('1.2.840.113549.1.9.16.2.47').toString('hex'));
    expect(cms).not.toContain(oid('1.2.840.113549.1.9.5').toString('hex'));
    expect(pdf).toMatch(/\/M \(D:\d{14}\+00'00'\)/);
  });

  it('is found out when a byte of it changes', async () => {
    const pdf = await printPdf(printer, sampleTaxInvoice(), signer);
    const at = pdf.indexOf('/MediaBox [0 0 594') + '/MediaBox [0 0 '.length;
    pdf.write('494', at, 'latin1');
    expect(await tools.tell('pdfsig', pdf, '-nocert')).toContain('Digest Mismatch');
  });

  it('of many pages is signed too, and says the same words', async () => {
    const [line] = sampleReceipt().content.lines;
    const lines = Array.from({ length: 300 }, () => line).filter((one) => one !== undefined);
    const document = sampleReceipt({ content: { lines } });
    const pdf = await printPdf(printer, document, signer);
    expect(await tools.tell('pdfsig', pdf, '-nocert')).toContain('Signature is Valid');
    expect(await tools.wordsOf(pdf)).toBe(await tools.wordsOf(await printPdf(printer, document, null)));
  });

  it('is signed by its issuer’s name', async () => {
    const pdf = (await printPdf(printer, sampleReceipt(), signer)).toString('latin1');
    const name = Buffer.from('\ufeffקליניקת הגליל – רות לוי', 'utf16le')
      .swap16()
      .toString('hex')
      .toUpperCase();
    expect(pdf).toContain(`/Name <${name}>`);
    expect(pdf).toMatch(/\/ByteRange \[0000000000 \d{10} \d{10} \d{10}\]/);
  });
});
