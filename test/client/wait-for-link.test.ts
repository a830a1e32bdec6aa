import { describe, expect, it } from '#jest';
import { createTashlum, waitForLink } from 'tashlum/client';
import type { Payment } from 'tashlum/client';
import { json, startScriptedApi } from './scripted-api.ts';

const CREATING = { id: 'pay_1', status: 'creating', link: null } as Payment;
const LINKED = { id: 'pay_1', status: 'pending', link: { url: 'https://pay.example/pay/x' } };

describe('waiting for a link', () => {
  it('asks until there is one', async () => {
    await using api = await startScriptedApi(json(200, CREATING), json(200, LINKED));
    const tashlum = createTashlum({ baseUrl: api.baseUrl, key: 'k' });
    expect(await waitForLink(tashlum, CREATING)).toEqual(LINKED);
    expect(api.asked.map(({ url }) => url)).toEqual(['/v1/payments/pay_1', '/v1/payments/pay_1']);
  });

  it('ends where there will be none, or when the patience is over', async () => {
    await using api = await startScriptedApi(json(200, { ...CREATING, status: 'failed' }));
    const tashlum = createTashlum({ baseUrl: api.baseUrl, key: 'k' });
    expect((await waitForLink(tashlum, CREATING)).status).toBe('failed');
    expect(await waitForLink(tashlum, CREATING, { patienceMs: 1 })).toBe(CREATING);
  });
});
