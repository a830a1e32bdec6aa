import { toDocumentHtml } from '../page/document-html.ts';
import type { PrintableDocument } from '../page/printable-document.ts';

/** The visible text, without markup, marks and style, for tests. */
export function wordsOf(document: PrintableDocument): string {
  return toDocumentHtml(document)
    .replace(/<style>.*?<\/style>/s, ' ')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replace(/[\u200e\u200f]/g, '')
    .replace(/\s+/g, ' ');
}
