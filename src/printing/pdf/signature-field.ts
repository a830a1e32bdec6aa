import { firstPageId } from './pdf-file.ts';
import type { PdfFile } from './pdf-file.ts';
import { pdfDate, pdfString } from './pdf-update.ts';
import type { PdfObject } from './pdf-update.ts';

/** A signature to be added to a file. */
export interface SignatureOrder {
  /** The name of the signer in PDF readers. */
  readonly name: string;
  readonly signedAt: Date;
  /** Room for the signature, in bytes. */
  readonly room: number;
  /** The detached CMS signature of these parts, in order. */
  readonly sign: (parts: readonly Buffer[]) => Promise<Buffer>;
}

/** Four placeholders of ten digits: two offsets and two lengths, known only once the file is complete. */
const RANGE_ROOM = `/ByteRange [${Array.from({ length: 4 }, () => '0000000000').join(' ')}]`;

/**
 * An invisible signature field on the first page, with zeros instead of the signature, and the entry for the root of
 * the file. By ISO 32000-1, clause 12.8, with the sub-filter of PAdES (ETSI EN 319 142-1).
 */
export function signatureObjects(
  file: PdfFile,
  order: SignatureOrder,
  firstId: number,
): { objects: PdfObject[]; rootEntries: string } {
  const page = firstPageId(file);
  const [signature, widget] = [firstId, firstId + 1];
  const zeros = '0'.repeat(order.room * 2);
  return {
    objects: [
      {
        id: signature,
        entries:
          '/Type /Sig\n/Filter /Adobe.PPKLite\n/SubFilter /ETSI.CAdES.detached\n' +
          `/Name ${pdfString(order.name)}\n/M ${pdfDate(order.signedAt)}\n${RANGE_ROOM}\n/Contents <${zeros}>`,
      },
      {
        id: widget,
        entries:
          '/Type /Annot\n/Subtype /Widget\n/FT /Sig\n/Rect [0 0 0 0]\n/F 132\n' +
          `/T ${pdfString('Signature')}\n/V ${signature} 0 R\n/P ${page} 0 R`,
      },
      { id: page, entries: `${pageEntries(file, page)}\n/Annots [${widget} 0 R]` },
    ],
    rootEntries: `/AcroForm <</SigFlags 3 /Fields [${widget} 0 R]>>`,
  };
}

/** Signs the whole file except the place of the signature itself. @throws Error if the signature needs more room */
export async function fillSignature(file: Buffer, order: SignatureOrder): Promise<Buffer> {
  const signed = Buffer.from(file);
  const from = signed.lastIndexOf(RANGE_ROOM);
  const opens = signed.indexOf('/Contents <', from) + '/Contents '.length;
  const closes = opens + order.room * 2 + 2;
  const range = [0, opens, closes, signed.length - closes].map((place) => String(place).padStart(10, '0'));
  signed.write(`/ByteRange [${range.join(' ')}]`, from, 'latin1');
  const signature = await order.sign([signed.subarray(0, opens), signed.subarray(closes)]);
  if (signature.length > order.room)
    throw new Error(`the signature takes ${signature.length} bytes, more than the ${order.room} kept for it`);
  signed.write(signature.toString('hex'), opens + 1, 'latin1');
  return signed;
}

function pageEntries(file: PdfFile, page: number): string {
  const entries = file.entriesOf(page);
  if (entries.includes('/Annots'))
    throw new Error('a document has no links, yet its first page has annotations');
  return entries;
}
