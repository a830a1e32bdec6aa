const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Markup that may stand in a page as it is. Only `html` makes it, so nothing gets in unescaped. */
export interface Markup {
  readonly markup: string;
}

/** Builds markup from a template: texts are escaped, `null` leaves its place empty. */
export function html(parts: TemplateStringsArray, ...values: readonly (string | Markup | null)[]): Markup {
  return { markup: parts.reduce((page, part, index) => page + toMarkup(values[index - 1] ?? null) + part) };
}

function toMarkup(value: string | Markup | null): string {
  if (value === null) return '';
  return typeof value === 'string'
    ? value.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)
    : value.markup;
}
