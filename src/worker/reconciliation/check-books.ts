import { storeBooksChecks } from '../../db/books-checks.ts';
import { checkInvariants } from '../../db/invariants/index.ts';
import type { Finding, InvariantName } from '../../db/invariants/index.ts';
import type { Pool } from '../../db/pool.ts';
import type { Queue } from '../../db/queue.ts';
import { inWorkspace, transaction } from '../../db/transaction.ts';
import { tellWorkspaces } from '../../history/tell.ts';
import type { Logger } from '../../logger.ts';

/** After the comparison with the vendors, which may bring money into the books. */
const BY_ITSELF = { cron: '40 4 * * *', timeZone: 'Asia/Jerusalem' } as const;

interface Deps {
  readonly pool: Pool;
  readonly logger: Logger;
  readonly queue: Pick<Queue, 'work' | 'repeat'>;
}

/** Checks every night that the books of all workspaces keep their rules. */
export async function startCheckingBooks(deps: Deps): Promise<void> {
  await deps.queue.repeat('check_books', {}, BY_ITSELF);
  await deps.queue.work('check_books', () => checkBooks(deps));
}

/**
 * Checks the books and corrects nothing. The operator hears of a broken rule by metric and log. The apps of a workspace
 * whose rows break it hear by an event, every night until it holds again.
 */
export async function checkBooks({ pool, logger }: Pick<Deps, 'pool' | 'logger'>): Promise<void> {
  const { findings } = await checkInvariants(pool);
  const checks = findings.map(({ name, count }) => ({ rule: name, broken: count }));
  await transaction(pool, (tx) => storeBooksChecks(tx, checks));
  for (const { name, count, rows } of findings)
    if (count > 0)
      logger.error({ rule: name, count, rows: rows.map(({ id }) => id) }, 'the books break a rule');
  for (const [workspaceId, broken] of byWorkspace(findings))
    await inWorkspace(pool, workspaceId, async (tx) => {
      for (const facts of broken)
        await tellWorkspaces(tx, [workspaceId], { type: 'books.rule_broken', facts });
    });
}

interface Broken {
  readonly rule: InvariantName;
  readonly count: number;
}

function byWorkspace(findings: readonly Finding[]): ReadonlyMap<string, readonly Broken[]> {
  const found = new Map<string, Broken[]>();
  for (const { name: rule, byWorkspace: counts } of findings)
    for (const [id, count] of counts) found.set(id, [...(found.get(id) ?? []), { rule, count }]);
  return found;
}
