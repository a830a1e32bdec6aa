import { html } from '../../markup.ts';
import type { Markup } from '../../markup.ts';

/** A business's mark: a PNG that we wrote ourselves from the pixels of what was uploaded. */
export interface Logo {
  readonly png: Buffer;
}

/** The mark above the issuer's name, told to those who do not see it by that name. */
export function logoImage({ png }: Logo, name: string): Markup {
  return html`<img class="logo" alt="${name}" src="data:image/png;base64,${png.toString('base64')}" />`;
}
