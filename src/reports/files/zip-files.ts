import { PassThrough } from 'node:stream';
import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';

/** A file of an archive; its path has `/` between folders. */
export interface PackedFile {
  readonly path: string;
  /** What is read one after the other, each once the file before it was written. */
  readonly bytes: Buffer | Readable;
}

/** A zip that `fill` fills and ends while it is read. What `fill` or a file throws ends it. */
export async function* streamZip(fill: (zip: ZipFile) => Promise<void>): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile();
  const out = zip.outputStream.pipe(new PassThrough());
  const fail = (error: unknown): void =>
    void out.destroy(error instanceof Error ? error : new Error(String(error)));
  zip.on('error', fail);
  const filling = fill(zip);
  filling.catch(fail);
  yield* out as AsyncIterable<Uint8Array>;
  await filling;
}

/** A zip of these files, in their order. */
export function zipFiles(files: readonly PackedFile[]): Readable {
  const zip = new ZipFile();
  const out = zip.outputStream.pipe(new PassThrough());
  zip.on('error', (error) => out.destroy(error instanceof Error ? error : new Error(String(error))));
  for (const { path, bytes } of files) {
    if (Buffer.isBuffer(bytes)) zip.addBuffer(bytes, path);
    else zip.addReadStream(bytes, path);
  }
  zip.end();
  return out;
}
