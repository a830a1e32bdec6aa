import { PassThrough } from 'node:stream';
import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';

/** A file of an archive; its path has `/` between folders. */
export interface PackedFile {
  readonly path: string;
  /** What is read one after the other, each once the file before it was written. */
  readonly bytes: Buffer | Readable;
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
