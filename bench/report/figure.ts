/** One line of the report. `ratio` is value ÷ floor; `holds` says whether the bar of the performance page is met. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly floor: number | null;
  readonly ratio: number | null;
  readonly holds: boolean | null;
}

/** What a part of the bench comes to: figures, and sentences that explain them. */
export interface Findings {
  readonly figures: readonly Figure[];
  readonly notes: readonly string[];
}

interface Bar {
  readonly of: 'ratio' | 'value';
  readonly is: 'at_least' | 'at_most';
  readonly limit: number;
}

const atLeast = (of: Bar['of'], limit: number): Bar => ({ of, is: 'at_least', limit });
const atMost = (of: Bar['of'], limit: number): Bar => ({ of, is: 'at_most', limit });

/** The bars of docs/performance.md. A name that is missing has none. */
const BARS = {
  payments_per_second: atLeast('ratio', 0.8),
  payments_per_second_printing: atLeast('ratio', 0.8),
  payments_per_second_beside_bare: atLeast('ratio', 0.5),
  create_p50: atMost('ratio', 1.5),
  create_p99: atMost('ratio', 1.5),
  webhook_ack_p50: atMost('ratio', 1.5),
  webhook_ack_p99: atMost('ratio', 1.5),
  webhook_to_document_p50_ms: atMost('value', 100),
  history_events_per_payment: atMost('value', 20),
  history_events_per_payment_printing: atMost('value', 26),
  cpu_ms_per_payment: atMost('ratio', 1.8),
  event_leaves_p50_ms: atMost('value', 100),
  events_per_second: atLeast('value', 200),
  report_p95_ms: atMost('value', 1_000),
  list_p95_ms: atMost('value', 50),
  xlsx_100000_rows_per_second: atLeast('value', 10_000),
  xlsx_100000_rss_growth_mb: atMost('value', 150),
  create_p50_beside_export: atMost('ratio', 1.2),
  verify_books_s: atMost('value', 60),
  receipt_pdf: atMost('ratio', 1.3),
  receipt_pdf_per_second_per_core: atLeast('value', 10),
} satisfies Record<string, Bar>;

export type FigureName = keyof typeof BARS;

/** A figure with its floor (null: it has none) and the verdict of its bar. */
export function toFigure(name: FigureName, value: number, unit: string, floor: number | null): Figure {
  const ratio = floor === null ? null : round(value / floor);
  return {
    name,
    value: round(value),
    unit,
    floor: floor === null ? null : round(floor),
    ratio,
    holds: judge(BARS[name], value, ratio),
  };
}

/** The bar as it stands in the table: "ratio ≤ 1.5". */
export function describeBar(name: string): string {
  const bar = Object.hasOwn(BARS, name) ? BARS[name as FigureName] : null;
  return bar === null ? '' : `${bar.of} ${bar.is === 'at_least' ? '≥' : '≤'} ${bar.limit}`;
}

function judge(bar: Bar, value: number, ratio: number | null): boolean | null {
  const judged = bar.of === 'value' ? value : ratio;
  if (judged === null) return null;
  return bar.is === 'at_least' ? judged >= bar.limit : judged <= bar.limit;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
