import { constants, inflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import type { LogoParts } from './logo-parts.ts';

/**
 * Draws a logo anew: a PNG of our own making from the pixels alone, 8 bits a colour.
 * @throws Error when the pixels cannot be read
 */
export function redrawLogo({ png, packed, unpackedLength }: LogoParts): Buffer {
  // pngjs (7.0.0) takes pixels that are missing from memory it never cleared, and unpacks an interlaced picture without
  // a limit, though 512 KiB may hold half a gigabyte.
  const unpacked = inflateSync(packed, { maxOutputLength: unpackedLength });
  if (unpacked.length !== unpackedLength)
    throw new RangeError('the PNG has fewer pixels than its header says');
  const { width, height, data } = PNG.sync.read(Buffer.from(png));
  const drawn = new PNG({ width, height });
  drawn.data = data;
  return PNG.sync.write(drawn, { deflateLevel: 6, deflateStrategy: constants.Z_DEFAULT_STRATEGY });
}
