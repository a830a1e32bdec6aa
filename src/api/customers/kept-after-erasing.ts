import { lastFileExpiry, listServicesOf } from '../../db/erasure.ts';
import type { PersonalRow } from '../../db/erasure.ts';
import type { Sql } from '../../db/pool.ts';
import { documentsKeptUntil, WHY_DOCUMENTS_STAY } from '../../domain/erasure.ts';
import type { ErasedJson } from './erase-customer.ts';

/** What is not erased, and until when. */
export async function whatStays(
  tx: Sql,
  workspaceId: string,
  payments: readonly PersonalRow[],
): Promise<ErasedJson['kept']> {
  const years = payments.flatMap(({ fiscalYears }) => fiscalYears);
  const last = years.length === 0 ? null : documentsKeptUntil(Math.max(...years));
  const named = payments.filter(({ documentIds, customer }) => documentIds.length > 0 && customer?.name);
  const files = await lastFileExpiry(tx, workspaceId);
  const kept: ErasedJson['kept'] = [
    ...[...Map.groupBy(years, (year) => year)]
      .sort(([a], [b]) => a - b)
      .map(([year, { length }]) => ({
        what: 'documents' as const,
        count: length,
        until: documentsKeptUntil(year),
        why: WHY_DOCUMENTS_STAY,
      })),
    {
      what: 'names_on_payments',
      count: named.length,
      until: last,
      why: 'the document bears the same name and address',
    },
    {
      what: 'amounts_and_steps',
      count: payments.length,
      until: null,
      why: 'amounts, means and the timeline are the books; they name nobody',
    },
    {
      what: 'audit',
      count: payments.length,
      until: null,
      why: 'the audit log says who did what; only reasons that named the person are gone',
    },
    {
      what: 'export_files',
      count: files.count,
      until: files.until?.toISOString().slice(0, 10) ?? null,
      why: 'files of the books that were made before lie there until they expire',
    },
  ];
  return kept.filter(({ count }) => count > 0);
}

/** Vendors that know these payers too. */
export async function vendorsOf(tx: Sql, payments: readonly PersonalRow[]): Promise<string[]> {
  const services = await listServicesOf(
    tx,
    payments.flatMap(({ documentIds }) => documentIds),
  );
  const providers = payments.map(({ provider }) => provider).filter((provider) => provider !== 'manual');
  return [...new Set([...providers, ...services])].sort();
}
