import { html } from '../../markup.ts';
import type { Markup } from '../../markup.ts';

/** The metadata of the file for archives and PDF readers. */
export interface PdfFacts {
  readonly title: string;
  readonly language: string;
  /** The issuer of the document. */
  readonly author: string;
  readonly createdAt: Date;
  /** Which level of PDF/A-2 the file keeps (ISO 19005-2): `A` archival, tagged and every word extractable; `B` archival; or none. */
  readonly archiveLevel: 'A' | 'B' | null;
}

const NAMESPACES =
  'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" ' +
  'xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"';

/** The metadata packet, with the file's claim to be PDF/A-2. */
export function toXmp(facts: PdfFacts): Buffer {
  const title = item('x-default', facts.title) + item(facts.language, facts.title);
  const createdAt = `${facts.createdAt.toISOString().slice(0, 19)}Z`;
  const properties = [
    '<dc:format>application/pdf</dc:format>',
    `<dc:title><rdf:Alt>${title}</rdf:Alt></dc:title>`,
    `<dc:creator><rdf:Seq>${item(null, facts.author)}</rdf:Seq></dc:creator>`,
    `<dc:language><rdf:Bag>${item(null, facts.language)}</rdf:Bag></dc:language>`,
    `<xmp:CreateDate>${createdAt}</xmp:CreateDate><xmp:ModifyDate>${createdAt}</xmp:ModifyDate>`,
    facts.archiveLevel &&
      `<pdfaid:part>2</pdfaid:part><pdfaid:conformance>${facts.archiveLevel}</pdfaid:conformance>`,
  ];
  return Buffer.from(
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n' +
      '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n' +
      `<rdf:Description rdf:about="" ${NAMESPACES}>\n${properties.filter(Boolean).join('\n')}\n</rdf:Description>\n` +
      '</rdf:RDF></x:xmpmeta>\n<?xpacket end="r"?>',
  );
}

function item(language: string | null, text: string): string {
  const words = html`${text.replace(OUTSIDE_XML, '\ufffd')}`;
  const { markup }: Markup =
    language === null
      ? html`<rdf:li>${words}</rdf:li>`
      : html`<rdf:li xml:lang="${language}">${words}</rdf:li>`;
  return markup;
}

/** Characters that XML cannot hold, not even escaped. */
const OUTSIDE_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
