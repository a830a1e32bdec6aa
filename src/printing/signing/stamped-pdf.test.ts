import { afterAll, afterEach, beforeAll, describe, expect, it } from '#jest';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProviderError } from '../../domain/provider-error.ts';
import { createHttp } from '../../http.ts';
import { createPrinter } from '../browser/printer.ts';
import { printPdf } from '../print-pdf.ts';
import { createReadBack, GET_POPPLER } from '../testing/read-back.ts';
import type { ReadBack } from '../testing/read-back.ts';
import { createSampleAuthority } from '../testing/sample-authority.ts';
import type { SampleAuthority } from '../testing/sample-authority.ts';
import { makeP12 } from '../testing/sample-certificate.ts';
import { sampleTaxInvoice } from '../testing/sample-documents.ts';
import { createSigners } from './signing-folder.ts';
import type { Signers } from './signing-folder.ts';
import { createTimeStampAuthority } from './time-stamp/authority.ts';

const printer = createPrinter({ mayRunUncaged: true });
const http = createHttp();
let folder = '';
let tools: ReadBack;
let sample: SampleAuthority;
let signers: Signers;
let mayStamp = (): Promise<void> => Promise.resolve();
beforeAll(async () => {
  tools = await createReadBack();
  const missing = await tools.missing('pdfsig', 'qpdf', 'openssl');
  if (missing.length > 0)
    throw new Error(`${missing.join(', ')} must read the stamped file: ${GET_POPPLER}, qpdf, openssl`);
  sample = await createSampleAuthority();
  folder = await mkdtemp(join(tmpdir(), 'stamped-pdf-'));
  await writeFile(join(folder, 'default.p12'), makeP12({ passphrase: '' }));
  const authority = createTimeStampAuthority(http, { url: sample.url, policy: null, credentials: null });
  signers = createSigners({ folder, grade: 'secured' }, { ...authority, mayStamp: () => mayStamp() });
}, 60_000);
afterEach(() => {
  sample.fault = null;
  mayStamp = () => Promise.resolve();
});
afterAll(async () => {
  await Promise.all([printer.close(), http.close(), tools.close(), sample.close()]);
  await rm(folder, { recursive: true, force: true });
});

const print = async (): Promise<Buffer> =>
  printPdf(printer, sampleTaxInvoice(), await signers.signerOf('ws_1', new Date()));

/** The place of a value in a DER file, by what `openssl asn1parse` prints of it. */
interface Place {
  readonly at: number;
  readonly head: number;
  readonly length: number;
  readonly what: string;
}

async function placesIn(der: Buffer): Promise<Place[]> {
  const told = await tools.tell('openssl', der, 'asn1parse', '-inform', 'DER', '-in', 'FILE');
  return [...told.matchAll(/^ *(\d+):d= *\d+ +hl= *(\d+) l= *(\d+) \w+: (.*)$/gm)].map((line) => {
    const [at = 0, head = 0, length = 0] = line.slice(1, 4).map(Number);
    return { at, head, length, what: line[4] ?? '' };
  });
}

/** Where the place of the signature begins and ends in a file. */
function gapOf(pdf: Buffer): [number, number] {
  const [, ...numbers] = /\/ByteRange \[(\d+) (\d+) (\d+) \d+\]/.exec(pdf.toString('latin1')) ?? [];
  const [, opens = 0, closes = 0] = numbers.map(Number);
  return [opens, closes];
}

/** What the signature of a file is made of: its message, the bytes that it signs, its value, and its time stamp. */
async function partsOf(pdf: Buffer) {
  const [opens, closes] = gapOf(pdf);
  const room = Buffer.from(pdf.toString('latin1', opens + 1, closes - 1), 'hex');
  // Its head has four bytes: a tag, and a length of two.
  const cms = room.subarray(0, 4 + room.readUInt16BE(2));
  const places = await placesIn(cms);
  const named = places.findIndex(({ what }) => what.includes('id-smime-aa-timeStampToken'));
  const value = places.slice(0, named).findLast(({ what }) => what.startsWith('OCTET STRING'));
  const token = places[named + 2];
  if (named < 0 || token === undefined || value === undefined) throw new Error('it has no time stamp');
  const bytesOf = ({ at, head, length }: Place) => cms.subarray(at, at + head + length);
  return {
    room: room.length,
    cms,
    signed: Buffer.concat([pdf.subarray(0, opens), pdf.subarray(closes)]),
    value: bytesOf(value).subarray(value.head),
    token: bytesOf(token),
  };
}

describe('a file whose signature is stamped', () => {
  it('is valid and whole to readers of signatures and of files', async () => {
    const pdf = await print();
    const told = await tools.tell('pdfsig', pdf, '-nocert');
    expect(told).toContain('Signature Validation: Signature is Valid.');
    expect(told).toContain('Total document signed');
    expect(told).toContain('Signature Type: ETSI.CAdES.detached');
    expect(await tools.tell('qpdf', pdf, '--check')).toMatch(/No syntax or stream encoding errors found/);
  });

  it('bears a stamp that openssl verifies, of the value of the signature', async () => {
    const { token, value, cms, signed } = await partsOf(await print());
    const put = async (name: string, bytes: Buffer): Promise<string> => {
      await writeFile(join(folder, name), bytes);
      return join(folder, name);
    };
    const data = await put('value', value);
    const stamp = ['-token_in', '-in', 'FILE', '-CAfile', sample.rootFile];
    expect(await tools.tell('openssl', token, 'ts', '-verify', '-data', data, ...stamp)).toContain(
      'Verification: OK',
    );
    const other = await put('other', Buffer.concat([value, Buffer.from('x')]));
    await expect(tools.tell('openssl', token, 'ts', '-verify', '-data', other, ...stamp)).rejects.toThrow(
      /message imprint mismatch/,
    );
    const content = ['-content', await put('signed', signed), '-binary', '-noverify'];
    const message = ['-inform', 'DER', '-in', 'FILE', '-out', join(folder, 'out')];
    await tools.tell('openssl', cms, 'cms', '-verify', ...message, ...content);
    expect(await tools.tell('openssl', token, 'ts', '-reply', '-token_in', '-in', 'FILE', '-text')).toMatch(
      /Policy OID: 1\.3\.6\.1\.4\.1\.99999\.1/,
    );
  });

  it('has room for a token far larger than that', async () => {
    const { room, cms, token } = await partsOf(await print());
    expect(room - (cms.length - token.length)).toBeGreaterThan(16_384);
  });

  it('is not made where the authority gives no stamp, and is made once it does again', async () => {
    sample.fault = 'unavailable';
    await expect(print()).rejects.toMatchObject({ code: 'provider_unavailable' });
    sample.fault = null;
    expect((await partsOf(await print())).token.length).toBeGreaterThan(500);
  });

  it('is not even begun while the authority is left alone', async () => {
    const asked = sample.asked();
    mayStamp = () => Promise.reject(new ProviderError('circuit_open', 'left alone'));
    await expect(signers.signerOf('ws_1', new Date())).rejects.toMatchObject({ code: 'circuit_open' });
    expect(sample.asked()).toBe(asked);
    expect(await createSigners(null).signerOf('ws_1', new Date())).toBeNull();
  });
});
