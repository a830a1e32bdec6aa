import { listOpenNews } from '../../db/news.ts';
import type { OpenNews } from '../../db/news.ts';
import type { Sql } from '../../db/pool.ts';

/** Ids that a signal brought, and the payment it was sent to. Anybody who reaches Temporal can send one. */
export interface Signalled {
  readonly paymentId: string;
  readonly eventIds: readonly string[];
}

/** The inbox rows among them that are open and really this payment's. */
export async function listOwnEvents(tx: Sql, { paymentId, eventIds }: Signalled): Promise<OpenNews[]> {
  const ids = new Set(eventIds);
  return (await listOpenNews(tx, paymentId)).filter(({ id }) => ids.has(id));
}
