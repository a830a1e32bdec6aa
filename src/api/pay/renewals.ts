import type { PageRow } from '../../db/provider-pages.ts';

/** Two pages of one payment are made at least this far apart. */
const APART_MS = 30_000;

/** Guards the making of new pages: one at a time for a payment, and at least 30 s apart. */
export interface Renewals {
  /** Runs `make` where a new page may be made now; false where it may not. `pages`: newest first. */
  run(
    payment: { id: string; pages: readonly Pick<PageRow, 'createdAt'>[] },
    make: () => Promise<unknown>,
  ): Promise<boolean>;
}

/** `now` in milliseconds. The stored pages guard across processes, the memory within this one. */
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
      // Without any page the first one is still being made: the payment's own workflow does it.
      if (newest === undefined || startedAt.has(id)) return false;
      if (newest.createdAt.getTime() + APART_MS > now()) return false;
      startedAt.set(id, now());
      await make();
      return true;
    },
  };
}
