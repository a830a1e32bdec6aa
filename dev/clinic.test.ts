import { createTashlum } from 'tashlum/client';
import { describe, expect, it } from '#jest';
import { openClinic } from './clinic.ts';

/** An API with this clinic or none; what was asked of it, but for what only reads. */
const record = (slotProvider: string | undefined, isKnown: boolean) => {
  const calls: string[] = [];
  const toAnswer = (method: string, path: string): Response => {
    if (method !== 'GET') calls.push(`${method} ${path}`);
    if (path.endsWith('/payment-provider')) return Response.json({ provider: slotProvider });
    if (method === 'GET' && !isKnown) return Response.json({ code: 'not_found' }, { status: 404 });
    return Response.json(
      path.endsWith('/api-keys') ? { id: 'key_1', secret: 'tsh_test_new' } : { id: 'ws_new' },
    );
  };
  const fetch = ({ method, url }: Request): Promise<Response> =>
    Promise.resolve(toAnswer(method, new URL(url).pathname));
  return { api: createTashlum({ baseUrl: 'http://api.invalid', key: 'admin', fetch }), calls };
};

const KEPT = { id: 'ws_kept', key: 'tsh_test_kept' };

describe('the demo clinic', () => {
  it('is made with a key and both accounts at the first start', async () => {
    const { api, calls } = record(undefined, false);
    expect(await openClinic(api, undefined, 'payplus')).toEqual({ id: 'ws_new', key: 'tsh_test_new' });
    expect(calls).toEqual([
      'POST /v1/workspaces',
      'POST /v1/workspaces/ws_new/api-keys',
      'PUT /v1/workspaces/ws_new/payment-provider',
      'PUT /v1/workspaces/ws_new/invoice-service',
    ]);
  });

  it('is left alone at the second start, so that pages already open keep their account', async () => {
    const { api, calls } = record('payplus', true);
    expect(await openClinic(api, KEPT, 'payplus')).toEqual(KEPT);
    expect(calls).toEqual([]);
  });

  it('changes its provider when another one is asked for', async () => {
    const { api, calls } = record('payplus', true);
    await openClinic(api, KEPT, 'stripe');
    expect(calls).toEqual(['PUT /v1/workspaces/ws_kept/payment-provider']);
  });

  it('is made anew when the kept one is gone', async () => {
    const { api } = record(undefined, false);
    expect((await openClinic(api, KEPT, 'payplus')).id).toBe('ws_new');
  });
});
