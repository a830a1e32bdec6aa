import { insertPayment } from '../../db/new-payment.ts';
import { freeReference } from '../../db/references.ts';
import type { NewPayment } from '../../db/new-payment.ts';
import type { Sql } from '../../db/pool.ts';
import { Problem } from '../../domain/problems.ts';

/**
 * Inserts a payment under its reference. A reference whose payment ended without money is taken from it.
 * @throws Problem reference_taken, which names the payment that has it
 */
export async function insertUnlessTaken(tx: Sql, payment: NewPayment): Promise<void> {
  if (await insertPayment(tx, payment)) return;
  const { workspaceId, reference } = payment;
  const holder = await freeReference(tx, workspaceId, reference);
  if (holder === null && (await insertPayment(tx, payment))) return;
  throw new Problem(
    'reference_taken',
    `reference "${reference}" belongs to another payment of this workspace`,
    {
      ...(holder === null ? {} : { payment: holder }),
    },
  );
}
