import { describe, expect, it } from '#jest';
import { inboxStatus, toInboxJson } from './inbox-json.ts';

const at = new Date('2026-03-01T10:00:00Z');

describe('a row of the inbox', () => {
  it('is quarantined until somebody acts on it, pending while it waits', () => {
    expect(inboxStatus({ handledAt: null, verdict: 'accepted' })).toBe('pending');
    expect(inboxStatus({ handledAt: null, verdict: 'quarantined' })).toBe('quarantined');
    expect(inboxStatus({ handledAt: at, verdict: 'quarantined' })).toBe('handled');
  });

  it('shows what became of it and nothing of the account', () => {
    const json = toInboxJson({
      id: 'pev_1',
      workspaceId: 'ws_1',
      accountId: 'acc_1',
      provider: 'payplus',
      eventId: 'event-1',
      kind: 'charge',
      paymentId: 'pay_1',
      verdict: 'accepted',
      reason: null,
      receivedAt: at,
      signalledAt: at,
      handledAt: null,
      handledAs: null,
    });
    expect(json).toEqual({
      id: 'pev_1',
      workspaceId: 'ws_1',
      provider: 'payplus',
      eventId: 'event-1',
      kind: 'charge',
      paymentId: 'pay_1',
      status: 'pending',
      verdict: 'accepted',
      reason: null,
      receivedAt: '2026-03-01T10:00:00.000Z',
      signalledAt: '2026-03-01T10:00:00.000Z',
      handledAt: null,
      handledAs: null,
    });
  });
});
