import { crc32, deflateSync } from 'node:zlib';

/** Red, green, blue and alpha, 0 to 255 each. */
export type Colour = readonly [number, number, number, number];

const AFTER_HEADER = 33;

/** A PNG of one colour as a clean program writes it, for tests. */
export function samplePng({ width = 240, height = 90, colour = [15, 92, 102, 255] as Colour } = {}): Buffer {
  const line = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 4, Buffer.from(colour))]);
  return rawPng({ width, height }, Buffer.alloc(line.length * height, line));
}

/** The same with one more chunk after its header. */
export function withChunk(png: Buffer, type: string, data: Buffer | string): Buffer {
  return Buffer.concat([png.subarray(0, AFTER_HEADER), toChunk(type, data), png.subarray(AFTER_HEADER)]);
}

/** A PNG from the values of its header and its unpacked pixels. */
export function rawPng(
  header: { width: number; height: number; depth?: number; colourType?: number; interlace?: number },
  unpacked: Buffer,
): Buffer {
  const { width, height, depth = 8, colourType = 6, interlace = 0 } = header;
  const sides = Buffer.alloc(8);
  sides.writeUInt32BE(width, 0);
  sides.writeUInt32BE(height, 4);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    toChunk('IHDR', Buffer.concat([sides, Buffer.from([depth, colourType, 0, 0, interlace])])),
    toChunk('IDAT', deflateSync(unpacked)),
    toChunk('IEND', ''),
  ]);
}

/** Types of the chunks of a PNG, and what follows the last. */
export function chunksOf(png: Buffer): string[] {
  const types: string[] = [];
  let at = 8;
  for (; at + 8 <= png.length && types.at(-1) !== 'IEND'; at += 12 + png.readUInt32BE(at))
    types.push(png.toString('latin1', at + 4, at + 8));
  return at === png.length ? types : [...types, 'more'];
}

function toChunk(type: string, data: Buffer | string): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), Buffer.from(data)]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length - 4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
