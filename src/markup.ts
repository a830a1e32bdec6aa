const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Markup that needs no escaping. Only this file makes it, so nothing unescaped gets in. */
export interface Markup {
  readonly markup: string;
}

/** Values of a template; `null` leaves the place empty. */
export type Piece = string | null | Markup | readonly Markup[];

/** Builds markup from a template: every value is escaped, unless it is markup already. */
export function html(parts: TemplateStringsArray, ...values: Piece[]): Markup {
  return { markup: parts.reduce((page, part, index) => page + toMarkup(values[index - 1] ?? null) + part) };
}

/** The same around `value`, if there is one; else nothing. */
export function given<T>(value: T | null, around: (value: T) => Markup): Markup | null {
  return value === null || value === '' ? null : around(value);
}

/** Trusted style sheet text as an element. Text of customers gets into it only through `cssString`. */
export function styleElement(css: string): Markup {
  return { markup: `<style>${css}</style>` };
}

/** A trusted picture: `reports/charts/bars.ts` draws it and escapes what is written in it. */
export function svgElement(svg: string): Markup {
  return { markup: svg };
}

/** A text as a CSS string. Anything but letters, digits, spaces and hyphens is written by its code point. */
export function cssString(text: string): string {
  const escaped = text.replace(
    /[^\p{L}\p{N} -]/gu,
    (sign) => `\\${sign.codePointAt(0)?.toString(16) ?? ''} `,
  );
  return `"${escaped}"`;
}

function toMarkup(piece: Piece): string {
  if (piece === null) return '';
  if (typeof piece === 'string') return piece.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
  return 'markup' in piece ? piece.markup : piece.map((one) => one.markup).join('');
}
