import { readPdfFile } from './pdf-file.ts';
import { appendUpdate, pdfString } from './pdf-update.ts';
import type { PdfObject } from './pdf-update.ts';
import { fillSignature, signatureObjects } from './signature-field.ts';
import type { SignatureOrder } from './signature-field.ts';
import { toSrgbProfile } from './srgb-profile.ts';
import { toReproducible } from './reproducible.ts';
import { toXmp } from './xmp.ts';
import type { PdfFacts } from './xmp.ts';

/**
 * Turns the print of the browser into the stored file: the same bytes for the same document, PDF/A-2, and signed if
 * ordered. The browser itself writes no metadata packet, no colour profile and no identifier.
 * @throws Error if the layout differs from that of the browser that came with the program
 */
export async function finishPdf(
  print: Buffer,
  facts: PdfFacts,
  signature: SignatureOrder | null = null,
): Promise<Buffer> {
  const file = readPdfFile(toReproducible(print, facts.createdAt));
  const [metadata, profile] = [file.size, file.size + 1];
  const field = signature && signatureObjects(file, signature, file.size + 2);
  const root =
    `${file.entriesOf(file.rootId)}\n/Metadata ${metadata} 0 R\n/OutputIntents [${outputIntent(profile)}]` +
    (field ? `\n${field.rootEntries}` : '');
  const objects: PdfObject[] = [
    { id: file.rootId, entries: root },
    { id: metadata, entries: '/Type /Metadata\n/Subtype /XML', stream: toXmp(facts) },
    { id: profile, entries: '/N 3', stream: toSrgbProfile() },
    ...(field?.objects ?? []),
  ];
  const finished = appendUpdate(file, objects);
  return signature ? fillSignature(finished, signature) : finished;
}

function outputIntent(profile: number): string {
  const condition = pdfString('sRGB IEC61966-2.1');
  return (
    `<</Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier ${condition} ` +
    `/Info ${condition} /DestOutputProfile ${profile} 0 R>>`
  );
}
