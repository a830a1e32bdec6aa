import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '#jest';
import { readEnvironment } from '../support/environment.ts';
import {
  admin,
  call,
  eventually,
  openPayment,
  openWorkspace,
  payAtVendor,
  signedCallback,
  untilStatus,
} from './rig.ts';
import type { PageBody, TestWorkspace } from './rig.ts';

interface InboxRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly paymentId: string | null;
  readonly verdict: string;
  readonly reason: string | null;
  readonly handledAs: string | null;
}

const inboxOf = async (clinic: TestWorkspace, status = ''): Promise<InboxRow[]> => {
  const { json } = await admin<PageBody<InboxRow>>('GET', `/v1/admin/inbox?limit=200${status}`);
  return json.data.filter(({ workspaceId }) => workspaceId === clinic.id);
};

async function count(verdict: string): Promise<number> {
  const texts = await Promise.all(
    readEnvironment().metricsUrl.map((url) => fetch(url).then((answer) => answer.text())),
  );
  const pattern = new RegExp(
    `^tashlum_webhooks_total\\{provider="payplus",verdict="${verdict}"\\} (\\d+)`,
    'm',
  );
  return texts.reduce((sum, text) => sum + Number(pattern.exec(text)?.[1] ?? 0), 0);
}

describe('a webhook', () => {
  let clinic: TestWorkspace;
  beforeAll(async () => {
    clinic = await openWorkspace();
  });

  const send = (body: string | Buffer, headers: Record<string, string>, url = clinic.webhookUrl) =>
    call<{ received?: boolean; code?: string }>('POST', url, { raw: body, headers });

  it('is stored before it is answered, and a copy of it changes nothing', async () => {
    const { id } = await openPayment(clinic);
    const { body, headers } = signedCallback(clinic.secretKey, id);
    const before = await count('duplicate');
    const answers = await Promise.all(Array.from({ length: 50 }, () => send(body, headers)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
    expect(answers[0]?.json).toEqual({ received: true });
    expect((await inboxOf(clinic)).filter(({ paymentId }) => paymentId === id)).toHaveLength(1);
    expect(await count('duplicate')).toBe(before + 49);
  });

  it('is not believed: what the provider does not confirm moves nothing', async () => {
    const { id } = await openPayment(clinic);
    const { body, headers } = signedCallback(clinic.secretKey, id);
    await send(body, headers);
    const row = await eventually('the row', async () => {
      return (await inboxOf(clinic)).find(({ paymentId }) => paymentId === id) ?? null;
    });
    expect(row.verdict).toBe('accepted');
    const read = await call<{ status: string }>('GET', `/v1/payments/${id}`, { key: clinic.key });
    expect(read.json.status).toBe('pending');
  });

  it('with a wrong signature is a 401, and is seen in the inbox and on the account', async () => {
    const refusing = await openWorkspace();
    const slot = () =>
      admin<{ lastRefusedWebhook: unknown }>('GET', `/v1/workspaces/${refusing.id}/payment-provider`);
    expect((await slot()).json.lastRefusedWebhook).toBeNull();
    const { id } = await openPayment(refusing);
    const before = await count('bad_signature');
    const { body } = signedCallback('another-secret', id);
    for (const headers of [
      {},
      { 'user-agent': 'PayPlus', hash: 'AAAA' },
      signedCallback('another-secret', id).headers,
    ]) {
      const answer = await send(body, headers, refusing.webhookUrl);
      expect([answer.status, answer.json.code]).toEqual([401, 'bad_signature']);
    }
    // Other test files are refused at the same API meanwhile.
    expect(await count('bad_signature')).toBeGreaterThanOrEqual(before + 3);
    const rows = await inboxOf(refusing, '&status=refused');
    expect(rows.map(({ reason }) => reason)).toEqual([
      'the header hash does not belong to this body',
      'the header hash does not belong to this body',
      'the header hash is missing',
    ]);
    expect(rows).toEqual(await inboxOf(refusing));
    expect(rows[0]).toMatchObject({ verdict: 'refused', paymentId: null, handledAs: 'refused' });
    const reason = 'the header hash does not belong to this body';
    expect((await slot()).json.lastRefusedWebhook).toMatchObject({ reason, inARow: 3 });
    const { json } = await call<PageBody<{ type: string; data: object }>>('GET', '/v1/events', {
      key: refusing.key,
    });
    const told = json.data.filter(({ type }) => type === 'provider.webhooks_refused');
    expect(told.map(({ data }) => data)).toEqual([
      { paymentId: null, provider: 'payplus', reason, inARow: 3 },
    ]);

    const good = signedCallback(refusing.secretKey, id);
    expect((await send(good.body, good.headers, refusing.webhookUrl)).status).toBe(200);
    expect((await slot()).json.lastRefusedWebhook).toMatchObject({ reason, inARow: 0 });
  });

  it('to an unknown address is a 404', async () => {
    const { origin } = new URL(clinic.webhookUrl);
    const token = clinic.webhookUrl.split('/').at(-1) ?? '';
    for (const path of [
      `/webhooks/payplus/${randomUUID()}`,
      `/webhooks/grow/${token}`,
      `/webhooks/nobody/${token}`,
    ]) {
      expect((await send('{}', {}, origin + path)).status).toBe(404);
    }
  });

  it('that is too large is a 413, of another type a 415', async () => {
    expect((await send('x'.repeat(256 * 1024 + 1), {})).status).toBe(413);
    expect((await send('{}', { 'content-type': 'text/xml' })).status).toBe(415);
  });

  it('about a payment of another workspace is quarantined', async () => {
    const other = await openWorkspace();
    const { id } = await openPayment(other);
    const { body, headers } = signedCallback(clinic.secretKey, id);
    expect((await send(body, headers)).status).toBe(200);
    const [row] = (await inboxOf(clinic, '&status=quarantined')).slice(0, 1);
    expect(row).toMatchObject({ verdict: 'quarantined', paymentId: null });
    expect(await inboxOf(other)).toEqual([]);
  });

  it('that is signed and cannot be read is kept for a person', async () => {
    const { id } = await openPayment(clinic);
    await payAtVendor(id, { webhook: 'truncated' });
    await eventually('a quarantined row', async () => {
      const rows = await inboxOf(clinic, '&status=quarantined');
      return rows.find(({ reason }) => reason?.includes('callback') === true) ?? null;
    });
    const answer = await call('POST', `/v1/payments/${id}/check`, { key: clinic.key });
    expect(answer.status).toBe(200);
    await untilStatus(clinic, id, 'completed');
  });
});
