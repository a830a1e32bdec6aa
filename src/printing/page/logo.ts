import { html } from '../../markup.ts';
import type { Markup } from '../../markup.ts';

/** The logo of a business: a PNG that we made from the pixels of the upload. */
export interface Logo {
  readonly png: Buffer;
}

/** The logo above the issuer's name, which is also its text for people who do not see it. */
export function logoImage({ png }: Logo, name: string): Markup {
  return html`<img class="logo" alt="${name}" src="data:image/png;base64,${png.toString('base64')}" />`;
}
