import type { Sql } from './pool.ts';

/** A hosted page of a payment. `secretSealed` is needed to ask the vendor about it. */
export interface PageRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly paymentId: string;
  readonly accountId: string;
  readonly providerPageId: string;
  readonly secretSealed: Buffer | null;
  readonly url: string;
  readonly state: 'live' | 'dead';
  readonly expiresAt: Date;
  readonly createdAt: Date;
}

const COLUMNS = `id, workspace_id AS "workspaceId", payment_id AS "paymentId", account_id AS "accountId",
  provider_page_id AS "providerPageId", secret_sealed AS "secretSealed", url, state, expires_at AS "expiresAt",
  created_at AS "createdAt"`;

/**
 * Makes this the live page of the payment; the one before is dead from now on. Two tries with one key get the same
 * page from the vendor: the second finds it (`isNew` false) and changes nothing else. Returns the row's id.
 */
export async function insertLivePage(
  tx: Sql,
  page: Omit<PageRow, 'state' | 'createdAt'>,
): Promise<{ readonly id: string; readonly isNew: boolean }> {
  const replaced = tx.query(
    `UPDATE provider_pages SET state = 'dead' WHERE payment_id = $1 AND state = 'live'`,
    [page.paymentId],
  );
  const inserted = tx.query<{ id: string }>(
    `INSERT INTO provider_pages (id, workspace_id, payment_id, account_id, provider_page_id, secret_sealed, url, state, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, 'live', $8)
     ON CONFLICT (account_id, provider_page_id) DO UPDATE SET state = 'live'
       WHERE provider_pages.payment_id = excluded.payment_id
     RETURNING id`,
    [
      page.id,
      page.workspaceId,
      page.paymentId,
      page.accountId,
      page.providerPageId,
      page.secretSealed,
      page.url,
      page.expiresAt,
    ],
  );
  const [, { rows }] = await Promise.all([replaced, inserted]);
  if (!rows[0]) throw new Error(`the page ${page.providerPageId} is another payment's`);
  return { id: rows[0].id, isNew: rows[0].id === page.id };
}

/**
 * Every page of a payment, newest first: money may come through any of them. One that was made from a second charge
 * has the pages of the payment whose charge it was.
 */
export async function listPages(tx: Sql, paymentId: string): Promise<PageRow[]> {
  const { rows } = await tx.query<PageRow>(
    `SELECT ${COLUMNS} FROM provider_pages
     WHERE payment_id = (SELECT coalesce(taken_from, id) FROM payments WHERE id = $1) ORDER BY created_at DESC, id DESC`,
    [paymentId],
  );
  return rows;
}

/** The live pages of several payments. */
export async function listLivePages(tx: Sql, paymentIds: readonly string[]): Promise<PageRow[]> {
  const { rows } = await tx.query<PageRow>(
    `SELECT ${COLUMNS} FROM provider_pages WHERE payment_id = ANY($1) AND state = 'live'`,
    [paymentIds],
  );
  return rows;
}

/** A page of one account by the vendor's id. System role, for webhooks. */
export async function findPageByProviderId(
  sql: Sql,
  accountId: string,
  providerPageId: string,
): Promise<PageRow | null> {
  const { rows } = await sql.query<PageRow>(
    `SELECT ${COLUMNS} FROM provider_pages WHERE account_id = $1 AND provider_page_id = $2`,
    [accountId, providerPageId],
  );
  return rows[0] ?? null;
}

/** Marks a page as unpayable, as far as the vendor allows us to say so. */
export async function markPageDead(tx: Sql, id: string): Promise<void> {
  await tx.query(`UPDATE provider_pages SET state = 'dead' WHERE id = $1`, [id]);
}

/** The same for pages by the vendor's ids. */
export async function markPagesDead(
  tx: Sql,
  paymentId: string,
  providerPageIds: readonly string[],
): Promise<void> {
  await tx.query(
    `UPDATE provider_pages SET state = 'dead' WHERE payment_id = $1 AND provider_page_id = ANY($2) AND state = 'live'`,
    [paymentId, providerPageIds],
  );
}
