import { describe, expect, it } from '#jest';
import { fakePool } from '../testing/fake-pool.ts';
import { createWebhookAccounts } from './webhook-accounts.ts';

/** Webhook receivers of an account that the test may change. */
function openReceivers(family: 'payment' | 'invoice' = 'payment') {
  const account = { id: 'acc_1', workspaceId: 'ws_1', provider: 'payplus', family, secret: 'old' };
  let reads = 0;
  const pool = fakePool((text) => {
    if (!text.includes('FROM provider_accounts')) return [{ id: 'ws_1' }];
    reads += 1;
    return [{ ...account }];
  });
  const receivers = createWebhookAccounts({ pool });
  return { receivers, account, reads: () => reads };
}

describe('the receiver of a webhook', () => {
  it('is read once for a burst of them', async () => {
    const { receivers, reads } = openReceivers();
    for (let n = 0; n < 5; n += 1) expect(await receivers.find('payplus', 'token')).not.toBeNull();
    expect(reads()).toBe(1);
  });

  it('is read once for webhooks at the same moment, and again after a read that failed', async () => {
    const { receivers, reads } = openReceivers();
    const found = await Promise.all(Array.from({ length: 100 }, () => receivers.find('payplus', 'token')));
    expect(new Set(found.map((one) => one?.account.id))).toEqual(new Set(['acc_1']));
    expect(reads()).toBe(1);
    let isDown = true;
    const pool = fakePool((text) => {
      if (isDown) throw new Error('terminated');
      return text.includes('FROM provider_accounts')
        ? [{ id: 'acc_1', provider: 'payplus', family: 'payment' }]
        : [{}];
    });
    const anew = createWebhookAccounts({ pool });
    await expect(anew.find('payplus', 'token')).rejects.toThrow('terminated');
    isDown = false;
    expect(await anew.find('payplus', 'token')).not.toBeNull();
  });

  it('is read anew where a signature did not fit', async () => {
    const { receivers, account } = openReceivers();
    await receivers.find('payplus', 'token');
    account.secret = 'new';
    expect(await receivers.find('payplus', 'token')).toMatchObject({ account: { secret: 'old' } });
    expect(await receivers.find('payplus', 'token', true)).toMatchObject({ account: { secret: 'new' } });
    expect(await receivers.find('payplus', 'token')).toMatchObject({ account: { secret: 'new' } });
  });

  it('is nobody under another provider’s name, also once it is remembered, and never an invoice service', async () => {
    const { receivers } = openReceivers();
    expect(await receivers.find('payplus', 'token')).not.toBeNull();
    expect(await receivers.find('grow', 'token')).toBeNull();
    expect(await openReceivers('invoice').receivers.find('payplus', 'token')).toBeNull();
  });
});
