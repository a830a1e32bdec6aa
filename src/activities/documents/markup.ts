const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Markup that may stand in a page as it is. Only this file makes it, so nothing gets in unescaped. */
export interface Markup {
  readonly markup: string;
}

/** What may be put into a template; `null` leaves the place empty. */
export type Piece = string | number | null | Markup | readonly Markup[];

/** Builds markup from a template: every value is escaped, unless it is markup already. */
export function html(parts: TemplateStringsArray, ...values: Piece[]): Markup {
  return { markup: parts.reduce((page, part, index) => page + toMarkup(values[index - 1] ?? null) + part) };
}

/** The same, around `value`, when there is one; else nothing. */
export function given<T>(value: T | null, around: (value: T) => Markup): Markup | null {
  return value === null || value === '' ? null : around(value);
}

/** A text of unknown direction: it cannot disturb the order of what stands around it. */
export function isolated(text: string): Markup {
  return html`<bdi>${text}</bdi>`;
}

/** A number, sum, date or code: reads from left to right in every language, and is never broken. */
export function ltr(text: string): Markup {
  return html`<bdi dir="ltr" class="figure">${text}</bdi>`;
}

/** Trusted style sheet text, for a `<style>` element; never put a customer's text into it but by `cssString`. */
export function styleElement(css: string): Markup {
  return { markup: `<style>${css}</style>` };
}

/** A text as a string of CSS. Whatever is not a letter, digit, space or hyphen goes in by its code point. */
export function cssString(text: string): string {
  const escaped = text.replace(/[^\p{L}\p{N} -]/gu, (sign) => `\\${sign.codePointAt(0)?.toString(16) ?? ''} `);
  return `"${escaped}"`;
}

function toMarkup(piece: Piece): string {
  if (piece === null) return '';
  if (typeof piece === 'string') return escapeText(piece);
  if (typeof piece === 'number') return String(piece);
  return 'markup' in piece ? piece.markup : piece.map((one) => one.markup).join('');
}

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
