import { pdfDate } from './pdf-update.ts';

/** What a browser writes differently each time: the time of printing, and the numbers of its nodes. */
const DATE = /(?<=\/(?:CreationDate|ModDate) )\(D:\d{14}\+00'00'\)/g;
const NODE = /(?<=\(node)\d{8}(?=\))/g;
const NAMED_ELEMENT = /(?<=\/ID \(node)\d{8}(?=\))/g;
/** The tree of named elements, as long as it is one leaf. */
const NAME_LEAF = /<<\/Limits \[(\(node\d{8}\)) (\(node\d{8}\))\]\s\/Names \[([^\]]*)\]>>/g;

/**
 * The same print with `createdAt` as its time and its nodes counted from one, so that the same document gives the
 * same bytes. Each replacement has the same length, because the file contains offsets.
 */
export function toReproducible(bytes: Buffer, createdAt: Date): Buffer {
  const dated = bytes.toString('latin1').replace(DATE, pdfDate(createdAt));
  return Buffer.from(renumbered(dated), 'latin1');
}

/**
 * Numbers the nodes in their order in the file. A tree of several leaves keeps its order, so it may differ between
 * prints.
 */
function renumbered(text: string): string {
  const isOneLeaf = text.match(NAME_LEAF)?.length === 1;
  const nodes = [...new Set(text.match(isOneLeaf ? NAMED_ELEMENT : NODE))];
  const order = isOneLeaf ? nodes : nodes.sort();
  const rank = new Map(order.map((node, index) => [node, String(index + 1).padStart(8, '0')]));
  const counted = text.replace(NODE, (node) => rank.get(node) ?? node);
  return isOneLeaf
    ? counted.replace(NAME_LEAF, (_leaf, _first, _last, names: string) => sortedLeaf(names))
    : counted;
}

/** Names are sorted; the first and the last are also listed apart. */
function sortedLeaf(names: string): string {
  const entries = (names.match(/\(node\d{8}\) \d+ 0 R/g) ?? []).sort();
  const [first = '', last = ''] = [entries[0], entries.at(-1)].map((entry) => entry?.split(' ')[0] ?? '');
  return `<</Limits [${first} ${last}]\n/Names [${entries.join(' ')}]>>`;
}
