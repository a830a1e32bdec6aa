import { Problem } from '../../domain/problems.ts';

/** Pixels a side. */
const LEAST_SIDE = 16;
const MOST_SIDE = 2_000;

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const HEADER_LENGTH = 13;
/** Length and type come before the data of a chunk, its checksum after it. */
const BEFORE = 8;
const AFTER = 4;
/** Chunks that the pixels need besides the header. Comments, profiles, animation and the rest are dropped. */
const KEPT: readonly string[] = ['PLTE', 'tRNS', 'IDAT'];

/** Values per pixel, by the colour type of the header: grey, colours, palette index, and the first two with alpha. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
/** Start and step of each pass of an interlaced picture: x, y, x, y. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** The picture in an uploaded PNG, without everything else: not decoded yet, but small enough to be. */
export interface LogoParts {
  readonly width: number;
  readonly height: number;
  /** A PNG with only the chunks that the pixels need, unchanged. */
  readonly png: Uint8Array;
  /** Its packed pixels, and their expected unpacked size in bytes. */
  readonly packed: Uint8Array;
  readonly unpackedLength: number;
}

interface Chunk {
  readonly type: string;
  readonly whole: Buffer;
  readonly data: Buffer;
}

/** @throws Problem validation_failed, which says what is wrong and how to fix it */
export function readLogoParts(bytes: Buffer): LogoParts {
  if (bytes.length === 0) throw wrongLogo('the body is empty; send the bytes of a PNG');
  if (!bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE))
    throw wrongLogo('the body is not a PNG; save the logo as PNG');
  const [header, ...rest] = readChunks(bytes);
  if (header?.type !== 'IHDR' || header.data.length !== HEADER_LENGTH)
    throw wrongLogo('the PNG is damaged: it has no header; save it again');
  const [width, height] = [header.data.readUInt32BE(0), header.data.readUInt32BE(4)];
  if ([width, height].some((side) => side < LEAST_SIDE || side > MOST_SIDE))
    throw wrongLogo(
      `the logo is ${width} × ${height} pixels; each side must have ${LEAST_SIDE} to ${MOST_SIDE}`,
    );
  // A second header would replace the checked sides.
  const kept = rest.filter(({ type }) => KEPT.includes(type));
  const packed = Buffer.concat(kept.filter(({ type }) => type === 'IDAT').map(({ data }) => data));
  const chunks = [header, ...kept, ...rest.filter(({ type }) => type === 'IEND')];
  const png = Buffer.concat([SIGNATURE, ...chunks.map(({ whole }) => whole)]);
  return { width, height, png, packed, unpackedLength: unpackedLengthOf(header.data, width, height) };
}

/** Chunks up to the end mark. Anything after it is not part of the picture. */
function readChunks(bytes: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; chunks.at(-1)?.type !== 'IEND'; at += chunks.at(-1)?.whole.length ?? 0) {
    const end = at + BEFORE <= bytes.length ? at + BEFORE + bytes.readUInt32BE(at) + AFTER : Infinity;
    if (end > bytes.length) throw wrongLogo('the PNG breaks off before its end; upload the whole file');
    const whole = bytes.subarray(at, end);
    const data = whole.subarray(BEFORE, -AFTER);
    chunks.push({ type: whole.toString('latin1', 4, BEFORE), whole, data });
  }
  return chunks;
}

/** Size of the pixels by the header: one filter byte per line, and lines of whole bytes. */
function unpackedLengthOf(header: Buffer, width: number, height: number): number {
  const [depth, colourType, , , interlace] = header.subarray(8);
  const bits = (depth ?? 0) * (CHANNELS[colourType ?? -1] ?? 0);
  const passes = interlace === 0 ? ([[0, 0, 1, 1]] as const) : PASSES;
  return passes.reduce((length, [left, top, right, down]) => {
    const [columns, lines] = [Math.ceil((width - left) / right), Math.ceil((height - top) / down)];
    return length + lines * (1 + Math.ceil((columns * bits) / 8));
  }, 0);
}

/** A refusal of the picture. The body has no fields, so the pointer names all of it. */
export function wrongLogo(sentence: string): Problem {
  return new Problem('validation_failed', sentence, { fields: [{ pointer: '#', detail: sentence }] });
}
