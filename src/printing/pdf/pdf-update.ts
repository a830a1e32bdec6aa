import { createHash } from 'node:crypto';
import type { PdfFile } from './pdf-file.ts';

/** An object of a PDF: its dictionary's entries, and the bytes of its stream when it has one. */
export interface PdfObject {
  readonly id: number;
  readonly entries: string;
  readonly stream?: Buffer;
}

/**
 * Appends objects to a PDF as an incremental update. The existing bytes stay as they are; an object with a known
 * number replaces the former one. The identifier in the trailer is a digest of the file before the update.
 */
export function appendUpdate(file: PdfFile, objects: readonly PdfObject[]): Buffer {
  const parts: Buffer[] = [file.bytes];
  let at = file.bytes.length;
  const rows: string[] = [];
  for (const object of [...objects].sort((a, b) => a.id - b.id)) {
    const written = toBytes(object);
    rows.push(`${object.id} 1\n${String(at).padStart(10, '0')} 00000 n \n`);
    parts.push(written);
    at += written.length;
  }
  const size = Math.max(file.size, ...objects.map(({ id }) => id + 1));
  const identifier = createHash('sha256').update(file.bytes).digest('hex').slice(0, 32);
  parts.push(
    Buffer.from(
      `xref\n${rows.join('')}trailer\n<</Size ${size}\n/Root ${file.rootId} 0 R\n/Info ${file.infoId} 0 R\n` +
        `/ID [<${identifier}> <${identifier}>]\n/Prev ${file.tableAt}>>\nstartxref\n${at}\n%%EOF\n`,
      'latin1',
    ),
  );
  return Buffer.concat(parts);
}

/** A text in any script as a PDF string. */
export function pdfString(text: string): string {
  const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
  return `<${utf16.toString('hex').toUpperCase()}>`;
}

/** A time as PDF writes it, in UTC, always of the same length. */
export function pdfDate(instant: Date): string {
  return `(D:${instant.toISOString().replace(/\D/g, '').slice(0, 14)}+00'00')`;
}

function toBytes({ id, entries, stream }: PdfObject): Buffer {
  const head = `${id} 0 obj\n<<${entries}`;
  if (!stream) return Buffer.from(`${head}>>\nendobj\n`, 'latin1');
  return Buffer.concat([
    Buffer.from(`${head}\n/Length ${stream.length}>>\nstream\n`, 'latin1'),
    stream,
    Buffer.from('\nendstream\nendobj\n', 'latin1'),
  ]);
}
