import type { Sql } from './pool.ts';

/** Facts about a logo without its picture. `sha256` is lower-case hex, of the stored PNG; sides in pixels. */
export interface LogoFacts {
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
}

/** Stores a picture permanently; storing the same one again changes nothing. */
export async function insertLogo(
  tx: Sql,
  workspaceId: string,
  { sha256, width, height, png }: LogoFacts & { readonly png: Buffer },
): Promise<void> {
  await tx.query(
    `INSERT INTO workspace_logos (workspace_id, sha256, png, width, height) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (workspace_id, sha256) DO NOTHING`,
    [workspaceId, sha256, png, width, height],
  );
}

/** Size of a stored logo, in pixels. Null: the workspace never had this picture. */
export async function findLogo(tx: Sql, workspaceId: string, sha256: string): Promise<LogoFacts | null> {
  const { rows } = await tx.query<LogoFacts>(
    'SELECT sha256, width, height FROM workspace_logos WHERE workspace_id = $1 AND sha256 = $2',
    [workspaceId, sha256],
  );
  return rows[0] ?? null;
}

/** The picture itself, as PNG. Null: the workspace never had it. */
export async function findLogoPng(tx: Sql, workspaceId: string, sha256: string): Promise<Buffer | null> {
  const { rows } = await tx.query<{ png: Buffer }>(
    'SELECT png FROM workspace_logos WHERE workspace_id = $1 AND sha256 = $2',
    [workspaceId, sha256],
  );
  return rows[0]?.png ?? null;
}
