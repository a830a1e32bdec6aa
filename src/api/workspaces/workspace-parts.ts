import { setFirstNumber } from '../../db/first-numbers.ts';
import { upsertTaxProfile } from '../../db/tax-profiles.ts';
import type { FirstNumbers } from '../../db/first-numbers.ts';
import type { Sql } from '../../db/pool.ts';
import { fieldProblem } from '../../domain/problems.ts';
import { DOCUMENT_TYPES } from '../../domain/tax-document.ts';
import type { WorkspaceSettings } from './workspace-rules.ts';

// What lies beside the row of a workspace, written when it is made and when it is changed.

/** The tax standing of the business from a day on. */
export function storeProfile(tx: Sql, id: string, of: WorkspaceSettings, validFrom: string) {
  const { dealerType, vatRegistered } = of;
  return upsertTaxProfile(tx, id, { validFrom, dealerType, vatRegistered });
}

const REFUSED_NUMBERS = {
  lower: 'the series is already past this number; it cannot be lowered',
  started: 'the series already has documents; skipping numbers would leave a gap',
} as const;

/** Numbers of another system continue here, until our first document. @throws Problem validation_failed */
export async function setNumbers(tx: Sql, id: string, numbers: FirstNumbers): Promise<void> {
  for (const series of DOCUMENT_TYPES) {
    const first = numbers[series];
    if (first === undefined) continue;
    const verdict = await setFirstNumber(tx, id, series, first);
    if (verdict !== 'set') throw fieldProblem(`#/firstNumbers/${series}`, REFUSED_NUMBERS[verdict]);
  }
}
