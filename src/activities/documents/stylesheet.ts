import { FONT_FACES } from './fonts.ts';
import { cssString } from './markup.ts';

/** What stands in the margin of every page, as plain text. `above` is empty on an ordinary document. */
export interface PageMargins {
  readonly above: string;
  readonly below: string;
  /** "page" and "of" around the two page numbers. */
  readonly page: readonly [string, string];
  readonly direction: 'rtl' | 'ltr';
}

/** The whole style sheet of a printed document: A4, black on white, one accent. */
export function toStylesheet(margins: PageMargins): string {
  return FONT_FACES + toPageRule(margins) + RULES;
}

function toPageRule({ above, below, page, direction }: PageMargins): string {
  const small = `font:400 8pt Heebo,sans-serif;color:#5b6670;direction:${direction}`;
  const [startSide, endSide] = direction === 'rtl' ? ['right', 'left'] : ['left', 'right'];
  const pages = `${cssString(`${page[0]} `)} counter(page) ${cssString(` ${page[1]} `)} counter(pages)`;
  return (
    `@page{size:A4;margin:16mm 17mm 17mm;` +
    `@top-center{content:${cssString(above)};font:600 9pt Heebo,sans-serif;color:#000;direction:${direction}}` +
    `@bottom-${startSide}{content:${cssString(below)};${small}}` +
    `@bottom-${endSide}{content:${pages};${small}}}`
  );
}

const RULES = `
:root{--ink:#14181c;--soft:#5b6670;--line:#d5dade;--accent:#0f5c66}
*{box-sizing:border-box;margin:0;padding:0}
body{font:400 9.5pt/1.45 Heebo,sans-serif;color:var(--ink);font-variant-ligatures:none;overflow-wrap:anywhere}
.figure{white-space:nowrap}
h1,h2,th,.strong{font-weight:600}
h1{font-size:21pt;line-height:1.15;color:var(--accent)}
h2{font-size:8.5pt;color:var(--accent);margin-bottom:1.2mm}
.soft{color:var(--soft)}
.head{display:flex;justify-content:space-between;gap:12mm;padding-bottom:6mm;border-bottom:.6mm solid var(--accent)}
.issuer{flex:1 1 0;min-width:0}
.issuer .name{font-size:14pt;line-height:1.25;font-weight:600;margin-bottom:1mm}
.title{flex:0 0 auto;max-width:95mm;text-align:end}
.title .number{font-size:13pt;font-weight:600;margin-top:1mm}
.title .mark{margin-top:.5mm;color:var(--soft)}
.banner{margin-top:4mm;padding:1.8mm 4mm;border:.35mm solid var(--ink);font-size:11pt;font-weight:600;text-align:center}
.facts{display:flex;justify-content:space-between;gap:12mm;margin:7mm 0 8mm}
.customer{flex:1 1 0;min-width:0}
.customer .name{font-size:11.5pt;font-weight:600}
.dates{flex:0 1 78mm}
table{width:100%;border-collapse:collapse}
th,td{text-align:start;vertical-align:top}
.dates th{font-weight:400;color:var(--soft);padding:0 0 .8mm;padding-inline-end:5mm;white-space:nowrap}
.dates td{padding-bottom:.8mm;text-align:end}
.sheet{margin-bottom:3mm}
.sheet thead{display:table-header-group}
.sheet thead th{font-size:8.5pt;color:var(--soft);border-bottom:.3mm solid var(--ink);padding:0 0 1.4mm;vertical-align:bottom}
.sheet tbody td{border-bottom:.2mm solid var(--line);padding:2mm 0}
.sheet tr{break-inside:avoid}
.sheet th+th,.sheet td+td{padding-inline-start:5mm}
.sheet .sum{text-align:end;white-space:nowrap;width:1%}
.sheet .sum small{display:block;font-weight:400}
small{font-size:8pt;color:var(--soft)}
td small{display:block}
.totals{width:auto;min-width:78mm;margin-inline-start:auto;break-inside:avoid}
.totals th{font-weight:400;padding:1mm 0;padding-inline-end:8mm}
.totals td{text-align:end;white-space:nowrap;padding:1mm 0}
.totals .grand th,.totals .grand td{font-size:13pt;font-weight:600;padding-top:2mm;border-top:.5mm solid var(--accent);color:var(--accent)}
.totals .part th{padding-inline-start:4mm;color:var(--soft)}
.totals .part td{color:var(--soft)}
.means{margin-top:9mm}
.means .sheet td{break-inside:avoid}
.notes{margin-top:6mm;break-inside:avoid}
.notes p+p{margin-top:1.2mm}
.signature{margin-top:16mm;width:62mm;margin-inline-start:auto;border-top:.25mm solid var(--ink);padding-top:1.2mm;color:var(--soft);font-size:8.5pt;break-inside:avoid}
.end{margin-top:9mm;text-align:center;font-size:8pt;color:var(--soft)}
`;
