import { expect, it } from '#jest';
import { fakePool } from '../testing/fake-pool.ts';
import { createMissedWebhooks } from './missed-webhooks.ts';
import type { WebhookAccount } from './webhook-accounts.ts';

/** Missed webhooks of a database that is down until `isUp` is set; `pass` lets the time of one try pass. */
function open() {
  const state = { isUp: false, asked: [] as unknown[] };
  const pool = fakePool((_, [accountId]) => {
    state.asked.push(accountId);
    return [];
  });
  const find = (_: string, token: string): Promise<WebhookAccount | null> => {
    if (!state.isUp) return Promise.reject(new Error('terminated'));
    const account = { id: `acc of ${token}`, workspaceId: 'ws_1' };
    return Promise.resolve(token === 'unknown' ? null : ({ account } as WebhookAccount));
  };
  const due: (() => void)[] = [];
  const logger = { warn: () => undefined } as never;
  const missed = createMissedWebhooks({ pool, logger }, { find }, (_, run) => due.push(run));
  const pass = async (): Promise<number> => {
    const runs = due.splice(0);
    runs.forEach((run) => run());
    for (let n = 0; n < 20; n += 1) await Promise.resolve();
    return runs.length;
  };
  return { state, missed, pass };
}

it('each account of webhooks that could not be stored is asked about once, when the database is back', async () => {
  const { state, missed, pass } = open();
  for (const token of ['one', 'two', 'one', 'unknown']) missed.note({ provider: 'payplus', token });
  expect(await pass()).toBe(1);
  expect(state.asked).toEqual([]);
  state.isUp = true;
  expect(await pass()).toBe(1);
  expect(state.asked).toEqual(['acc of one', 'acc of two']);
  expect(await pass()).toBe(0);
});
