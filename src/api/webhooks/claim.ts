import type { NewProviderEvent } from '../../db/provider-events.ts';
import type { WebhookReading } from '../../providers/payments/payment-provider.ts';

/** Webhooks that may be stored: signed by the vendor, or of a vendor without signatures. */
export type SignedReading = Exclude<WebhookReading, { verdict: 'bad_signature' }>;

type Claim = Pick<NewProviderEvent, 'eventId' | 'kind' | 'names' | 'namesStatus' | 'claimed' | 'reason'>;

/** What a webhook claims. Without an id of the vendor, its bytes are its id. */
export function claimOf(reading: SignedReading, bodySha256: Buffer): Claim {
  const eventId = reading.eventId ?? `sha256:${bodySha256.toString('hex')}`;
  if (reading.verdict === 'quarantined')
    return {
      eventId,
      kind: null,
      names: null,
      namesStatus: null,
      claimed: { pageId: null, paymentId: null, transactionId: null, isSigned: false },
      reason: reading.reason,
    };
  const { kind, pageId, paymentId, transactionId, pageSecret } = reading;
  return {
    eventId,
    kind,
    names: reading.subjectId ?? transactionId,
    namesStatus: reading.subjectStatus ?? null,
    claimed: { pageId, paymentId, transactionId, isSigned: pageSecret === null },
    reason: 'it names no known payment of this account',
  };
}
