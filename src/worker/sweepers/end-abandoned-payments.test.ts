import { expect, it } from '#jest';
import { createEndAbandonedPayments } from './end-abandoned-payments.ts';

type Deps = Parameters<typeof createEndAbandonedPayments>[0];

/** This many payments past their expiry; every second one is still waited for. */
function openPayments(count: number) {
  const rows = Array.from({ length: count }, (_, n) => ({
    id: `pay_${n}`,
    workspaceId: 'ws_1',
    expiresAt: new Date(n),
  }));
  const asked: string[] = [];
  const deps = {
    pool: {
      query: (_text: string, [, , after, limit]: [Date, Date | null, string | null, number]) => {
        const from = after === null ? 0 : rows.findIndex(({ id }) => id === after) + 1;
        return Promise.resolve({ rows: rows.slice(from, from + limit) });
      },
    },
    temporal: {
      isRunning: ({ id }: { id: string }) => Promise.resolve(Number(id.slice(4)) % 2 === 0),
      checkLate: ({ id }: { id: string }) => {
        asked.push(id);
        return Promise.resolve({ state: 'waiting' });
      },
    },
    logger: { info: () => undefined },
  } as unknown as Deps;
  return { deps, asked };
}

it('asks about payments past their expiry that no workflow waits for, some in each sweep and all in their turn', async () => {
  const { deps, asked } = openPayments(120);
  const sweep = createEndAbandonedPayments(deps);
  await sweep();
  expect(asked).toHaveLength(25);
  await sweep();
  await sweep();
  expect(asked).toEqual(Array.from({ length: 60 }, (_, n) => `pay_${2 * n + 1}`));
  await sweep();
  expect(asked.slice(60, 62)).toEqual(['pay_1', 'pay_3']);
});
