import type { SoftwareMaker } from '../../config.ts';
import type { Sql } from '../../db/pool.ts';
import type { CopyVariant } from '../../db/document-files.ts';
import type { ExportOrder } from '../../domain/export.ts';
import type { PrintedReport } from '../../domain/printed-report.ts';
import type { UniformSummary } from '../../domain/uniform-summary.ts';
import type { Workspace } from '../../domain/workspace.ts';

/** What a file is made of. */
export interface Source {
  /** A snapshot of the books. */
  readonly tx: Sql;
  readonly workspace: Workspace;
  readonly order: ExportOrder;
  readonly exportId: string;
  /** Of this program. */
  readonly version: string;
  /** Null where the operator did not say who made this program. */
  readonly maker: SoftwareMaker | null;
  /** Called with the number of rows in the file. It throws once nobody wants the file any more. */
  readonly onRows: (rows: number) => Promise<void>;
  /** A minute of the clock that no other file of the workspace has. It throws once nobody wants the file any more. */
  readonly takeMinute: () => Promise<Date>;
  /** The closing page of the uniform structure as PDF. */
  readonly print: (summary: UniformSummary) => Promise<Uint8Array>;
  /** A report as PDF. */
  readonly printReport: (report: PrintedReport) => Promise<Uint8Array>;
  /** The PDF of a document that may be shown to anybody, printed now if it never was. */
  readonly readCopy: (documentId: string, variant: CopyVariant) => Promise<Uint8Array>;
}

/** A file that has been counted and not yet written. */
export interface CountedFile {
  readonly totalRows: number;
  readonly write: () => AsyncIterable<string | Uint8Array>;
}
