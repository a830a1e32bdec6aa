import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { eventually } from '../../api/rig.ts';
import type { Books } from './books.ts';

const SCRIPT = fileURLToPath(new URL('../../../src/commands/reconcile.ts', import.meta.url));

/** `npm run reconcile -- --workspace …`, and waits until the worker has done all of it. */
export async function reconcile(books: Books, workspaceId: string): Promise<void> {
  await promisify(execFile)(process.execPath, [SCRIPT, '--workspace', workspaceId]);
  await eventually(`the reconciliation of ${workspaceId}`, async () => {
    const jobs = await books.query<{ state: string }>(
      `SELECT state FROM pgboss.job WHERE name = 'reconcile' AND data->>'workspaceId' = $1`,
      [workspaceId],
    );
    return jobs.length > 0 && jobs.every(({ state }) => state === 'completed') ? jobs : null;
  });
}

/** What was found about a payment, oldest first. */
export const findingsOf = async (books: Books, paymentId: string): Promise<string[]> =>
  (
    await books.query<{ kind: string }>(
      'SELECT kind FROM reconciliation_findings WHERE payment_id = $1 ORDER BY found_at, kind',
      [paymentId],
    )
  ).map(({ kind }) => kind);

/** From now on nothing that the vendor tells arrives: its webhooks come to an address that is not there. */
export async function loseWebhooks(books: Books, workspaceId: string): Promise<void> {
  await books.query(
    `UPDATE provider_accounts SET webhook_token_hash = sha256(convert_to(id, 'UTF8')) WHERE workspace_id = $1`,
    [workspaceId],
  );
}
