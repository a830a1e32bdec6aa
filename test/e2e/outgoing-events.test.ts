import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { isSignedBy, startReceiver } from '../support/event-receiver.ts';
import type { EventReceiver } from '../support/event-receiver.ts';
import { mintKey, openWorkspace } from '../api/rig.ts';
import { call, eventually, openClinic, openPayment, untilStatus } from './support/clinic.ts';
import type { PageBody, PaymentBody, TestWorkspace } from './support/clinic.ts';
import { payAtVendor } from './support/vendors.ts';

interface EventBody {
  readonly id: string;
  readonly type: string;
  readonly sequence: number;
  readonly data: Readonly<Record<string, unknown>>;
}

let clinic: TestWorkspace;
let receiver: EventReceiver;
let secret: string;
let endpointId: string;
let payment: PaymentBody;

/** What came about the payment, in the order of its coming. */
const came = () => receiver.received.filter(({ event }) => event.data['paymentId'] === payment.id);

beforeAll(async () => {
  clinic = await openClinic({ pushes: true });
  receiver = await startReceiver();
  const endpoint = await call<{ id: string; secret: string }>('POST', '/v1/webhook-endpoints', {
    key: clinic.key,
    body: { url: receiver.url },
  });
  ({ id: endpointId, secret } = endpoint.json);
  const { id } = await openPayment(clinic, {
    amount: 35_000,
    customer: { name: 'Dana Levi', email: 'd@example.com' },
  });
  await payAtVendor(id);
  payment = await untilStatus(clinic, id, 'completed');
  await eventually('the last event', () =>
    Promise.resolve(came().some(({ event }) => event.type === 'invoice.pushed') ? true : null),
  );
});
afterAll(() => receiver.close());

const readEvents = async (path: string, key = clinic.key) =>
  (await call<PageBody<EventBody>>('GET', `/v1/events${path}`, { key })).json;

describe('a payment that is paid', () => {
  it('is told to the app in order, signed, without a name or an address', () => {
    expect(came().map(({ event }) => event.type)).toEqual([
      'payment.link_ready',
      'payment.completed',
      'document.issued',
      'invoice.pushed',
    ]);
    expect(came().map(({ event }) => event.sequence)).toEqual([1, 2, 3, 4]);
    for (const one of came()) {
      expect(isSignedBy(secret, one)).toBe(true);
      expect(one.body).not.toMatch(/Dana|example\.com/);
    }
    expect(came()[1]?.event.data).toMatchObject({
      paymentId: payment.id,
      status: 'completed',
      amount: 35_000,
      currency: 'ILS',
    });
  });

  it('shows its events as they were sent, newest first, by type and page by page', async () => {
    const { data } = await readEvents(`?paymentId=${payment.id}`);
    expect(data).toEqual(
      came()
        .map(({ event }) => event)
        .reverse(),
    );
    const [first] = (await readEvents(`?paymentId=${payment.id}&limit=1`)).data;
    expect(first).toEqual(data[0]);
    const { next } = await readEvents(`?paymentId=${payment.id}&limit=3`);
    expect((await readEvents(`?paymentId=${payment.id}&after=${next ?? ''}`)).data).toEqual(data.slice(3));
    expect((await readEvents(`?paymentId=${payment.id}&type=document.issued`)).data).toEqual([data[1]]);
    expect(
      (await call<EventBody>('GET', `/v1/events/${data[0]?.id ?? ''}`, { key: clinic.key })).json,
    ).toEqual(data[0]);
  });

  it('is told again when asked, to the one endpoint or to all', async () => {
    const id = came()[0]?.id ?? '';
    const count = () => receiver.received.filter((one) => one.id === id).length;
    for (const body of [{}, { endpointId }]) {
      const before = count();
      const again = await call('POST', `/v1/events/${id}/redeliver`, { key: clinic.key, body });
      expect([again.status, again.json]).toEqual([202, { eventId: id, endpointIds: [endpointId] }]);
      await eventually('the event again', () => Promise.resolve(count() > before ? true : null));
    }
    const attempts = await call<PageBody<{ endpointId: string }>>(
      'GET',
      `/v1/events/${id}/attempts?limit=1`,
      {
        key: clinic.key,
      },
    );
    expect(attempts.json.data).toHaveLength(1);
    expect(attempts.json.next).not.toBeNull();
  });
});

describe('who may see events', () => {
  it('needs payments:read, and settings:write to send one again', async () => {
    const id = came()[0]?.id ?? '';
    const settings = await mintKey(clinic.id, ['settings:write']);
    const reader = await mintKey(clinic.id, ['payments:read']);
    const answers = await Promise.all([
      call('GET', '/v1/events', { key: settings }),
      call('GET', `/v1/events/${id}`, { key: settings }),
      call('GET', `/v1/events/${id}/attempts`, { key: settings }),
      call('POST', `/v1/events/${id}/redeliver`, { key: reader, body: {} }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    expect((await call('GET', `/v1/events/${id}`, { key: reader })).status).toBe(200);
  });

  it('finds no event of another workspace', async () => {
    const other = await openWorkspace({ provider: false });
    const id = came()[0]?.id ?? '';
    for (const key of [other.key, await mintKey(other.id, ['reports:read'])]) {
      const answers = await Promise.all([
        call('GET', `/v1/events/${id}`, { key }),
        call('GET', `/v1/events/${id}/attempts`, { key }),
        call('POST', `/v1/events/${id}/redeliver`, { key, body: {} }),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    }
    expect((await readEvents(`?paymentId=${payment.id}`, other.key)).data).toEqual([]);
  });

  it('is told which field is wrong', async () => {
    const id = came()[0]?.id ?? '';
    const elsewhere = 'whe_00000000000000000000000000';
    const answers = await Promise.all([
      call('GET', '/v1/events?type=payment.paid', { key: clinic.key }),
      call('GET', '/v1/events?after=nonsense', { key: clinic.key }),
      call('GET', '/v1/events?payment=x', { key: clinic.key }),
      call('POST', `/v1/events/${id}/redeliver`, { key: clinic.key, body: { endpointId: elsewhere } }),
    ]);
    expect(answers.map(({ status, json }) => [status, json.errors?.[0]?.pointer])).toEqual([
      [422, '#/type'],
      [422, '#/after'],
      [422, '#/payment'],
      [422, '#/endpointId'],
    ]);
  });
});

describe('an endpoint that is paused', () => {
  it('loses nothing: what happened meanwhile comes when it is enabled, in order', async () => {
    const change = (status: string) =>
      call('PATCH', `/v1/webhook-endpoints/${endpointId}`, { key: clinic.key, body: { status } });
    await change('paused');
    const { id } = await openPayment(clinic);
    await payAtVendor(id);
    await untilStatus(clinic, id, 'completed');
    const about = () => receiver.received.filter(({ event }) => event.data['paymentId'] === id);
    expect(about()).toEqual([]);
    await change('enabled');
    await eventually('the last event', () =>
      Promise.resolve(about().some(({ event }) => event.type === 'invoice.pushed') ? true : null),
    );
    expect(about().map(({ event }) => event.sequence)).toEqual([1, 2, 3, 4]);
  });
});
