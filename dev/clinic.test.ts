import { describe, expect, it } from '#jest';
import type { ApiClient } from './api-client.ts';
import { openClinic } from './clinic.ts';

const record = (slotProvider: string | undefined, isKnown: boolean) => {
  const calls: string[] = [];
  const api: ApiClient = {
    get: (path) => {
      if (path.endsWith('/payment-provider')) return Promise.resolve({ provider: slotProvider });
      return isKnown ? Promise.resolve({}) : Promise.reject(new Error('404'));
    },
    post: (path) => {
      calls.push(`POST ${path}`);
      return Promise.resolve(
        path.endsWith('/api-keys') ? { id: 'key_1', secret: 'tsh_test_new' } : { id: 'ws_new' },
      );
    },
    put: (path) => {
      calls.push(`PUT ${path}`);
      return Promise.resolve({});
    },
    download: () => Promise.reject(new Error('not used')),
  };
  return { api, calls };
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
