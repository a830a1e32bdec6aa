import type { PageRow } from '../../db/provider-pages.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import type { PageHandle, TransactionHandle } from '../../providers/payments/payment-provider.ts';
import type { SecretPlace, Secrets } from '../../secrets.ts';

/** The place of a vendor's secret of a page or transaction, which is authenticated together with it. */
export function secretPlace(table: 'provider_pages' | 'provider_transactions', rowId: string): SecretPlace {
  return { table, rowId, column: 'secret' };
}

/** A stored page in the form for an adapter. */
export function toPageHandle(secrets: Secrets, page: PageRow): PageHandle {
  const secret = open(secrets, secretPlace('provider_pages', page.id), page.secretSealed);
  return { pageId: page.providerPageId, secret };
}

/** A stored transaction in the form for an adapter. */
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
