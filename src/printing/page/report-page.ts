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

/** A table whose cells keep their own direction. */
export function toReportTable(heads: readonly string[], rows: readonly (readonly string[])[]): Markup {
  return html`<table>
    <tr>
      ${heads.map((head) => html`<th>${head}</th>`)}
    </tr>
    ${rows.map(
      (cells) =>
        html`<tr>
          ${cells.map((cell) => html`<td><bdi>${cell}</bdi></td>`)}
        </tr>`,
    )}
  </table>`;
}
