/** A PDF as the browser writes it: one plain cross-reference table, one trailer, nothing encrypted. */
export interface PdfFile {
  readonly bytes: Buffer;
  /** One more than the highest object number. */
  readonly size: number;
  readonly rootId: number;
  readonly infoId: number;
  /** Offset of the cross-reference table. */
  readonly tableAt: number;
  /** The entries of a dictionary object, without its brackets. @throws Error if it is not a dictionary */
  readonly entriesOf: (id: number) => string;
}

const TRAILER =
  /trailer\s*<<\/Size (\d+)\s*\/Root (\d+) 0 R\s*\/Info (\d+) 0 R>>\s*startxref\s+(\d+)\s+%%EOF\s*$/;
const ROW_BYTES = 20;

/**
 * Reads the structure of a PDF that the browser printed.
 * @throws Error if its layout differs, as that of another browser may
 */
export function readPdfFile(bytes: Buffer): PdfFile {
  const found = TRAILER.exec(bytes.toString('latin1', Math.max(0, bytes.length - 400)));
  if (!found) throw foreign('it does not end with one plain trailer');
  const [size = 0, rootId = 0, infoId = 0, tableAt = 0] = found.slice(1).map(Number);
  const head = /^xref\s+0 (\d+)\s*\n/.exec(bytes.toString('latin1', tableAt, tableAt + 40));
  if (head?.[1] !== String(size)) throw foreign('its cross-reference table is not in one piece');
  const rowsAt = tableAt + head[0].length;
  const entriesOf = (id: number): string => {
    const row = bytes.toString('latin1', rowsAt + id * ROW_BYTES, rowsAt + (id + 1) * ROW_BYTES);
    const at = Number(row.slice(0, 10));
    const object = bytes.toString('latin1', at, bytes.indexOf('endobj', at));
    const entries = /^\d+ 0 obj\s*<<(.*)>>\s*$/s.exec(object)?.[1];
    if (entries === undefined) throw foreign(`object ${id} is no dictionary`);
    return entries;
  };
  return { bytes, size, rootId, infoId, tableAt, entriesOf };
}

/** How many pages it has. @throws Error when the tree of pages does not say */
export function pageCount(file: PdfFile): number {
  const tree = referenceIn(file.entriesOf(file.rootId), /\/Pages (\d+) 0 R/);
  return referenceIn(file.entriesOf(tree), /\/Count (\d+)/);
}

/** The number of the first page's object. @throws Error when the tree of pages has none */
export function firstPageId(file: PdfFile): number {
  let id = referenceIn(file.entriesOf(file.rootId), /\/Pages (\d+) 0 R/);
  while (!/\/Type \/Page\b(?!s)/.test(file.entriesOf(id)))
    id = referenceIn(file.entriesOf(id), /\/Kids \[(\d+) 0 R/);
  return id;
}

function referenceIn(entries: string, pattern: RegExp): number {
  const id = pattern.exec(entries)?.[1];
  if (id === undefined) throw foreign(`nothing in it is like ${pattern.source}`);
  return Number(id);
}

function foreign(why: string): Error {
  return new Error(
    `the browser's PDF is not laid out as expected (${why}); set CHROMIUM_PATH to the Chromium that came with the program`,
  );
}
