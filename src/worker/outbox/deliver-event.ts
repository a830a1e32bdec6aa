import { endDelivery, retryDelivery } from '../../db/event-streams.ts';
import type { TakenStream } from '../../db/event-streams.ts';
import type { Pool } from '../../db/pool.ts';
import { inOneTrip, inWorkspace } from '../../db/transaction.ts';
import { disableEndpoint } from '../../db/webhook-endpoints.ts';
import { lockWorkspace } from '../../db/workspaces.ts';
import { MOST_FAILING_DAYS, pauseAfter } from '../../domain/webhook-endpoint.ts';
import type { DisabledReason } from '../../domain/webhook-endpoint.ts';
import { tellWorkspaces } from '../../history/tell.ts';
import type { Http } from '../../http.ts';
import type { Logger } from '../../logger.ts';
import type { Metrics } from '../../metrics.ts';
import type { Secrets } from '../../secrets.ts';
import { sendEvent } from './send-event.ts';
import type { SentEvent } from './send-event.ts';

/** What the delivery of events needs. `customerHttp` refuses addresses inside our own network. */
export interface DeliveryParts {
  readonly pool: Pool;
  readonly secrets: Secrets;
  readonly customerHttp: Http;
  readonly metrics: Metrics;
  readonly logger: Logger;
}

const DAY_MS = 86_400_000;

/** Sends the next event of a stream and records what came of it. */
export async function deliverEvent(parts: DeliveryParts, stream: TakenStream): Promise<void> {
  const { pool, secrets, customerHttp, metrics, logger } = parts;
  const sent = await sendEvent({ http: customerHttp, secrets }, stream);
  const { attempt } = sent;
  metrics.deliveries.inc({ result: attempt.failure ?? 'delivered' });
  if (attempt.failure === null) {
    await inOneTrip(pool, stream.workspaceId, (tx) => [endDelivery(tx, stream, attempt, 'delivered')]);
    return;
  }
  const { eventId, endpointId, failingSince } = stream;
  logger.info({ eventId, endpointId, why: attempt.error }, 'an endpoint did not take an event');
  const failingMs = failingSince === null ? 0 : Date.now() - failingSince.getTime();
  await recordFailure(parts, stream, sent, failingMs);
  const reason = disabledFor(attempt.status, failingMs);
  if (reason !== null) await disable(parts, stream, reason);
}

async function recordFailure(
  { pool, metrics }: DeliveryParts,
  stream: TakenStream,
  { attempt, askedMs }: SentEvent,
  failingMs: number,
): Promise<void> {
  const pauseMs = pauseAfter(stream.tries + 1, { failingMs, askedMs, chance: Math.random() });
  if (pauseMs === null) metrics.deliveries.inc({ result: 'given_up' });
  await inOneTrip(pool, stream.workspaceId, (tx) => [
    pauseMs === null
      ? endDelivery(tx, stream, attempt, 'given_up')
      : retryDelivery(tx, stream, attempt, pauseMs),
  ]);
}

/** 410 is how an endpoint says that it wants nothing any more (Standard Webhooks). */
function disabledFor(status: number | null, failingMs: number): DisabledReason | null {
  if (status === 410) return 'gone';
  return failingMs >= MOST_FAILING_DAYS * DAY_MS ? 'failing' : null;
}

/** What waits for the endpoint stays, and is sent once it is enabled again. */
async function disable(
  { pool, logger }: DeliveryParts,
  { workspaceId, endpointId }: TakenStream,
  reason: DisabledReason,
): Promise<void> {
  await inWorkspace(pool, workspaceId, async (tx) => {
    await lockWorkspace(tx, workspaceId);
    if (!(await disableEndpoint(tx, endpointId, reason))) return;
    await tellWorkspaces(tx, [workspaceId], {
      type: 'webhook_endpoint.disabled',
      facts: { endpointId, reason },
    });
    logger.warn({ endpointId, reason }, 'an endpoint was disabled');
  });
}
