import type { Day } from './calendar.ts';

/** What a run of the uniform structure made, for its closing page (docs/reference/uniform-structure.md, "Closing page"). */
export interface UniformSummary {
  readonly taxId: string;
  readonly businessName: string;
  /** `C:\OPENFRMT\77777771.26\02031407` */
  readonly path: string;
  /** Both days are in the range. */
  readonly from: Day;
  readonly to: Day;
  /** The wall clock of the business: `2026-02-03T14:07`. */
  readonly madeAt: string;
  readonly program: {
    readonly name: string;
    /** The certificate of registration, eight digits; null before there is one. */
    readonly certificate: string | null;
  };
  readonly records: readonly { readonly code: string; readonly count: number }[];
  /** Documents by the type of the uniform structure; `total` in agorot, credit receipts taken off. */
  readonly documents: readonly { readonly type: number; readonly count: number; readonly total: number }[];
  /** What the file could not say as it is in the books, a sentence each in Hebrew. */
  readonly notes: readonly string[];
}
