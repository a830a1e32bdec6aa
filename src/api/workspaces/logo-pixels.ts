import { constants, inflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import type { LogoParts } from './logo-parts.ts';

/**
 * Redraws a logo: makes our own PNG from the pixels alone, 8 bits per colour.
 * @throws Error if the pixels cannot be read
 */
export function redrawLogo({ png, packed, unpackedLength }: LogoParts): Buffer {
  // pngjs (7.0.0) fills missing pixels from memory that it never cleared. It also unpacks interlaced pictures without
  // a limit, and 512 KiB may hold half a gigabyte.
  const unpacked = inflateSync(packed, { maxOutputLength: unpackedLength });
  if (unpacked.length !== unpackedLength)
    throw new RangeError('the PNG has fewer pixels than its header says');
  const { width, height, data } = PNG.sync.read(Buffer.from(png));
  const drawn = new PNG({ width, height });
  drawn.data = data;
  return PNG.sync.write(drawn, { deflateLevel: 6, deflateStrategy: constants.Z_DEFAULT_STRATEGY });
}
