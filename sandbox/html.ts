const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Markup that needs no escaping. */
export interface Html {
  markup: string;
}

/** Builds markup: values are escaped, unless they are `Html` or a list of it. */
export function html(parts: TemplateStringsArray, ...values: (string | number | Html | Html[])[]): Html {
  const markup = parts.reduce((page, part, index) => page + toMarkup(values[index - 1] ?? '') + part);
  return { markup };
}

function toMarkup(value: string | number | Html | Html[]): string {
  if (Array.isArray(value)) return value.map((one) => one.markup).join('');
  return typeof value === 'object'
    ? value.markup
    : String(value).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}

/** Amounts as people write them in that language: minor units → "‏350.00 ₪" or "₪350.00". */
export function toMoneyText(majorText: string, currency: string, language: 'he' | 'en'): string {
  const locale = language === 'he' ? 'he-IL' : 'en-US';
  // Intl reads a decimal text exactly; a number would be a float.
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  }).format(majorText as Intl.StringNumericLiteral);
}
