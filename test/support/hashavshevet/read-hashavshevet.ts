import { unzipSync } from 'fflate';

// Written from docs/reference/hashavshevet.md alone, without a look at the writer: positions come from the PRM.

/** A record by the names that its PRM gives to the fields. */
export type HashRecord = Readonly<Record<string, string>>;

export interface HashFiles {
  readonly movein: readonly HashRecord[];
  readonly heshin: readonly HashRecord[];
  readonly prm: Readonly<Record<'movein' | 'heshin', readonly string[]>>;
}

const CP862 = new Map(Array.from({ length: 27 }, (_, at) => [0x80 + at, String.fromCharCode(0x5d0 + at)]));

const decode = (bytes: Uint8Array, encoding: string): string =>
  encoding === 'cp862'
    ? [...bytes].map((byte) => CP862.get(byte) ?? String.fromCharCode(byte)).join('')
    : new TextDecoder(encoding, { fatal: true }).decode(bytes);

/** Reads the zip of the export. @throws Error where a file is not as the reference says */
export function readHashavshevet(zip: Uint8Array, encoding = 'windows-1255'): HashFiles {
  const files = unzipSync(zip);
  const names = Object.keys(files).sort();
  if (names.join() !== 'HESHIN.DAT,HESHIN.PRM,MOVEIN.DAT,MOVEIN.PRM')
    throw new Error(`the zip has ${names.join()}`);
  const text = (name: string): string => decode(files[name] ?? new Uint8Array(), encoding);
  const prm = { movein: linesOf(text('MOVEIN.PRM')), heshin: linesOf(text('HESHIN.PRM')) };
  return {
    movein: toRecords(text('MOVEIN.DAT'), prm.movein),
    heshin: toRecords(text('HESHIN.DAT'), prm.heshin),
    prm,
  };
}

function linesOf(file: string): string[] {
  if (!file.endsWith('\r\n')) throw new Error('the last line has no CR LF');
  return file.slice(0, -2).split('\r\n');
}

function toRecords(file: string, [size = '', ...fields]: readonly string[]): HashRecord[] {
  const length = Number(/^(\d+) ;גודל הרשומה$/.exec(size)?.[1]);
  if (file.length % length !== 0) throw new Error(`${file.length} signs are no records of ${length}`);
  const places = fields.map((line) => {
    const [, from, to, name] = /^(\d+) (\d+) ;(.+)$/.exec(line) ?? [];
    if (name === undefined) throw new Error(`"${line}" is no line of a PRM`);
    return { name, from: Number(from), to: Number(to) };
  });
  return Array.from({ length: file.length / length }, (_, at) => {
    const record = file.slice(at * length, (at + 1) * length);
    if (!record.endsWith('\r\n') || record.indexOf('\r\n') !== length - 2)
      throw new Error(`record ${at} does not end with its length`);
    return Object.fromEntries(
      places
        .filter(({ from }) => from > 0)
        .map(({ name, from, to }) => [name, record.slice(from - 1, to).trim()]),
    );
  });
}

/** A sum of the file in agorot; an empty one is zero. @throws Error if it is no `9.2` */
export function toAgorot(sum: string | undefined): number {
  if (sum === '') return 0;
  const [, sign, whole, rest] = /^(-?)(\d{1,9})\.(\d\d)$/.exec(sum ?? '?') ?? [];
  if (whole === undefined) throw new Error(`"${sum ?? ''}" is no sum`);
  return Number(`${sign ?? ''}${whole}${rest ?? ''}`);
}
