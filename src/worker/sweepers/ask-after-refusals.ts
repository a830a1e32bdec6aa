import type { Pool } from '../../db/pool.ts';
import { claimRefusals, finishRefusal, listOpenAt } from '../../db/webhook-refusals.ts';
import type { DueRefusal, OpenPayment } from '../../db/webhook-refusals.ts';
import type { Temporal } from '../../temporal/temporal.ts';
import { sweepEach } from './sweep-each.ts';

const ACCOUNTS = 20;
/** Twice as many payments are asked about, once a minute: the newest, and the next of the older ones. */
const AT_A_TIME = 25;
const SIDE_BY_SIDE = 5;
/** Long enough for most answers. A payment that is asked about goes on asking by itself. */
const ASK_MS = 5_000;

interface Deps {
  readonly pool: Pool;
  readonly temporal: Pick<Temporal, 'checkReturned'>;
}

/**
 * Asks about the open payments of accounts whose webhooks are refused: nobody else tells of their money. Everybody who
 * knows the address can have webhooks refused, so the questions to the vendor are limited, however many come. An
 * account has `2 × AT_A_TIME` a minute. Most payers pay at once, so the newest payments are asked about each time; the
 * older ones take turns.
 */
export async function askAfterRefusals(deps: Deps): Promise<void> {
  const due = await claimRefusals(deps.pool, ACCOUNTS);
  await sweepEach(due, {
    idsOf: ({ accountId }) => ({ accountId }),
    run: (refusal) => askAbout(deps, refusal),
    atOnce: ACCOUNTS,
  });
}

async function askAbout({ pool, temporal }: Deps, refusal: DueRefusal): Promise<void> {
  const newest = await listOpenAt(pool, refusal, { before: null, limit: AT_A_TIME });
  const older = await listOlder(pool, refusal, newest);
  const waiting = [...new Set([...newest, ...older].map(({ id }) => id))];
  const askInTurn = async (): Promise<void> => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift())
      await temporal.checkReturned({ workspaceId: refusal.workspaceId, id }, ASK_MS);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, askInTurn));
  const last = older.length < AT_A_TIME ? undefined : older.at(-1);
  await finishRefusal(pool, { accountId: refusal.accountId, askedBefore: last?.createdAt ?? null });
}

function listOlder(pool: Pool, refusal: DueRefusal, newest: readonly OpenPayment[]): Promise<OpenPayment[]> {
  const last = newest.at(-1);
  if (last === undefined || newest.length < AT_A_TIME) return Promise.resolve([]);
  return listOpenAt(pool, refusal, { before: refusal.askedBefore ?? last.createdAt, limit: AT_A_TIME });
}
