import { Problem } from '../../domain/errors.ts';

/** Pixels a side. */
const LEAST_SIDE = 16;
const MOST_SIDE = 2_000;

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const HEADER_LENGTH = 13;
/** Length and type stand before a chunk's data, its checksum after it. */
const BEFORE = 8;
const AFTER = 4;
/** What the pixels need beside the header; comments, profiles, animation and the rest are left behind. */
const KEPT: readonly string[] = ['PLTE', 'tRNS', 'IDAT'];

/** Figures of a pixel by the header's colour type: grey, colours, place in the palette, the first two with cover. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
/** Where each pass of an interlaced picture begins and how far it strides: x, y, x, y. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** The picture in an uploaded PNG and nothing else of it: not yet decoded, but small enough to be. */
export interface LogoParts {
  readonly width: number;
  readonly height: number;
  /** A PNG of the chunks that the pixels need, no byte of them changed. */
  readonly png: Uint8Array;
  /** Its pixels as they are packed, and how many bytes they must come to. */
  readonly packed: Uint8Array;
  readonly unpackedLength: number;
}

interface Chunk {
  readonly type: string;
  readonly whole: Buffer;
  readonly data: Buffer;
}

/** @throws Problem validation_failed with what is wrong and how to mend it */
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
  // A second header would overrule the sides that were looked at.
  const kept = rest.filter(({ type }) => KEPT.includes(type));
  const packed = Buffer.concat(kept.filter(({ type }) => type === 'IDAT').map(({ data }) => data));
  const chunks = [header, ...kept, ...rest.filter(({ type }) => type === 'IEND')];
  const png = Buffer.concat([SIGNATURE, ...chunks.map(({ whole }) => whole)]);
  return { width, height, png, packed, unpackedLength: unpackedLengthOf(header.data, width, height) };
}

/** Chunks up to the end mark; what lies behind it is no picture. */
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

/** Bytes of the pixels by what the header says: a mark a line, and lines of whole bytes. */
function unpackedLengthOf(header: Buffer, width: number, height: number): number {
  const [depth, colourType, , , interlace] = header.subarray(8);
  const bits = (depth ?? 0) * (CHANNELS[colourType ?? -1] ?? 0);
  const passes = interlace === 0 ? ([[0, 0, 1, 1]] as const) : PASSES;
  return passes.reduce((length, [left, top, right, down]) => {
    const [columns, lines] = [Math.ceil((width - left) / right), Math.ceil((height - top) / down)];
    return length + lines * (1 + Math.ceil((columns * bits) / 8));
  }, 0);
}

/** A refusal of the picture; the body has no fields, so the pointer is to all of it. */
export function wrongLogo(sentence: string): Problem {
  return new Problem('validation_failed', sentence, { fields: [{ pointer: '#', detail: sentence }] });
}
