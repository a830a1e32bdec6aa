import type { DisabledReason, EndpointStatus } from '../domain/webhook-endpoint.ts';
import type { Sql } from './pool.ts';

/** An endpoint as stored. `eventTypes` null: all types. `previousValidUntil`: until then the replaced secret signs too. */
export interface EndpointRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly url: string;
  readonly apiVersion: string;
  readonly eventTypes: readonly string[] | null;
  readonly status: EndpointStatus;
  readonly failingSince: Date | null;
  readonly disabledAt: Date | null;
  readonly disabledReason: DisabledReason | null;
  readonly previousValidUntil: Date | null;
  readonly createdAt: Date;
}

const COLUMNS = `id, workspace_id AS "workspaceId", url, api_version AS "apiVersion", event_types AS "eventTypes", status,
  failing_since AS "failingSince", disabled_at AS "disabledAt", disabled_reason AS "disabledReason",
  previous_valid_until AS "previousValidUntil", created_at AS "createdAt"`;

/** Stores an endpoint, enabled, and returns it. `eventTypes` null: it gets every type. */
export async function insertEndpoint(
  tx: Sql,
  endpoint: Pick<EndpointRow, 'id' | 'workspaceId' | 'url' | 'apiVersion' | 'eventTypes'> & {
    readonly secretSealed: Buffer;
  },
): Promise<EndpointRow> {
  const { id, workspaceId, url, apiVersion, eventTypes, secretSealed } = endpoint;
  const { rows } = await tx.query<EndpointRow>(
    `INSERT INTO webhook_endpoints (id, workspace_id, url, api_version, event_types, secret_sealed)
     VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${COLUMNS}`,
    [id, workspaceId, url, apiVersion, eventTypes, secretSealed],
  );
  return one(rows, id);
}

/** An endpoint, also a paused or disabled one. Null: `tx` sees none, or it was deleted. */
export async function findEndpoint(tx: Sql, id: string): Promise<EndpointRow | null> {
  const { rows } = await tx.query<EndpointRow>(
    `SELECT ${COLUMNS} FROM webhook_endpoints WHERE id = $1 AND status <> 'deleted'`,
    [id],
  );
  return rows[0] ?? null;
}

/** Newest first, one more than `limit`. */
export async function listEndpoints(
  tx: Sql,
  page: { readonly workspaceId: string; readonly afterId: string | null; readonly limit: number },
): Promise<EndpointRow[]> {
  const { rows } = await tx.query<EndpointRow>(
    `SELECT ${COLUMNS} FROM webhook_endpoints
     WHERE workspace_id = $1 AND status <> 'deleted' AND ($2::text IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
    [page.workspaceId, page.afterId, page.limit + 1],
  );
  return rows;
}

/** How many endpoints a workspace has, whatever their status. Deleted ones do not count. */
export async function countEndpoints(tx: Sql, workspaceId: string): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM webhook_endpoints WHERE workspace_id = $1 AND status <> 'deleted'`,
    [workspaceId],
  );
  return rows[0]?.count ?? 0;
}

/** Changes address, types and status. A new address or status forgets earlier failures. */
export async function updateEndpoint(
  tx: Sql,
  endpoint: Pick<EndpointRow, 'id' | 'url' | 'eventTypes' | 'status'>,
): Promise<EndpointRow> {
  const { id, url, eventTypes, status } = endpoint;
  const { rows } = await tx.query<EndpointRow>(
    `UPDATE webhook_endpoints SET url = $2, event_types = $3, status = $4,
       failing_since = CASE WHEN status = $4 AND url = $2 THEN failing_since END,
       disabled_at = CASE WHEN status = $4 THEN disabled_at END,
       disabled_reason = CASE WHEN status = $4 THEN disabled_reason END
     WHERE id = $1 RETURNING ${COLUMNS}`,
    [id, url, eventTypes, status],
  );
  return one(rows, id);
}

/** The sealed secret, for a rotation. */
export async function getSecret(tx: Sql, id: string): Promise<Buffer> {
  const { rows } = await tx.query<{ sealed: Buffer }>(
    'SELECT secret_sealed AS sealed FROM webhook_endpoints WHERE id = $1',
    [id],
  );
  return one(rows, id).sealed;
}

/** Replaces the secret. The one before signs beside it for `hours`; one from before that signs no more. */
export async function rotateSecret(
  tx: Sql,
  id: string,
  sealed: { readonly secret: Buffer; readonly previous: Buffer },
  hours: number,
): Promise<EndpointRow> {
  const { rows } = await tx.query<EndpointRow>(
    `UPDATE webhook_endpoints SET secret_sealed = $2, previous_sealed = $3,
       previous_valid_until = now() + make_interval(hours => $4) WHERE id = $1 RETURNING ${COLUMNS}`,
    [id, sealed.secret, sealed.previous, hours],
  );
  return one(rows, id);
}

/**
 * Deletes an endpoint: its secrets are forgotten, and what waits for it is given up. Streams come before deliveries and
 * endpoints, in the order in which a worker records a try (`event-streams.ts`): otherwise each would wait for the other.
 */
export async function deleteEndpoint(tx: Sql, id: string): Promise<void> {
  await tx.query(
    'UPDATE event_streams SET due_at = NULL, turn = turn + 1 WHERE endpoint_id = $1 AND due_at IS NOT NULL',
    [id],
  );
  await tx.query(
    `UPDATE event_deliveries SET status = 'given_up' WHERE endpoint_id = $1 AND status = 'waiting'`,
    [id],
  );
  await tx.query(
    `UPDATE webhook_endpoints SET status = 'deleted', secret_sealed = NULL, previous_sealed = NULL,
       disabled_at = NULL, disabled_reason = NULL WHERE id = $1`,
    [id],
  );
}

/** Disables an endpoint that is enabled; false if somebody was faster. The caller has locked the workspace. */
export async function disableEndpoint(tx: Sql, id: string, reason: DisabledReason): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE webhook_endpoints SET status = 'disabled', disabled_at = now(), disabled_reason = $2
     WHERE id = $1 AND status = 'enabled'`,
    [id, reason],
  );
  return rowCount === 1;
}

function one<Row>(rows: readonly Row[], id: string): Row {
  const [row] = rows;
  if (row === undefined) throw new Error(`endpoint ${id} is not there`);
  return row;
}
