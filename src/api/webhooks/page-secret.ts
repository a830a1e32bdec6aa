import { createHash, timingSafeEqual } from 'node:crypto';
import { findPageByProviderId } from '../../db/provider-pages.ts';
import type { AccountRow } from '../../db/provider-accounts.ts';
import type { WebhookReading } from '../../providers/payments/payment-provider.ts';
import type { ApiContext } from '../context.ts';
import { placeIn } from '../../sealed-places.ts';

/**
 * Checks a webhook of a vendor without signatures: it must contain the secret of the page it names. Otherwise it is
 * refused, before a forger can use up its event id. A webhook that names no page of ours is kept for a person.
 */
export async function heldToPage(
  { pool, secrets }: Pick<ApiContext, 'pool' | 'secrets'>,
  account: AccountRow,
  reading: WebhookReading,
): Promise<WebhookReading> {
  if (reading.verdict !== 'accepted' || reading.pageSecret === null) return reading;
  const page = reading.pageId === null ? null : await findPageByProviderId(pool, account.id, reading.pageId);
  if (page === null) {
    return {
      verdict: 'quarantined',
      reason: 'it names no known page of this account',
      eventId: null,
      isUnsigned: true,
    };
  }
  const place = placeIn('provider_pages.secret', page.id);
  const secret = page.secretSealed === null ? '' : secrets.open(place, page.secretSealed);
  return timingSafeEqual(digest(String(secret)), digest(reading.pageSecret))
    ? reading
    : { verdict: 'bad_signature', reason: 'the page secret is wrong' };
}

/** Equal length for the constant-time comparison. */
function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
