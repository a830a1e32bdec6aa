import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { endDelivery, claimDueStreams } from '../../src/db/event-streams.ts';
import { inWorkspace } from '../../src/db/transaction.ts';
import { eventually } from '../api/rig.ts';
import { createDeliveryRig, sequencesOf, tellLink } from './delivery-rig.ts';
import type { DeliveryRig } from './delivery-rig.ts';

const ROOM = { ofOne: 10, ofFailing: 3, inAll: 100 };

describe('the order of events', () => {
  let rig: DeliveryRig;
  beforeAll(async () => {
    rig = await createDeliveryRig('event_order');
    rig.startWorker();
  });
  afterAll(() => rig.close());

  it('is kept for a payment while its first event fails, and other payments go on', async () => {
    const endpoint = await rig.endpoint();
    const [ill, well] = [await rig.payment(), await rig.payment()];
    endpoint.answer(({ event }, response) => {
      response.writeHead(event.data['paymentId'] === ill ? 500 : 200).end();
    });
    await rig.happen(ill, 3);
    await rig.happen(well, 3);
    await eventually('the other payment', async () =>
      Promise.resolve(sequencesOf(endpoint, well).length === 3 ? true : null),
    );
    await rig.hurry();
    await eventually('a second try', async () =>
      Promise.resolve(sequencesOf(endpoint, ill).length >= 2 ? true : null),
    );
    expect(new Set(sequencesOf(endpoint, ill))).toEqual(new Set([1]));
    expect(sequencesOf(endpoint, well)).toEqual([1, 2, 3]);

    endpoint.answer((_received, response) => response.end());
    await rig.hurry();
    await rig.untilSent(endpoint);
    expect(sequencesOf(endpoint, ill).slice(-3)).toEqual([1, 2, 3]);
  });

  it('is kept for what a workspace is told about itself', async () => {
    const endpoint = await rig.endpoint({ eventTypes: ['workspace.provider_changed'] });
    for (let count = 0; count < 5; count += 1) await rig.happenToWorkspace();
    await rig.untilSent(endpoint);
    const sequences = endpoint.received.map(({ event }) => event.sequence);
    expect(sequences).toHaveLength(5);
    expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
    expect(endpoint.received.every(({ event }) => event.data['paymentId'] === null)).toBe(true);
  });

  it('goes on behind an event that was given up after its last try', async () => {
    const endpoint = await rig.endpoint();
    const payment = await rig.payment();
    endpoint.answer(({ event }, response) => response.writeHead(event.sequence === 1 ? 400 : 200).end());
    await rig.happen(payment);
    await eventually('the first try', async () =>
      Promise.resolve(sequencesOf(endpoint, payment).length > 0 ? true : null),
    );
    await rig.happen(payment);
    await rig.pool.query('UPDATE event_streams SET tries = 11, due_at = now() WHERE subject = $1', [payment]);
    await rig.untilSent(endpoint);

    expect(sequencesOf(endpoint, payment)).toEqual([1, 1, 2]);
    const { rows } = await rig.pool.query<{ status: string }>(
      'SELECT status FROM event_deliveries WHERE subject = $1 AND endpoint_id = $2 ORDER BY sequence',
      [payment, endpoint.id],
    );
    expect(rows.map(({ status }) => status)).toEqual(['given_up', 'delivered']);
  });
});

describe('the sequence of events', () => {
  let rig: DeliveryRig;
  beforeAll(async () => (rig = await createDeliveryRig('event_sequence')));
  afterAll(() => rig.close());

  it('has no hole where many write at once and some of them fail', async () => {
    const endpoint = await rig.endpoint();
    const paymentId = await rig.payment();
    const owner = { workspaceId: rig.workspaceId, paymentId };
    const writes = Array.from({ length: 60 }, (_, index) =>
      inWorkspace(rig.pool, rig.workspaceId, async (tx) => {
        await tellLink(tx, owner);
        if (index % 3 === 0) throw new Error('rolled back');
      }).catch(() => undefined),
    );
    await Promise.all(writes);
    rig.startWorker();
    await rig.untilSent(endpoint);
    expect(sequencesOf(endpoint, paymentId)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  });
});

describe('an event that is written while an earlier one is being recorded', () => {
  let rig: DeliveryRig;
  beforeAll(async () => (rig = await createDeliveryRig('event_news')));
  afterAll(() => rig.close());

  it('is not forgotten, though the recording statement cannot see it', async () => {
    const endpoint = await rig.endpoint();
    const paymentId = await rig.payment();
    await rig.happen(paymentId);
    const [taken] = await claimDueStreams(rig.pool, [endpoint.id], new Map(), ROOM);
    if (taken === undefined) throw new Error('nothing was due');
    const attempt = { at: new Date(), durationMs: 1, failure: null, status: 200, error: null, answer: '' };
    const isWaiting = async () => {
      const { rows } = await rig.pool.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return rows.length > 0 ? true : null;
    };
    const recorded = await inWorkspace(rig.pool, rig.workspaceId, async (tx) => {
      await tellLink(tx, { workspaceId: rig.workspaceId, paymentId });
      const recording = endDelivery(rig.pool, taken, attempt, 'delivered');
      await eventually('the wait for the row', isWaiting);
      return { recording };
    });
    expect(await recorded.recording).toBe(true);
    rig.startWorker();
    await rig.untilSent(endpoint);
    expect(sequencesOf(endpoint, paymentId)).toEqual([2]);
  });
});

describe('a worker that dies', () => {
  let rig: DeliveryRig;
  beforeAll(async () => (rig = await createDeliveryRig('event_leases')));
  afterAll(() => rig.close());

  it('loses nothing: what it took is sent by another one when its time is over', async () => {
    const endpoint = await rig.endpoint();
    const paymentId = await rig.payment();
    await rig.happen(paymentId, 2);
    const [taken, ...more] = await claimDueStreams(rig.pool, [endpoint.id], new Map(), ROOM);
    expect(more).toEqual([]);
    expect(taken).toMatchObject({ endpointId: endpoint.id, subject: paymentId, sequence: 1 });
    expect(await claimDueStreams(rig.pool, [endpoint.id], new Map(), ROOM)).toEqual([]);

    await rig.hurry();
    const another = rig.startWorker();
    await rig.untilSent(endpoint);
    await another.stop();
    expect(sequencesOf(endpoint, paymentId)).toEqual([1, 2]);
  });

  it('changes nothing any more if it was only slow: another one has the stream', async () => {
    const endpoint = await rig.endpoint();
    await rig.happen(await rig.payment(), 2);
    const take = () => claimDueStreams(rig.pool, [endpoint.id], new Map(), ROOM);
    const dueAt = async () =>
      (
        await rig.pool.query<{ due: Date }>(
          'SELECT due_at AS due FROM event_streams WHERE endpoint_id = $1',
          [endpoint.id],
        )
      ).rows;
    const [slow] = await take();
    await rig.hurry();
    const [other] = await take();
    if (slow === undefined || other === undefined) throw new Error('nothing was due');
    expect([slow.eventId, slow.turn + 1]).toEqual([other.eventId, other.turn]);
    const before = await dueAt();
    const attempt = { at: new Date(), durationMs: 1, failure: null, status: 200, error: null, answer: '' };
    expect(await endDelivery(rig.pool, slow, attempt, 'delivered')).toBe(false);
    expect(await dueAt()).toEqual(before);
    expect(await endDelivery(rig.pool, other, attempt, 'delivered')).toBe(true);
  });
});
