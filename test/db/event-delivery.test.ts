import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { redeliver, redeliverFailed } from '../../src/db/events.ts';
import { hastenStreams } from '../../src/db/event-streams.ts';
import { inWorkspace } from '../../src/db/transaction.ts';
import {
  deleteEndpoint,
  findEndpoint,
  rotateSecret,
  updateEndpoint,
} from '../../src/db/webhook-endpoints.ts';
import { tellEndpoint } from '../../src/history/tell.ts';
import { placeIn } from '../../src/sealed-places.ts';
import { eventually } from '../api/rig.ts';
import { isSignedBy } from '../support/event-receiver.ts';
import { createDeliveryRig, sequencesOf } from './delivery-rig.ts';
import type { DeliveryRig, TestEndpoint } from './delivery-rig.ts';

let rig: DeliveryRig;
beforeAll(async () => {
  rig = await createDeliveryRig('event_delivery');
  rig.startWorker();
});
afterAll(() => rig.close());

const until = (what: string, isSo: () => boolean) =>
  eventually(what, () => Promise.resolve(isSo() ? true : null));

const inside = <T>(run: Parameters<typeof inWorkspace<T>>[2]) => inWorkspace(rig.pool, rig.workspaceId, run);

async function stateOf({ id }: TestEndpoint) {
  const row = await inside((tx) => findEndpoint(tx, id));
  if (row === null) throw new Error(`${id} is gone`);
  return row;
}

describe('an endpoint', () => {
  it('gets the events of its types that happen from its making on, and no others', async () => {
    const paymentId = await rig.payment();
    await rig.happen(paymentId);
    const all = await rig.endpoint();
    const some = await rig.endpoint({ eventTypes: ['workspace.provider_changed'] });
    await rig.happen(paymentId);
    await rig.happenToWorkspace();
    await rig.untilSent(all, some);
    expect(all.received.map(({ event }) => event.type).sort()).toEqual([
      'payment.link_ready',
      'workspace.provider_changed',
    ]);
    expect(sequencesOf(all, paymentId)).toEqual([2]);
    expect(some.received.map(({ event }) => event.type)).toEqual(['workspace.provider_changed']);
  });

  it('gets the envelope, signed so that the official library accepts it', async () => {
    const endpoint = await rig.endpoint();
    const paymentId = await rig.payment();
    await rig.happen(paymentId);
    await rig.untilSent(endpoint);
    const [one] = endpoint.received;
    if (one === undefined) throw new Error('nothing came');
    expect(one.event).toEqual({
      id: expect.stringMatching(/^evt_/),
      type: 'payment.link_ready',
      apiVersion: '2026-12-01',
      sequence: 1,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      data: { paymentId, status: 'pending', provider: 'payplus' },
    });
    expect(one.id).toBe(one.event.id);
    expect(isSignedBy(endpoint.secret, one)).toBe(true);
    expect(isSignedBy(`whsec_${Buffer.alloc(32).toString('base64')}`, one)).toBe(false);
  });

  it('gets both signatures after a rotation, and the new one alone once the old secret has run out', async () => {
    const endpoint = await rig.endpoint();
    const paymentId = await rig.payment();
    const { secret: old } = endpoint;
    const fresh = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    const sealed = {
      secret: rig.secrets.seal(placeIn('webhook_endpoints.secret', endpoint.id), fresh),
      previous: rig.secrets.seal(placeIn('webhook_endpoints.previous', endpoint.id), old),
    };
    await inside((tx) => rotateSecret(tx, endpoint.id, sealed, 24));
    await rig.happen(paymentId);
    await rig.untilSent(endpoint);
    await rig.pool.query('UPDATE webhook_endpoints SET previous_valid_until = now() WHERE id = $1', [
      endpoint.id,
    ]);
    await rig.happen(paymentId);
    await rig.untilSent(endpoint);
    const verdicts = endpoint.received.map((one) => [isSignedBy(old, one), isSignedBy(fresh, one)]);
    expect(verdicts).toEqual([
      [true, true],
      [false, true],
    ]);
  });

  it('gets a test by itself, whatever types it wants and whatever waits', async () => {
    const endpoint = await rig.endpoint({ eventTypes: ['workspace.provider_changed'] });
    const other = await rig.endpoint();
    endpoint.answer(({ event }, response) => response.writeHead(event.type === 'test' ? 200 : 500).end());
    await rig.happenToWorkspace();
    await until('the failure', () => endpoint.received.length > 0);
    const { workspaceId } = rig;
    const eventId = await inside((tx) => tellEndpoint(tx, { id: endpoint.id, workspaceId }));
    await until('the test', () => endpoint.received.some(({ id }) => id === eventId));
    expect(endpoint.received.find(({ id }) => id === eventId)?.event).toMatchObject({
      type: 'test',
      data: { paymentId: null, endpointId: endpoint.id },
    });
    await rig.untilSent(other);
    expect(other.received.map(({ event }) => event.type)).toEqual(['workspace.provider_changed']);
  });

  it('that is dead or slow delays no other', async () => {
    const [refusing, hanging, live] = [
      await rig.endpoint({ url: 'http://127.0.0.1:9/' }),
      await rig.endpoint(),
      await rig.endpoint(),
    ];
    hanging.answer(() => undefined);
    const payments = await Promise.all(Array.from({ length: 40 }, () => rig.payment()));
    await Promise.all(payments.map((paymentId) => rig.happen(paymentId, 2)));
    await rig.untilSent(live);
    expect(live.received).toHaveLength(80);
    expect((await stateOf(refusing)).failingSince).not.toBeNull();
    // Ten sends at a time hang for ten seconds each: it has not even had the first event of every payment.
    expect(hanging.received.length).toBeLessThan(40);
    await inside((tx) => deleteEndpoint(tx, hanging.id));
    await inside((tx) => deleteEndpoint(tx, refusing.id));
  });

  it('gets nothing any more once it is deleted', async () => {
    const endpoint = await rig.endpoint();
    const paymentId = await rig.payment();
    endpoint.answer((_received, response) => response.writeHead(500).end());
    await rig.happen(paymentId, 2);
    await until('the failure', () => endpoint.received.length === 1);
    await inside((tx) => deleteEndpoint(tx, endpoint.id));
    await rig.happen(paymentId);
    const { rows } = await rig.pool.query<{ status: string }>(
      'SELECT status FROM event_deliveries WHERE endpoint_id = $1',
      [endpoint.id],
    );
    expect(rows.map(({ status }) => status)).toEqual(['given_up', 'given_up']);
  });
});

describe('an endpoint that takes nothing for five days', () => {
  it('is disabled with an event; what waits and what comes is sent once it is enabled, in order', async () => {
    const endpoint = await rig.endpoint();
    const watcher = await rig.endpoint({ eventTypes: ['webhook_endpoint.disabled'] });
    const paymentId = await rig.payment();
    endpoint.answer((_received, response) => response.writeHead(503).end('down'));
    await rig.happen(paymentId);
    await until('the failure', () => endpoint.received.length === 1);
    await eventually('failing', async () => ((await stateOf(endpoint)).failingSince === null ? null : true));
    // Twelve tries were made in vain, and it is down: then no event is given up.
    await rig.pool.query(
      `UPDATE webhook_endpoints SET failing_since = now() - interval '5 days 1 minute' WHERE id = $1`,
      [endpoint.id],
    );
    await rig.pool.query('UPDATE event_streams SET tries = 14, due_at = now() WHERE subject = $1', [
      paymentId,
    ]);
    await eventually('disabled', async () => ((await stateOf(endpoint)).status === 'disabled' ? true : null));
    expect(await stateOf(endpoint)).toMatchObject({ disabledReason: 'failing' });
    await rig.untilSent(watcher);
    expect(watcher.received.map(({ event }) => event.data)).toEqual([
      { paymentId: null, endpointId: endpoint.id, reason: 'failing' },
    ]);

    await rig.happen(paymentId, 2);
    await rig.hurry();
    const before = endpoint.received.length;
    endpoint.answer((_received, response) => response.end());
    await inside(async (tx) => {
      const row = await findEndpoint(tx, endpoint.id);
      if (row !== null) await updateEndpoint(tx, { ...row, status: 'enabled' });
      await hastenStreams(tx, endpoint.id);
    });
    await rig.untilSent(endpoint);
    const after = endpoint.received.slice(before);
    expect(
      after.filter(({ event }) => event.data['paymentId'] === paymentId).map(({ event }) => event.sequence),
    ).toEqual([1, 2, 3]);
    expect(after.some(({ event }) => event.type === 'webhook_endpoint.disabled')).toBe(true);
    expect(await stateOf(endpoint)).toMatchObject({
      status: 'enabled',
      failingSince: null,
      disabledAt: null,
    });
  });

  it('is disabled at once where it answers 410', async () => {
    const endpoint = await rig.endpoint();
    endpoint.answer((_received, response) => response.writeHead(410).end());
    await rig.happen(await rig.payment());
    await eventually('disabled', async () => ((await stateOf(endpoint)).status === 'disabled' ? true : null));
    expect(await stateOf(endpoint)).toMatchObject({ disabledReason: 'gone' });
  });
});

describe('sending again', () => {
  it('sends one event again to the endpoint that had it', async () => {
    const endpoint = await rig.endpoint();
    const paymentId = await rig.payment();
    await rig.happen(paymentId, 2);
    await rig.untilSent(endpoint);
    const [first] = endpoint.received;
    await inside((tx) => redeliver(tx, endpoint.id, first?.id ?? ''));
    await until('the event again', () => endpoint.received.length === 3);
    expect(endpoint.received.at(-1)?.body).toBe(first?.body);
  });

  it('sends all that failed since an instant: what was given up and what waits for its next try', async () => {
    const endpoint = await rig.endpoint();
    const [old, lost, waiting, well] = [
      await rig.payment(),
      await rig.payment(),
      await rig.payment(),
      await rig.payment(),
    ];
    endpoint.answer(({ event }, response) => {
      response.writeHead(event.data['paymentId'] === well ? 200 : 500).end();
    });
    for (const paymentId of [old, lost, waiting, well]) await rig.happen(paymentId);
    await until('the failures', () => endpoint.received.length === 4);
    await rig.pool.query(`UPDATE events SET created_at = now() - interval '2 days' WHERE payment_id = $1`, [
      old,
    ]);
    await rig.pool.query('UPDATE event_streams SET tries = 11, due_at = now() WHERE subject IN ($1, $2)', [
      old,
      lost,
    ]);
    await until('the last tries', () => endpoint.received.length === 6);
    await eventually('given up', async () => {
      const { rows } = await rig.pool.query(
        `SELECT FROM event_deliveries WHERE status = 'given_up' AND endpoint_id = $1`,
        [endpoint.id],
      );
      return rows.length === 2 ? true : null;
    });
    endpoint.answer((_received, response) => response.end());
    const since = new Date(Date.now() - 86_400_000);
    expect(await inside((tx) => redeliverFailed(tx, endpoint.id, since))).toBe(2);
    await rig.untilSent(endpoint);
    const again = endpoint.received.slice(6).map(({ event }) => event.data['paymentId']);
    expect(new Set(again)).toEqual(new Set([lost, waiting]));
  });
});
