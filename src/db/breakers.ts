import {
  FAILURES_TO_OPEN,
  OPEN_AT_MOST_SECONDS,
  OPEN_SECONDS,
  REFUSED_LONG_SECONDS,
  TRIAL_SECONDS,
} from '../domain/breaker.ts';
import type { Breaker, BreakerState, CallVerdict } from '../domain/breaker.ts';
import type { Sql } from './pool.ts';

/** A breaker as it is stored. */
export interface BreakerRow extends Breaker {
  readonly opensUntil: Date | null;
}
/** A breaker after a statement, and its state before it. */
export interface ChangedBreaker extends BreakerRow {
  readonly was: BreakerState;
  /** True once, when its keys have been refused for a day. */
  readonly isRefusedLong?: boolean;
}

/** Milliseconds are computed here, so that only PostgreSQL's clock matters. */
const COLUMNS = `b.name, b.state, b.failures, b.opens_until AS "opensUntil",
  extract(epoch FROM b.opens_until - clock_timestamp())::float8 * 1000 AS "opensInMs"`;
const CHANGED = `${COLUMNS}, coalesce(old.state, 'closed') AS was`;

const FAILED = `$2 IN ('failure', 'refused')`;
const IS_LONG = `b.refused_since < now() - interval '${REFUSED_LONG_SECONDS} seconds'`;

/** Every breaker that ever counted a failure or was set by hand, by name. */
export async function listBreakers(sql: Sql): Promise<BreakerRow[]> {
  const { rows } = await sql.query<BreakerRow>(`SELECT ${COLUMNS} FROM circuit_breakers b ORDER BY b.name`);
  return rows;
}

/** Breakers that are not closed or have failures: a process must know them before it calls. */
export async function listTroubledBreakers(sql: Sql): Promise<BreakerRow[]> {
  const { rows } = await sql.query<BreakerRow>(
    `SELECT ${COLUMNS} FROM circuit_breakers b WHERE b.state <> 'closed' OR b.failures > 0`,
  );
  return rows;
}

/**
 * Starts the trial of a breaker whose time has come, or whose last trial was given up. One of any number of callers
 * gets it: the update itself moves `opens_until`, and callers that waited for it find no row. Returns a token.
 */
export async function admitTrial(sql: Sql, name: string): Promise<string | null> {
  const { rows } = await sql.query<{ trial: string }>(
    `UPDATE circuit_breakers SET state = 'half_open', opens_until = clock_timestamp() + make_interval(secs => $2)
     WHERE name = $1 AND state <> 'closed' AND opens_until <= clock_timestamp()
     RETURNING opens_until::text AS trial`,
    [name, TRIAL_SECONDS],
  );
  return rows[0]?.trial ?? null;
}

/**
 * Counts the end of a call. While the breaker is closed every call counts, while half open only the trial, while open
 * none. So calls that began before it opened neither prolong nor end it. A trial that tells nothing leaves its place to
 * the next caller. Long refused keys keep the breaker open for a twenty-fourth of that time. Null if the call did not
 * count.
 */
export async function recordCall(
  sql: Sql,
  name: string,
  verdict: CallVerdict,
  trial: string | null,
): Promise<ChangedBreaker | null> {
  const { rows } = await sql.query<ChangedBreaker>(
    `INSERT INTO circuit_breakers AS b (name, state, failures, refused_since)
     VALUES ($1, 'closed', CASE WHEN ${FAILED} THEN 1 ELSE 0 END, CASE $2 WHEN 'refused' THEN now() END)
     ON CONFLICT (name) DO UPDATE SET
       failures = CASE WHEN ${FAILED} THEN b.failures + 1 WHEN $2 = 'success' THEN 0 ELSE b.failures END,
       state = CASE
         WHEN $2 = 'success' THEN 'closed'
         WHEN ${FAILED} AND (b.state = 'half_open' OR b.failures + 1 >= $4) THEN 'open'
         ELSE b.state END,
       opens_until = CASE
         WHEN $2 = 'success' THEN NULL
         WHEN ${FAILED} AND (b.state = 'half_open' OR b.failures + 1 >= $4)
           THEN clock_timestamp() + make_interval(secs => CASE WHEN $2 = 'refused'
             THEN least(greatest($5, extract(epoch FROM now() - coalesce(b.refused_since, now())) / 24), $6) ELSE $5 END)
         WHEN b.state = 'half_open' THEN clock_timestamp()
         ELSE b.opens_until END,
       refused_since = CASE $2 WHEN 'refused' THEN coalesce(b.refused_since, now()) WHEN 'success' THEN NULL
         ELSE b.refused_since END,
       refusal_told_at = CASE WHEN $2 = 'success' THEN NULL
         WHEN $2 = 'refused' AND ${IS_LONG} THEN coalesce(b.refusal_told_at, now()) ELSE b.refusal_told_at END
     WHERE b.state = 'closed' OR (b.state = 'half_open' AND b.opens_until = $3::timestamptz)
     RETURNING ${CHANGED}, b.refusal_told_at IS NOT NULL AND old.refusal_told_at IS NULL AS "isRefusedLong"`,
    [name, verdict, trial, FAILURES_TO_OPEN, OPEN_SECONDS, OPEN_AT_MOST_SECONDS],
  );
  return rows[0] ?? null;
}

/** Whether the provider of a payment has refused our keys for longer than the webhook grace. System role. */
export async function isRefusedLong(sql: Sql, paymentId: string): Promise<boolean> {
  const { rows } = await sql.query(
    `SELECT 1 FROM payments p JOIN provider_accounts a ON a.id = p.account_id
     JOIN circuit_breakers b ON split_part(b.name, ':', 3) = a.id
     WHERE p.id = $1 AND b.refused_since < now() - make_interval(secs => (a.options->>'webhookGraceSeconds')::float8)`,
    [paymentId],
  );
  return rows.length > 0;
}

/** Opens a breaker by hand, for as long as failures would have. */
export async function openBreaker(sql: Sql, name: string): Promise<ChangedBreaker[]> {
  const { rows } = await sql.query<ChangedBreaker>(
    `INSERT INTO circuit_breakers AS b (name, state, failures, opens_until)
     VALUES ($1, 'open', 0, clock_timestamp() + make_interval(secs => $2))
     ON CONFLICT (name) DO UPDATE SET state = 'open', opens_until = excluded.opens_until
     RETURNING ${CHANGED}`,
    [name, OPEN_SECONDS],
  );
  return rows;
}

/**
 * Closes a breaker and those below it: closing a host's breaker is meant for its accounts too. Failures are
 * forgotten.
 */
export async function closeBreaker(sql: Sql, name: string): Promise<ChangedBreaker[]> {
  const { rows } = await sql.query<ChangedBreaker>(
    `UPDATE circuit_breakers b SET state = 'closed', failures = 0, opens_until = NULL, refused_since = NULL,
       refusal_told_at = NULL
     WHERE b.name = $1 OR starts_with(b.name, $1 || ':')
     RETURNING ${CHANGED}`,
    [name],
  );
  return rows;
}

/**
 * The workspaces that a breaker affects: that of its account, or all with an active account at its host. System role.
 */
export async function listBehindBreaker(
  sql: Sql,
  breaker: { provider: string; place: string; accountId: string | null },
): Promise<string[]> {
  const { rows } = await sql.query<{ workspaceId: string }>(
    `SELECT DISTINCT a.workspace_id AS "workspaceId" FROM provider_accounts a JOIN workspaces w ON w.id = a.workspace_id
     WHERE CASE WHEN $3::text IS NULL
       THEN a.provider = $1 AND a.is_active AND ($2 = 'sandbox' OR w.mode = $2)
       ELSE a.id = $3 END
     ORDER BY a.workspace_id`,
    [breaker.provider, breaker.place, breaker.accountId],
  );
  return rows.map(({ workspaceId }) => workspaceId);
}
