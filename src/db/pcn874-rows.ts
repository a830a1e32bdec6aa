import type { DocumentContent } from '../domain/document-content.ts';
import { inBatches } from './batches.ts';
import { ALLOCATION_NUMBER } from './document-rows.ts';
import type { Sql } from './pool.ts';
import { VAT_ROWS, vatValues } from './vat-rows.ts';
import type { VatOf, VatRow } from './vat-rows.ts';

/** A document in the figures of a return, with what the detailed file says of it. Minor units, positive also for a credit. */
export interface Pcn874Row extends Pick<
  VatRow,
  'type' | 'number' | 'documentDate' | 'isCredit' | 'net' | 'vat' | 'zeroRated' | 'exempt' | 'rateBp'
> {
  readonly customer: DocumentContent['customer'];
  /** Ours, or the one that the invoice service got. */
  readonly allocationNumber: string | null;
}

const COUNTED = `FROM (${VAT_ROWS}) AS v WHERE v.part = 'counted'`;

/** The documents that the return counts, by the day on which it does. */
export function readPcn874Rows(tx: Sql, of: VatOf): AsyncGenerator<readonly Pcn874Row[]> {
  return inBatches<Pcn874Row>(
    tx,
    'pcn874_rows',
    `SELECT v.*, d.content -> 'customer' AS customer,
       ${ALLOCATION_NUMBER} AS "allocationNumber"
     FROM (SELECT * ${COUNTED}) AS v JOIN tax_documents d ON d.workspace_id = $1 AND d.series = v.type AND d.number = v.number
     ORDER BY v.day, v.type, v.number`,
    vatValues(of),
  );
}

/** How many those are. */
export async function countPcn874Rows(tx: Sql, of: VatOf): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(`SELECT count(*) ${COUNTED}`, vatValues(of));
  return rows[0]?.count ?? 0;
}
