/** Where red, green and blue of sRGB lie for the profile connection space (D50), and its white. Source: IEC 61966-2-1, ICC.1:2010. */
const WHITE_D50 = [0.9642, 1, 0.8249] as const;
const RED = [0.43607, 0.22249, 0.01392] as const;
const GREEN = [0.38515, 0.71687, 0.09708] as const;
const BLUE = [0.14307, 0.06061, 0.7141] as const;
/** From the white of sRGB (D65) to D50, by Bradford. */
const ADAPTATION = [
  1.04788, 0.02292, -0.0502, 0.02959, 0.99048, -0.01706, -0.00923, 0.01508, 0.75168,
] as const;
/** The curve of sRGB: Y = (aX+b)^g for X ≥ d, else cX. In the order g a b c d. */
const CURVE = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045] as const;

const HEADER_BYTES = 128;
const ROW_BYTES = 12;

/** An ICC profile of sRGB: it defines the colours of a printed document. PDF/A requires it inside the file. */
export function toSrgbProfile(): Buffer {
  const curve = Buffer.concat([sign('para'), uint32(0), uint32(0x0003_0000), ...CURVE.map(fixed)]);
  const tags: readonly (readonly [string, Buffer])[] = [
    ['desc', text('sRGB')],
    ['cprt', text('No copyright, use freely')],
    ['wtpt', xyz(WHITE_D50)],
    ['chad', Buffer.concat([sign('sf32'), uint32(0), ...ADAPTATION.map(fixed)])],
    ['rXYZ', xyz(RED)],
    ['gXYZ', xyz(GREEN)],
    ['bXYZ', xyz(BLUE)],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ];
  let at = HEADER_BYTES + 4 + tags.length * ROW_BYTES;
  const rows = tags.map(([name, bytes]) => {
    const row = Buffer.concat([sign(name), uint32(at), uint32(bytes.length)]);
    at += padded(bytes).length;
    return row;
  });
  return Buffer.concat([header(at), uint32(tags.length), ...rows, ...tags.map(([, bytes]) => padded(bytes))]);
}

function header(size: number): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES);
  bytes.writeUInt32BE(size, 0);
  bytes.writeUInt32BE(0x0420_0000, 8);
  bytes.write('mntrRGB XYZ ', 12, 'latin1');
  // A date is required; a fixed one keeps the profile the same.
  [2026, 1, 1, 0, 0, 0].forEach((part, index) => bytes.writeUInt16BE(part, 24 + index * 2));
  bytes.write('acsp', 36, 'latin1');
  Buffer.concat(WHITE_D50.map(fixed)).copy(bytes, 68);
  return bytes;
}

function xyz(point: readonly number[]): Buffer {
  return Buffer.concat([sign('XYZ '), uint32(0), ...point.map(fixed)]);
}

/** A text in one language (multiLocalizedUnicodeType). */
function text(value: string): Buffer {
  const words = Buffer.from(value, 'utf16le').swap16();
  return Buffer.concat([
    sign('mluc'),
    ...[0, 1, 12].map(uint32),
    sign('enUS'),
    ...[words.length, 28].map(uint32),
    words,
  ]);
}

function sign(name: string): Buffer {
  return Buffer.from(name, 'latin1');
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** A number with 16 bits after the point. */
function fixed(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(Math.round(value * 65_536));
  return bytes;
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}
