import type { Locale } from '../../domain/workspace.ts';
import { html, styleElement } from '../../markup.ts';
import type { Markup } from '../../markup.ts';
import { toFontFaces } from './fonts.ts';

/** A report as a self-contained page: its style and the fonts that its letters need are in it. */
export function toReportPage({
  locale,
  title,
  style,
  body,
}: {
  readonly locale: Locale;
  readonly title: string;
  readonly style: string;
  readonly body: Markup;
}): string {
  return html`<!doctype html>
    <html lang="${locale}" dir="${locale === 'he' ? 'rtl' : 'ltr'}">
      <head>
        <meta charset="utf-8" />
        <title>${title}</title>
        ${styleElement(toFontFaces(body.markup) + style)}
      </head>
      <body>
        ${body}
      </body>
    </html>`.markup;
}

/** Days beside each other read as the page does; letters and figures bring a direction of their own. */
const isPlain = (cell: string, kind: string): boolean => kind === 'text' && !/\p{L}/u.test(cell);

/** A table whose cells keep their own direction. Its head is repeated on each page. The first `texts` columns bear the class `text`. */
export function toReportTable(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  texts = 1,
): Markup {
  const kind = (column: number): string => (column < texts ? 'text' : 'figure');
  return html`<table>
    <thead>
      <tr>
        ${heads.map((head, column) => html`<th class="${kind(column)}">${head}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (cells) =>
          html`<tr>
            ${cells.map((cell, column) => html`<td class="${kind(column)}">${isPlain(cell, kind(column)) ? cell : html`<bdi>${cell}</bdi>`}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}
