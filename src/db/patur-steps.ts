import type { Day } from '../domain/calendar.ts';
import { PATUR_STEPS } from '../domain/patur-ceiling.ts';
import type { PaturStep } from '../domain/patur-ceiling.ts';
import type { Sql } from './pool.ts';

/** How long after a year documents may still be dated in it: the last calendar month is open (`document-day.ts`). */
const DAYS_AFTER_THE_YEAR = 31;

/** A tax year that may have a step to tell, through its last day or today. */
export interface OpenPaturYear {
  readonly workspaceId: string;
  readonly through: Day;
}

/** Years of live businesses that were an osek patur at some time, whose last step was not told. By workspace, then year. */
export async function listOpenPaturYears(sql: Sql, now: Date): Promise<OpenPaturYear[]> {
  const { rows } = await sql.query<OpenPaturYear>(
    `SELECT w.id AS "workspaceId", days.through
     FROM workspaces w
     CROSS JOIN LATERAL (SELECT ($3::timestamptz AT TIME ZONE w.time_zone)::date AS today) AS clock
     CROSS JOIN LATERAL (
       SELECT today AS through
       UNION
       SELECT date_trunc('year', today)::date - 1 WHERE today - date_trunc('year', today)::date < $2) AS days
     WHERE w.mode = 'live'
       AND EXISTS (SELECT FROM tax_profiles p WHERE p.workspace_id = w.id AND p.dealer_type = 'osek_patur')
       AND NOT EXISTS (SELECT FROM patur_steps s
         WHERE s.workspace_id = w.id AND s.year = extract(year FROM days.through) AND s.step = $1)
     ORDER BY 1, 2`,
    [Math.max(...PATUR_STEPS), DAYS_AFTER_THE_YEAR, now],
  );
  return rows;
}

/** Marks a step as told. False if it was told before: another worker was first. */
export async function insertPaturStep(
  tx: Sql,
  { workspaceId, year, step }: { workspaceId: string; year: number; step: PaturStep },
): Promise<boolean> {
  const { rows } = await tx.query(
    `INSERT INTO patur_steps (workspace_id, year, step) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING step`,
    [workspaceId, year, step],
  );
  return rows.length === 1;
}
