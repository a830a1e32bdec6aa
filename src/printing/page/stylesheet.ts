import type { Direction } from '../../typesetter.ts';
import { FONTS } from './fonts.ts';
import { cssString } from '../../markup.ts';

/** The plain text in the margins of the pages. The lines of `above` are on all pages except the first. */
export interface PageMargins {
  readonly above: readonly string[];
  readonly below: string;
  /** The words before the number of the page and before the count of pages. */
  readonly page: readonly [string, string];
  readonly direction: Direction;
}

/** What the margins of an A4 page leave of its height. */
const PAGE_MM = 297 - 16 - 17;

/**
 * The style sheet of a printed document of so many pages, without its fonts: A4, black on white, one accent. The body fills
 * its last page, so that the foot stands at the bottom.
 */
export function toStylesheet(margins: PageMargins, pages: number): string {
  return `${toPageRule(margins)}body{min-height:${pages * PAGE_MM - 1}mm}${RULES}`;
}

function toPageRule({ above, below, page, direction }: PageMargins): string {
  const small = `font:400 8pt ${FONTS};color:#5b6670;padding:0 ${EDGE};direction:${direction}`;
  const [start, end, mark] = direction === 'rtl' ? ['right', 'left', '\u200f'] : ['left', 'right', ''];
  const pages = `${cssString(`${page[0]} `)} counter(page) ${cssString(`${mark} ${page[1]} `)} counter(pages)`;
  return (
    `@page{size:A4;margin:16mm 16mm 17mm;` +
    `@top-center{content:${above.map(cssString).join(String.raw` "\A " `)};white-space:pre;font:600 8.5pt ${FONTS};color:#14181c;direction:${direction}}` +
    `@bottom-${start}{content:${cssString(below)};${small}}` +
    `@bottom-${end}{content:${pages};${small}}}` +
    `@page:first{@top-center{content:none}}`
  );
}

/** Anything outside the inner box of the page is cut off, and with it the direction marks at the end of a line. */
const EDGE = '1mm';

const RULES = `
:root{--ink:#14181c;--soft:#5b6670;--line:#d5dade;--accent:#0f5c66}
*{box-sizing:border-box;margin:0;padding:0}
body{position:relative;padding:0 ${EDGE};font:400 9.5pt/1.45 ${FONTS};color:var(--ink);font-variant-ligatures:none;font-variant-numeric:tabular-nums;font-synthesis:none;overflow-wrap:anywhere}
h1,h2,th,.strong{font-weight:600}
h1{font-size:19pt;line-height:1.2;color:var(--accent)}
h2{font-size:8.5pt;color:var(--accent);margin-bottom:1mm}
table{border-collapse:collapse}
th,td{text-align:start;vertical-align:top}
small{display:block;font-size:8pt;font-weight:400;color:var(--soft)}
i{position:relative;left:-.14em;font-style:normal}
.soft{color:var(--soft)}
.beside{display:block;font-size:.88em;line-height:1.25;font-weight:400;color:var(--soft);text-align:-webkit-match-parent}
h1 .beside{font-size:11pt;line-height:1.3}
h2 .beside,thead .beside,small .beside,.order .beside,.signature .beside,.close .beside{font-size:.96em}
.totals .both,.dates .both,h2 .both,.abreast .both,.banner .both,.confirm .both,.close .both{display:flex;align-items:baseline;gap:3mm}
.totals .both,.dates .both{justify-content:space-between;gap:5mm}
.banner .both,.close .both{justify-content:center;gap:5mm}
.signature .both{justify-content:flex-start}
thead .both small{display:inline}
.banner .beside{font-size:1em;font-weight:600;color:inherit}
.said:has(.both){display:flex;gap:2mm;align-items:baseline}
.said .both{white-space:nowrap}
.second{color:var(--soft);font-size:11pt;line-height:1.3}
.figure{white-space:nowrap}
.head{display:flex;justify-content:space-between;gap:12mm;padding-bottom:6mm;border-bottom:.5mm solid var(--accent)}
.issuer{flex:1 1 0;min-width:0}
.issuer .name{font-size:14pt;line-height:1.25;font-weight:600;margin-bottom:1mm}
.logo{display:block;max-width:60mm;max-height:18mm;margin-bottom:3mm}
.title{max-width:112mm;text-align:end}
.title .number{white-space:nowrap}
.title p{margin-top:1mm}
.mark{display:inline-block;margin-top:.6mm;padding:.2mm 2.6mm;border:.25mm solid var(--accent);border-radius:1mm;font-size:8.5pt;font-weight:600;color:var(--accent)}
.banner{margin-top:3mm;padding:1.4mm 4mm;border:.35mm solid var(--ink);border-radius:1mm;font-size:11pt;font-weight:600;text-align:center}
.facts{display:flex;align-items:flex-start;justify-content:space-between;gap:12mm;margin:7mm 0 9mm}
.customer{flex:1 1 0;min-width:0}
.customer .name{font-size:11.5pt;line-height:1.35;font-weight:600}
.dates{max-width:85mm}
.dates th{font-weight:400;color:var(--soft);white-space:nowrap;padding-inline-end:6mm}
.dates th,.dates td{padding-bottom:.6mm}
.sheet{width:100%}
.sheet thead th{font-size:8.5pt;line-height:1.3;color:var(--soft);border-bottom:.3mm solid var(--ink);padding-bottom:1.4mm}
.sheet tbody td{border-bottom:.2mm solid var(--line);padding:2mm 0}
.sheet tr{break-inside:avoid}
.sheet tr.long{break-inside:auto}
.sheet th+th,.sheet td+td{padding-inline-start:7mm}
.sum{text-align:end;white-space:nowrap}
.details{overflow:hidden}
.details p{margin-inline-start:-.6em}
.detail{display:inline-block;max-width:100%}
.dot{display:inline-block;width:.6em;white-space:pre}
.order{font-size:8pt;color:var(--soft)}
.sheet .sum,.kind{width:1%}
.kind,.pair{white-space:nowrap}
.totals{width:80mm;margin-top:3mm;margin-inline-start:auto;break-inside:avoid}
.totals th{width:100%;font-weight:400;padding-inline-end:8mm;white-space:nowrap}
.totals th,.totals td{padding-top:1mm;padding-bottom:1mm}
.totals .part{color:var(--soft);font-size:8.5pt}
.totals .grand{font-size:13pt;color:var(--accent);border-top:.4mm solid var(--accent)}
.totals .grand th,.totals .grand td{font-weight:600;padding-top:1.8mm}
.credited{margin:-3mm 0 8mm}
.means{margin-top:9mm}
.notes{margin-top:6mm;break-inside:avoid}
.notes p+p{margin-top:1.2mm}
.confirm{margin-top:8mm;padding:3mm 4mm 2mm;border:.25mm solid var(--line);border-radius:1mm;break-inside:avoid;font-size:8.5pt}
.blank{display:inline-block;width:48mm;margin-top:11mm;margin-inline-end:6mm;padding-top:1mm;border-top:.25mm solid var(--ink);color:var(--soft)}
.foot{height:18mm}
.foot.by-hand{height:30mm}
.close{position:absolute;bottom:0;inset-inline:${EDGE};break-inside:avoid}
.signature{width:62mm;margin-inline-start:auto;padding-top:1.2mm;border-top:.25mm solid var(--ink);font-size:8.5pt;color:var(--soft)}
.signed{text-align:center;font-size:8.5pt;font-weight:600;color:var(--accent)}
.end{margin-top:7mm;text-align:center;font-size:8pt;color:var(--soft)}
body:has(.both){& .head{padding-bottom:4.5mm}& .facts{margin:5mm 0}& .credited{margin:0 0 5mm}& .means{margin-top:6mm}& .confirm{margin-top:5mm}& .blank{margin-top:9.5mm}& .foot.by-hand{height:22mm}& .end{margin-top:5mm}}
`;
