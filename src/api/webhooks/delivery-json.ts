import type { InboxDelivery } from '../../db/inbox.ts';
import { placeIn } from '../../sealed-places.ts';
import type { InboxDeliveryJson } from '../admin/admin-schema.ts';
import { toInboxJson } from '../admin/inbox-json.ts';
import type { ApiContext } from '../context.ts';
import { redactBody, redactHeaders } from './redact-delivery.ts';

/** An inbox row with what came in, redacted. */
export function toDeliveryJson(context: Pick<ApiContext, 'secrets'>, row: InboxDelivery): InboxDeliveryJson {
  const { headers, body } = openDelivery(context, row);
  return {
    ...toInboxJson(row),
    remoteAddress: row.remoteAddress,
    bodySha256: row.bodySha256.toString('hex'),
    headers: headers === null ? null : redactHeaders(headers),
    body: body === null ? null : redactBody(body, headers?.['content-type'] ?? ''),
  };
}

/** What came in, opened. Null: it was not kept, or was deleted since. */
export function openDelivery(
  { secrets }: Pick<ApiContext, 'secrets'>,
  row: Pick<InboxDelivery, 'id' | 'headersSealed' | 'bodySealed'>,
): { headers: Readonly<Record<string, string>> | null; body: Buffer | null } {
  const { id, headersSealed, bodySealed } = row;
  const headers = headersSealed && secrets.open(placeIn('provider_events.headers', id), headersSealed);
  return {
    headers: headers && (JSON.parse(headers.toString()) as Record<string, string>),
    body: bodySealed && secrets.open(placeIn('provider_events.body', id), bodySealed),
  };
}
