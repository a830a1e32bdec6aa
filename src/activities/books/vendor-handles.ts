import type { PageRow } from '../../db/provider-pages.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import type { PageHandle, TransactionHandle } from '../../providers/payments/payment-provider.ts';
import { placeIn } from '../../sealed-places.ts';
import type { SecretPlace } from '../../sealed-places.ts';
import type { Secrets } from '../../secrets.ts';

/** A stored page in the form for an adapter. */
export function toPageHandle(secrets: Secrets, page: PageRow): PageHandle {
  const secret = open(secrets, placeIn('provider_pages.secret', page.id), page.secretSealed);
  return { pageId: page.providerPageId, secret };
}

/** A stored transaction in the form for an adapter. */
export function toTransactionHandle(secrets: Secrets, transaction: TransactionRow): TransactionHandle {
  const place = placeIn('provider_transactions.secret', transaction.id);
  const secret = open(secrets, place, transaction.secretSealed);
  return { transactionId: transaction.providerTransactionId, secret };
}

function open(secrets: Secrets, place: SecretPlace, sealed: Buffer | null): string | null {
  return sealed === null ? null : secrets.open(place, sealed).toString();
}
