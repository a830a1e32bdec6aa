import type { Sql } from '../../db/pool.ts';
import type { ExportOrder } from '../../domain/export.ts';
import type { UniformSummary } from '../../domain/uniform-summary.ts';
import type { Workspace } from '../../domain/workspace.ts';

/** What a file is made of. */
export interface Source {
  /** A snapshot of the books. */
  readonly tx: Sql;
  readonly workspace: Workspace;
  readonly order: ExportOrder;
  /** Of this program. */
  readonly version: string;
  /** Called with the number of rows in the file. It throws once nobody wants the file any more. */
  readonly onRows: (rows: number) => Promise<void>;
  /** The closing page of the uniform structure as PDF. */
  readonly print: (summary: UniformSummary) => Promise<Uint8Array>;
}

/** A file that has been counted and not yet written. */
export interface CountedFile {
  readonly totalRows: number;
  readonly write: () => AsyncIterable<string | Uint8Array>;
}
