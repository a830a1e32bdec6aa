import type { Rule } from './evidence.ts';

/** Nothing is left lying: rows that say that something is under way say who does it and when. */

const everyEventOnce: Rule = async ({ query, workspaceId }) => {
  const rows = await query<{
    payment_id: string | null;
    count: number;
    least: number;
    most: number;
    different: number;
  }>(
    `SELECT payment_id, count(*)::int AS count, min(sequence)::int AS least, max(sequence)::int AS most, count(DISTINCT sequence)::int AS different
     FROM events WHERE workspace_id = $1 GROUP BY payment_id`,
    [workspaceId],
  );
  return rows
    .filter(({ count, least, most, different }) => least !== 1 || most !== count || different !== count)
    .map((row) => `events of ${row.payment_id ?? 'the workspace'} have a hole: ${JSON.stringify(row)}`);
};

/** A payment is told completed, failed, expired or cancelled once; a document issued once. */
const nothingIsToldTwice: Rule = async ({ query, workspaceId }) => {
  const rows = await query<{ payment_id: string; type: string; count: number }>(
    `SELECT payment_id, type, count(*)::int AS count FROM events WHERE workspace_id = $1
       AND type IN ('payment.completed', 'payment.failed', 'payment.expired', 'payment.cancelled', 'payment.link_ready')
     GROUP BY payment_id, type HAVING count(*) > 1`,
    [workspaceId],
  );
  const documents = await query<{ id: string; count: number }>(
    `SELECT facts ->> 'documentId' AS id, count(*)::int AS count FROM events
     WHERE workspace_id = $1 AND type = 'document.issued' GROUP BY 1 HAVING count(*) > 1`,
    [workspaceId],
  );
  return [
    ...rows.map(({ payment_id, type, count }) => `${type} of ${payment_id} was told ${count} times`),
    ...documents.map(({ id, count }) => `document.issued of ${id} was told ${count} times`),
  ];
};

/** What is unknown is asked about again at a time that is written down. */
const theUnknownIsPursued: Rule = async ({ query, workspaceId }) => {
  const payments = await query<{ id: string }>(
    "SELECT id FROM payments WHERE workspace_id = $1 AND outcome = 'unknown' AND next_check_at IS NULL",
    [workspaceId],
  );
  const refunds = await query<{ id: string; status: string }>(
    "SELECT id, status FROM refunds WHERE workspace_id = $1 AND status = 'pending'",
    [workspaceId],
  );
  const decisions = await query<{ id: string }>(
    'SELECT id FROM review_resolutions WHERE workspace_id = $1 AND applied_at IS NULL',
    [workspaceId],
  );
  const pushes = await query<{ document_id: string; status: string }>(
    "SELECT document_id, status FROM invoice_pushes WHERE workspace_id = $1 AND status NOT IN ('pushed', 'failed')",
    [workspaceId],
  );
  const open = await query<{ id: string; status: string; review: string | null }>(
    "SELECT id, status, review FROM payments WHERE workspace_id = $1 AND status IN ('creating', 'pending') AND review IS NULL",
    [workspaceId],
  );
  return [
    ...payments.map(({ id }) => `${id} is unknown, and nobody asks about it`),
    ...refunds.map(({ id }) => `refund ${id} is still pending at rest`),
    ...decisions.map(({ id }) => `decision ${id} was never carried out`),
    ...pushes.map(({ document_id, status }) => `the push of ${document_id} is ${status} at rest`),
    ...open.map(({ id, status }) => `${id} is ${status} at rest, and no person is asked`),
  ];
};

/** Every signed webhook that names a payment has come to something. */
const theInboxIsRead: Rule = async ({ query, workspaceId }) => {
  const rows = await query<{ id: string; kind: string | null; due_at: Date | null }>(
    `SELECT id, kind, due_at FROM provider_events
     WHERE workspace_id = $1 AND verdict = 'accepted' AND handled_at IS NULL AND due_at IS NULL`,
    [workspaceId],
  );
  return rows.map(
    ({ id, kind }) => `webhook ${id} (${kind ?? 'no kind'}) is open, and nobody will look at it again`,
  );
};

const printsAreThere: Rule = async ({ query, workspaceId }) => {
  const rows = await query<{ id: string }>(
    `SELECT d.id FROM tax_documents d JOIN workspaces w ON w.id = d.workspace_id
     WHERE d.workspace_id = $1 AND d.status = 'issued' AND w.receipt_print = 'at_issue'
       AND NOT EXISTS (SELECT 1 FROM document_files f WHERE f.document_id = d.id AND f.variant = 'original')`,
    [workspaceId],
  );
  return rows.map(({ id }) => `document ${id} was never printed`);
};

/** Each change of the status is on the timeline: where it came from, and where it went. */
const theTimelineTellsTheStatus: Rule = async ({ query, workspaceId }) => {
  const rows = await query<{ id: string; status: string; path: [from: string | null, to: string][] }>(
    `SELECT p.id, p.status, coalesce((SELECT json_agg(json_build_array(l.from_status, l.to_status) ORDER BY l.id)
       FROM payment_log l WHERE l.payment_id = p.id AND l.to_status IS NOT NULL), '[]') AS path
     FROM payments p WHERE p.workspace_id = $1`,
    [workspaceId],
  );
  return rows
    .filter(({ status, path }) => {
      const isWhole = path.every(([from], n) => n === 0 || from === path[n - 1]?.[1]);
      return !isWhole || path.at(-1)?.[1] !== status;
    })
    .map(({ id, status, path }) => `${id} is ${status}, and its timeline says ${JSON.stringify(path)}`);
};

export const REST_RULES: readonly Rule[] = [
  everyEventOnce,
  nothingIsToldTwice,
  theUnknownIsPursued,
  theInboxIsRead,
  printsAreThere,
  theTimelineTellsTheStatus,
];
