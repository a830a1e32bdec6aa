import { describe, expect, it } from '#jest';
import { SANDBOX_ACCOUNTS } from '../../dev/clinic.ts';
import { replayWebhook } from '../../dev/replay-webhook.ts';
import { PAYMENT_SUBJECTS } from '../contract/payment-subjects.ts';
import { readEnvironment } from '../support/environment.ts';
import { admin, eventually, openClinic, openPayment, untilStatus } from './support/clinic.ts';
import { PAYER } from './support/providers.ts';
import type { Provider } from './support/providers.ts';
import { payAtVendor } from './support/vendors.ts';

interface Stored {
  readonly id: string;
  readonly provider: string;
  readonly paymentId: string | null;
  readonly body: Readonly<Record<string, unknown>> | null;
}

/** The webhooks of a payment as an admin saves them. */
async function storedOf(provider: Provider): Promise<Stored[]> {
  const clinic = await openClinic({ provider });
  const { id } = await openPayment(clinic, { customer: PAYER });
  await payAtVendor(id);
  await untilStatus(clinic, id, 'completed');
  const rows = await eventually('its webhooks', async () => {
    const { json } = await admin<{ data: Stored[] }>('GET', '/v1/admin/inbox?limit=200');
    const own = json.data.filter(({ paymentId }) => paymentId === id);
    return own.length === PAYMENT_SUBJECTS[provider].webhooksOfPayment ? own : null;
  });
  return Promise.all(rows.map(async (row) => (await admin<Stored>('GET', `/v1/admin/inbox/${row.id}`)).json));
}

const replay = (stored: Pick<Stored, 'provider' | 'body'>) =>
  replayWebhook(stored, readEnvironment(), AbortSignal.timeout(60_000));

const PROVIDERS_OF_DEMO = Object.keys(SANDBOX_ACCOUNTS) as Provider[];

describe.each(PROVIDERS_OF_DEMO)('a webhook of %s that was stored and redacted', (provider) => {
  it('is understood about a payment of the sandbox, and completes it', async () => {
    for (const stored of await storedOf(provider)) {
      expect(JSON.stringify(stored.body)).toContain('[redacted]');
      const { answers, rows, payment } = await replay(stored);
      // At Stripe every endpoint of the demo account hears of it.
      expect(new Set(answers)).toEqual(new Set([200]));
      expect([rows.map(({ status }) => status), payment]).toEqual([['handled'], 'completed']);
    }
  });
});

describe('a stored webhook', () => {
  it('that the engine cannot read shows why', async () => {
    const { rows, payment } = await replay({ provider: 'payplus', body: { strange: 1 } });
    expect(rows).toMatchObject([
      { status: 'quarantined', reason: 'the body is not a callback about a transaction' },
    ]);
    expect(payment).toBe('pending');
  });

  it('that was refused has nothing to replay', async () => {
    await expect(replay({ provider: 'payplus', body: null })).rejects.toThrow('has no body');
  });
});
