import { describe, expect, it } from '#jest';
import { PNG } from 'pngjs';
import type { Problem } from '../../domain/problems.ts';
import { readLogoParts } from './logo-parts.ts';
import { redrawLogo } from './logo-pixels.ts';
import { chunksOf, rawPng, samplePng, withChunk } from './testing/sample-logos.ts';

const HTML = '<!doctype html><script>alert(1)</script>';
const redrawn = (png: Buffer): Buffer => redrawLogo(readLogoParts(png));

function refusal(bytes: Buffer): Problem {
  try {
    readLogoParts(bytes);
  } catch (error) {
    return error as Problem;
  }
  throw new Error('it was not refused');
}

describe('a logo', () => {
  const clean = samplePng();

  it('keeps its pixels and sides', () => {
    const { width, height, data } = PNG.sync.read(redrawn(clean));
    expect([width, height]).toEqual([240, 90]);
    expect(data.equals(PNG.sync.read(clean).data)).toBe(true);
  });

  it.each([
    ['a comment', withChunk(clean, 'tEXt', `Comment\0${HTML}`)],
    ['a place and a time', withChunk(clean, 'eXIf', 'II*\0 GPS 32.79 34.98')],
    ['a gamma', withChunk(clean, 'gAMA', Buffer.from([0, 0, 177, 143]))],
    ['an animation', withChunk(clean, 'acTL', Buffer.from([0, 0, 0, 2, 0, 0, 0, 0]))],
    ['a chunk nobody knows', withChunk(clean, 'EVIL', HTML)],
    ['a page behind its end', Buffer.concat([clean, Buffer.from(HTML)])],
    ['a second header', withChunk(clean, 'IHDR', Buffer.from([0, 9, 0, 0, 0, 9, 0, 0, 8, 6, 0, 0, 0]))],
  ])('is stored without %s', (_what, dirty) => {
    const stored = redrawn(dirty);
    expect(chunksOf(stored)).toEqual(['IHDR', 'IDAT', 'IEND']);
    expect(stored.includes('alert')).toBe(false);
    expect(stored.equals(redrawn(clean))).toBe(true);
  });

  it('may have sixteen bits a colour, and gets eight', () => {
    const line = Buffer.concat([Buffer.from([0]), Buffer.alloc(16 * 8, Buffer.from([0xff, 0xff]))]);
    const png = rawPng({ width: 16, height: 16, depth: 16 }, Buffer.alloc(line.length * 16, line));
    const stored = redrawn(png);
    expect(stored[24]).toBe(8);
    expect(PNG.sync.read(stored).data.equals(Buffer.alloc(16 * 16 * 4, 255))).toBe(true);
  });

  it('may have a palette of one bit, clear in places', () => {
    const twoColours = Buffer.from([255, 0, 0, 0, 0, 255]);
    const lines = Buffer.alloc(4 * 16, Buffer.from([0, 0b0101_0101, 0b0101_0101, 0b0101_0000]));
    const bare = rawPng({ width: 20, height: 16, depth: 1, colourType: 3 }, lines);
    const png = withChunk(withChunk(bare, 'tRNS', Buffer.from([0])), 'PLTE', twoColours);
    const dots = Buffer.alloc(20 * 16 * 4, Buffer.from([255, 0, 0, 0, 0, 0, 255, 255]));
    expect(PNG.sync.read(redrawn(png)).data.equals(dots)).toBe(true);
  });

  it('may be interlaced', () => {
    // Seven passes of 16 × 16 grey dots, each line with its mark.
    const passes: [number, number][] = [[2, 2], [2, 2], [4, 2], [4, 4], [8, 4], [8, 8], [16, 8]]; // prettier-ignore
    const lines = passes.flatMap(([width, height]) =>
      Array.from({ length: height }, () => Buffer.concat([Buffer.from([0]), Buffer.alloc(width, 77)])),
    );
    const png = rawPng({ width: 16, height: 16, colourType: 0, interlace: 1 }, Buffer.concat(lines));
    const grey = Buffer.alloc(16 * 16 * 4, Buffer.from([77, 77, 77, 255]));
    expect(PNG.sync.read(redrawn(png)).data.equals(grey)).toBe(true);
  });

  it.each([16, 2_000])('may have a side of %i pixels', (side) => {
    expect(readLogoParts(samplePng({ width: side, height: 16 }))).toMatchObject({ width: side, height: 16 });
  });
});

describe('no logo', () => {
  const png = samplePng();
  const sized = (width: number, height: number) => rawPng({ width, height }, Buffer.alloc(0));

  it.each([
    ['nothing', Buffer.alloc(0), 'the body is empty'],
    ['a JPEG', Buffer.from('ffd8ffe000104a46494600010101', 'hex'), 'is not a PNG'],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'is not a PNG'],
    ['a PNG cut in its header', png.subarray(0, 20), 'breaks off before its end'],
    ['a PNG cut in its pixels', png.subarray(0, -30), 'breaks off before its end'],
    ['a PNG cut before its end mark', png.subarray(0, -12), 'breaks off before its end'],
    ['a chunk longer than the file', withChunk(png, 'tEXt', 'x').fill(0xff, 33, 35), 'breaks off'],
    ['a PNG without a header', Buffer.concat([png.subarray(0, 8), png.subarray(33)]), 'it has no header'],
    ['one too wide', sized(3_000, 200), 'is 3000 × 200 pixels; each side must have 16 to 2000'],
    ['one too high', sized(200, 2_001), 'is 200 × 2001 pixels'],
    ['one too small', sized(15, 200), 'is 15 × 200 pixels'],
    ['a bomb by its sides', sized(0xffff_ffff, 0xffff_ffff), 'is 4294967295 × 4294967295 pixels'],
  ])('is %s', (_what, bytes, sentence) => {
    const problem = refusal(bytes);
    expect(problem).toMatchObject({ code: 'validation_failed', fields: [{ pointer: '#' }] });
    expect(problem.message).toContain(sentence);
  });

  it.each([
    ['pixels that end too soon', rawPng({ width: 16, height: 16 }, Buffer.alloc(99))],
    ['no pixels', rawPng({ width: 16, height: 16 }, Buffer.alloc(0))],
    ['a byte too much', rawPng({ width: 16, height: 16 }, Buffer.alloc(65 * 16 + 1))],
    ['colours nobody knows', rawPng({ width: 16, height: 16, colourType: 5 }, Buffer.alloc(16))],
    ['pixels that are not packed', withChunk(samplePng(), 'IDAT', 'nonsense')],
    ['a wrong checksum', Buffer.from(samplePng()).fill(1, 30, 31)],
    ['a palette that is not there', rawPng({ width: 16, height: 16, colourType: 3 }, Buffer.alloc(17 * 16))],
  ])('can be drawn from %s', (_what, bytes) => {
    const parts = readLogoParts(bytes);
    expect(() => redrawLogo(parts)).toThrow();
  });

  it.each([0, 1])('unpacks to more than the largest has (interlace %i)', (interlace) => {
    const bomb = rawPng({ width: 16, height: 16, interlace }, Buffer.alloc(64 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(512 * 1024);
    expect(() => redrawn(bomb)).toThrow(expect.objectContaining({ code: 'ERR_BUFFER_TOO_LARGE' }));
  });
});
