import type { PageRow } from '../../db/provider-pages.ts';

/** Minimum time between two pages of one payment. */
const APART_MS = 30_000;

/** Limits new pages: one at a time per payment, at least 30 s apart. */
export interface Renewals {
  /** Runs `make` if a new page may be made now, else returns false. `pages`: newest first. */
  run(
    payment: { id: string; pages: readonly Pick<PageRow, 'createdAt'>[] },
    make: () => Promise<unknown>,
  ): Promise<boolean>;
}

/** `now` in milliseconds. The stored pages limit across processes, the memory within this one. */
export function createRenewals(now: () => number): Renewals {
  const startedAt = new Map<string, number>();
  const forgetOld = (): void => {
    for (const [id, at] of startedAt) {
      if (at + APART_MS > now()) break;
      startedAt.delete(id);
    }
  };
  return {
    run: async ({ id, pages }, make) => {
      forgetOld();
      const [newest] = pages;
      // Without any page, the workflow of the payment is still making the first one.
      if (newest === undefined || startedAt.has(id)) return false;
      if (newest.createdAt.getTime() + APART_MS > now()) return false;
      startedAt.set(id, now());
      await make();
      return true;
    },
  };
}
