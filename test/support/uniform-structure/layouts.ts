import { B100, B110, M100 } from './layouts-of-books.ts';
import { C100, D110, D120 } from './layouts-of-documents.ts';
import { A000, A100, SUMMARY, Z900 } from './layouts-of-frames.ts';
import type { Layout } from './layout.ts';

const byCode = (...layouts: Layout[]): ReadonlyMap<string, Layout> =>
  new Map(layouts.map((layout) => [layout.code, layout]));

/** Types that INI.TXT counts, one summary for each that occurs. */
export const COUNTED = ['B100', 'B110', 'C100', 'D110', 'D120', 'M100'];

const SUMMARIES = COUNTED.map((code): [string, Layout] => [code, SUMMARY]);
export const LAYOUTS_OF_INI: ReadonlyMap<string, Layout> = new Map([['A000', A000], ...SUMMARIES]);
export const LAYOUTS_OF_DATA = byCode(A100, B100, B110, C100, D110, D120, M100, Z900);
