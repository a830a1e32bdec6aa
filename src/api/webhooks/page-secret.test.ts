import { describe, expect, it } from '#jest';
import type { AccountRow } from '../../db/provider-accounts.ts';
import type { WebhookReading } from '../../providers/payments/payment-provider.ts';
import type { ApiContext } from '../context.ts';
import { fakePool } from '../testing/fake-pool.ts';
import { heldToPage } from './page-secret.ts';

const ACCOUNT = { id: 'acc_1' } as AccountRow;

/** Page `proc_1` of `acc_1` has the secret `token_1`; no other page exists. */
const context = {
  pool: fakePool((_text, [accountId, pageId]) =>
    accountId === 'acc_1' && pageId === 'proc_1' ? [{ id: 'page_1', secretSealed: Buffer.from('x') }] : [],
  ),
  secrets: { open: () => Buffer.from('token_1') },
} as unknown as ApiContext;

const claim = (change: object = {}): WebhookReading => ({
  verdict: 'accepted',
  eventId: 'e1',
  kind: 'charge',
  paymentId: null,
  pageId: 'proc_1',
  pageSecret: 'token_1',
  transactionId: 't1',
  ...change,
});

const verdictOf = async (reading: WebhookReading, account = ACCOUNT) =>
  (await heldToPage(context, account, reading)).verdict;

describe('a webhook that its vendor does not sign', () => {
  it('is accepted with the secret of the page it names', async () => {
    expect(await verdictOf(claim())).toBe('accepted');
  });

  it.each([['token_2'], ['token_'], ['token_11'], ['']])('is refused with %p', async (pageSecret) => {
    expect(await verdictOf(claim({ pageSecret }))).toBe('bad_signature');
  });

  it('is quarantined where it names no page of the account, also if another account has that page', async () => {
    expect(await verdictOf(claim({ pageId: 'proc_2' }))).toBe('quarantined');
    expect(await verdictOf(claim({ pageId: null }))).toBe('quarantined');
    expect(await verdictOf(claim(), { id: 'acc_2' } as AccountRow)).toBe('quarantined');
  });
});

it('a webhook that its vendor signs is held to no page', async () => {
  expect(await verdictOf(claim({ pageSecret: null, pageId: 'proc_2' }))).toBe('accepted');
});
