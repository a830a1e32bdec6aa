import type { PageRow } from '../../db/provider-pages.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import type { PageHandle, TransactionHandle } from '../../providers/payments/payment-provider.ts';
import type { SecretPlace, Secrets } from '../../secrets.ts';

/** Where a vendor's secret of a page or transaction lies: part of what it is authenticated with. */
export function secretPlace(table: 'provider_pages' | 'provider_transactions', rowId: string): SecretPlace {
  return { table, rowId, column: 'secret' };
}

/** A stored page as an adapter is told of it. */
export function toPageHandle(secrets: Secrets, page: PageRow): PageHandle {
  const secret = open(secrets, secretPlace('provider_pages', page.id), page.secretSealed);
  return { pageId: page.providerPageId, secret };
}

/** A stored transaction as an adapter is told of it. */
export function toTransactionHandle(secrets: Secrets, transaction: TransactionRow): TransactionHandle {
  const secret = open(
    secrets,
    secretPlace('provider_transactions', transaction.id),
    transaction.secretSealed,
  );
  return { transactionId: transaction.providerTransactionId, secret };
}

function open(secrets: Secrets, place: SecretPlace, sealed: Buffer | null): string | null {
  return sealed === null ? null : secrets.open('credentials', place, sealed).toString();
}
