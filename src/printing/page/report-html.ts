import type { PrintedChart, PrintedReport, PrintedTable } from '../../domain/printed-report.ts';
import { given, html, svgElement } from '../../markup.ts';
import type { Markup } from '../../markup.ts';
import { FONTS } from './fonts.ts';
import { toReportPage, toReportTable } from './report-page.ts';

const STYLE = `@page { size: A4; margin: 14mm 16mm }
body { font: 10pt/1.35 ${FONTS}; color: #14181c; margin: 0 }
h1 { font-size: 17pt; margin: 0 0 3mm } h2 { font-size: 11pt; margin: 5mm 0 1.5mm }
dl { display: grid; grid-template-columns: max-content 1fr max-content 1fr; gap: .6mm 4mm; margin: 0 }
dt { color: #5b6670 } dd { margin: 0; font-weight: 600 }
table { border-collapse: collapse; width: 100% }
th, td { border-bottom: .4pt solid #8a949c; padding: 1mm 1.5mm }
th { border-bottom: 1pt solid #14181c; font-weight: 600 }
.text { text-align: start }
.figure { text-align: right; width: 1%; white-space: nowrap; padding-inline-start: 5mm } tr { break-inside: avoid }
td { font-variant-numeric: tabular-nums }
.warnings { border: 1pt solid #14181c; padding: 2mm 4mm; margin-top: 4mm }
.warnings h2 { margin-top: 0 } ul { margin: 0; padding-inline-start: 5mm }
.columns { display: grid; grid-template-columns: 1fr 1fr; gap: 0 8mm }
.columns h2 { margin-top: 3mm } .columns table { font-size: 9pt } .columns :is(th, td) { padding: .6mm 1mm; white-space: nowrap } .columns .figure { padding-inline-start: 3mm }
.chart { break-inside: avoid } svg { display: block; width: 100%; height: auto }
.note { color: #5b6670; font-size: 8.5pt; margin: -1mm 0 1.5mm }
.end { margin-top: 5mm; color: #5b6670; text-align: center }
bdi { unicode-bidi: isolate }`;

/** A report as a self-contained page. */
export function toReportHtml(report: PrintedReport): string {
  const { locale, title, facts, warnings, warningsTitle, tables, chart = null, columns = [], end } = report;
  const body = html`<h1>${title}</h1>
    <dl>
      ${facts.map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd><bdi>${value}</bdi></dd>`,
      )}
    </dl>
    ${
      warnings.length === 0
        ? null
        : html`<section class="warnings">
            <h2>${warningsTitle}</h2>
            <ul>
              ${warnings.map((warning) => html`<li>${warning}</li>`)}
            </ul>
          </section>`
    }
    ${tables.map(toTable)} ${given(chart, toChart)}
    <div class="columns">
      ${columns.map((parts) => html`<div>${parts.map((part) => ('svg' in part ? toChart(part) : toTable(part)))}</div>`)}
    </div>
    <p class="end">${end}</p>`;
  return toReportPage({ locale, title, style: STYLE, body });
}

function toTable({ title, heads, rows, texts }: PrintedTable): Markup {
  return html`<h2>${title}</h2>
    ${toReportTable(heads, rows, texts)}`;
}

function toChart({ title, note, svg, nothing }: PrintedChart): Markup {
  const says = note === undefined ? null : html`<p class="note">${note}</p>`;
  return html`<section class="chart">
    <h2>${title}</h2>
    ${says} ${svg === null ? html`<p>${nothing}</p>` : svgElement(svg)}
  </section>`;
}
