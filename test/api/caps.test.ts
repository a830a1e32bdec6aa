import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '#jest';
import { newCredentials } from '../e2e/support/providers.ts';
import { admin, call, openPayment, openWorkspace } from './rig.ts';

describe('of webhooks that nobody signed and that name nothing of ours an account keeps 60 an hour', () => {
  /** An account of its own: what it answers to the n-th of them. */
  async function openAccount(): Promise<(n: number) => Promise<number>> {
    const { id } = await openWorkspace({ provider: false });
    const slot = { provider: 'grow', credentials: newCredentials('grow') };
    const { json } = await admin<{ webhookUrl: string }>(
      'PUT',
      `/v1/workspaces/${id}/payment-provider`,
      slot,
    );
    return async (n) => {
      const process = n % 2 === 0 ? '' : `&data[processId]=${n}&data[processToken]=${n}`;
      const answer = await call('POST', json.webhookUrl, {
        raw: `data[sum]=${randomUUID()}${process}`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
      return answer.status;
    };
  }

  it('one after the other', async () => {
    const post = await openAccount();
    const statuses: number[] = [];
    for (let n = 0; n < 62; n += 1) statuses.push(await post(n));
    expect(statuses).toEqual([...Array.from({ length: 60 }, () => 200), 429, 429]);
  });

  it('and all at once', async () => {
    const post = await openAccount();
    const statuses = await Promise.all(Array.from({ length: 150 }, (_, n) => post(n)));
    expect(statuses.filter((status) => status === 200)).toHaveLength(60);
    expect(statuses.filter((status) => status === 429)).toHaveLength(90);
  });
});

it('a payer is asked once in ten minutes, whatever the payment', async () => {
  const workspace = await openWorkspace();
  const email = `${randomUUID()}@example.com`;
  const ask = async (address: string) => {
    const { id } = await openPayment(workspace, { customer: { name: 'Dana', email: address } });
    return call('POST', `/v1/payments/${id}/request`, { key: workspace.key, body: {} });
  };

  expect((await ask(email)).status).toBe(202);
  const again = await ask(email.toUpperCase().replace('@EXAMPLE.COM', '@example.com'));
  expect([again.status, again.json.code]).toEqual([429, 'rate_limited']);
  expect(Number(again.headers.get('retry-after'))).toBeGreaterThan(500);
  expect((await ask(`other-${email}`)).status).toBe(202);
});
