import type { Printer } from './browser/printer.ts';
import { fileTitleOf, toDocumentHtml } from './page/document-html.ts';
import { archiveLevelOf } from './page/fonts.ts';
import { finishPdf } from './pdf/finish-pdf.ts';
import { pageCount, readPdfFile } from './pdf/pdf-file.ts';
import type { PrintableDocument } from './page/printable-document.ts';
import type { Signer } from './signing/signing-folder.ts';

/**
 * The finished file of a document: the same bytes each time, but for a signature, its time and its time stamp.
 * @throws ProviderError where the time-stamp authority gives no stamp
 */
export async function printPdf(
  printer: Printer,
  document: PrintableDocument,
  signer: Signer | null,
): Promise<Buffer> {
  const { locale, issuer } = document.content;
  const print = await printOut(printer, document);
  const facts = {
    title: fileTitleOf(document),
    language: locale,
    author: issuer.name[locale],
    createdAt: document.createdAt,
    archiveLevel: archiveLevelOf(JSON.stringify(document.content)),
  };
  return finishPdf(print, facts, signer && { ...signer, name: issuer.name[locale], signedAt: new Date() });
}

/** A document of several pages is printed again with their number, which only printing tells. */
async function printOut(printer: Printer, document: PrintableDocument): Promise<Buffer> {
  const first = await printer.print(toDocumentHtml(document));
  const pages = pageCount(readPdfFile(first));
  return pages === 1 ? first : printer.print(toDocumentHtml(document, pages));
}
