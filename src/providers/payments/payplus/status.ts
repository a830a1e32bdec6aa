import type { ProviderTransaction } from '../payment-provider.ts';
import type { WireTransaction } from './wire.ts';

/** The only code of a success. */
export const APPROVED = '000';

/** What a row of PayPlus is in our terms. */
export interface Transaction {
  readonly kind: ProviderTransaction['kind'];
  readonly status: ProviderTransaction['status'];
}

/**
 * The status table; `null` moves no money: a Check only looks at the card.
 * Source: docs/reference/payplus.md, "Searching by our id", "Status codes".
 */
const APPROVED_STATUSES: Readonly<Record<string, Transaction | null>> = {
  charge: { kind: 'charge', status: 'succeeded' },
  approval: { kind: 'charge', status: 'pending' },
  refund: { kind: 'refund', status: 'succeeded' },
  cancel: { kind: 'refund', status: 'succeeded' },
  check: null,
};

/** Why a row cannot be read. `field` is PayPlus's name. */
export class UnreadableField extends Error {
  readonly field: string;
  constructor(field: string) {
    super(`${field} cannot be read for certain`);
    this.field = field;
  }
}

/** PayPlus writes kinds as `Charge` and as `refund`. */
export const isKind = ({ type }: WireTransaction, kind: string): boolean => type?.toLowerCase() === kind;

/**
 * What a row says about money; null if none moved.
 * @throws UnreadableField if money may have moved in an unclear way: such a row is never guessed
 */
export function transactionOf(row: WireTransaction): Transaction | null {
  const isApproved = isSuccess(row);
  const type = row.type?.toLowerCase() ?? '';
  const transaction = Object.hasOwn(APPROVED_STATUSES, type) ? APPROVED_STATUSES[type] : undefined;
  if (transaction === undefined) {
    // PayPlus may add a kind of row. If it moved no money, it must not block the rows that did.
    if (isApproved || row.type === null) throw new UnreadableField('type');
    return null;
  }
  return transaction === null || isApproved ? transaction : { ...transaction, status: 'declined' };
}

/** If the status of ipn contradicts the code, or is unknown beside a success code, nothing is guessed. */
function isSuccess({ status, statusCode }: WireTransaction): boolean {
  const isApproved = statusCode === APPROVED;
  if (status !== null && isApproved !== (status.toLowerCase() === 'approved'))
    throw new UnreadableField('status');
  return isApproved;
}
