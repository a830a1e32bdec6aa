import { randomUUID } from 'node:crypto';
import { expect, it } from '#jest';
import { newCredentials } from '../e2e/support/providers.ts';
import { admin, call, openPayment, openWorkspace } from './rig.ts';

it('of webhooks that nobody signed and that name nothing of ours an account keeps 60 an hour', async () => {
  const { id } = await openWorkspace({ provider: false });
  const slot = { provider: 'grow', credentials: newCredentials('grow') };
  const { json } = await admin<{ webhookUrl: string }>('PUT', `/v1/workspaces/${id}/payment-provider`, slot);
  const post = (body: string) =>
    call('POST', json.webhookUrl, {
      raw: body,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  const statuses: number[] = [];
  for (let n = 0; n < 62; n += 1) {
    const process = n % 2 === 0 ? '' : `&data[processId]=${n}&data[processToken]=${n}`;
    statuses.push((await post(`data[sum]=${randomUUID()}${process}`)).status);
  }

  expect(statuses).toEqual([...Array.from({ length: 60 }, () => 200), 429, 429]);
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
