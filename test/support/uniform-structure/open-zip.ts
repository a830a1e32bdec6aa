import { crc32, inflateRawSync } from 'node:zlib';

const END = 0x06054b50;
const ENTRY = 0x02014b50;

/**
 * The files of a zip archive by their names, from its central directory, by nothing but the published format. Folders
 * are left out. Throws where the archive is not whole.
 */
export function openZip(archive: Buffer): Map<string, Buffer> {
  const end = findEnd(archive);
  const files = new Map<string, Buffer>();
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    if (archive.readUInt32LE(at) !== ENTRY) throw new Error(`no entry of a zip at ${at}`);
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    if (!name.endsWith('/')) {
      if (files.has(name)) throw new Error(`the zip has ${name} twice`);
      files.set(name, readEntry(archive, at, name));
    }
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return files;
}

function findEnd(archive: Buffer): number {
  for (let at = archive.length - 22; at >= 0; at--) if (archive.readUInt32LE(at) === END) return at;
  throw new Error('not a zip archive');
}

function readEntry(archive: Buffer, at: number, name: string): Buffer {
  const [method, packedSize] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 20)];
  const local = archive.readUInt32LE(at + 42);
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const packed = archive.subarray(start, start + packedSize);
  if (method !== 0 && method !== 8) throw new Error(`${name} is packed by method ${method}`);
  const bytes = method === 0 ? packed : inflateRawSync(packed);
  const isWhole =
    bytes.length === archive.readUInt32LE(at + 24) && crc32(bytes) === archive.readUInt32LE(at + 16);
  if (!isWhole) throw new Error(`${name} is damaged`);
  return bytes;
}
