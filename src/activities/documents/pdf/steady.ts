import { pdfDate } from './pdf-update.ts';

/** What a browser writes anew each time: the time of printing, and the numbers that its nodes got in this session. */
const DATE = /(?<=\/(?:CreationDate|ModDate) )\(D:\d{14}\+00'00'\)/g;
const NODE = /(?<=\(node)\d{8}(?=\))/g;

/**
 * The same print with `createdAt` as its time and its nodes counted from one, so that the same document is the same bytes.
 * Every replacement is as long as what it replaces, and keeps the order of the node names, for both are relied on in the file.
 */
export function toSteady(bytes: Buffer, createdAt: Date): Buffer {
  const text = bytes.toString('latin1');
  const nodes = [...new Set(text.match(NODE))].sort();
  const rank = new Map(nodes.map((node, index) => [node, String(index + 1).padStart(8, '0')]));
  return Buffer.from(
    text.replace(DATE, pdfDate(createdAt)).replace(NODE, (node) => rank.get(node) ?? node),
    'latin1',
  );
}
