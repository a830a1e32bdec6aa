import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { signedCallback } from '../api/rig.ts';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import {
  admin,
  call,
  eventually,
  openClinic,
  openPayment,
  readPayment,
  untilStatus,
} from './support/clinic.ts';
import type { Clinic } from './support/clinic.ts';
import { payAtVendor } from './support/vendors.ts';

interface Row {
  readonly id: string;
  readonly status: string;
  readonly paymentId: string | null;
  readonly reason: string | null;
  readonly handledAs: string | null;
}

let clinic: Clinic;
let books: Books;
beforeAll(async () => {
  books = openBooks();
  clinic = await openClinic();
});
afterAll(() => books.close());

const send = ({ body, headers }: ReturnType<typeof signedCallback>) =>
  call('POST', clinic.webhookUrl, { raw: body, headers });
const look = async (id: string): Promise<Row> => (await admin<Row>('GET', `/v1/admin/inbox/${id}`)).json;
const replay = <Body = Row>(id: string) => admin<Body>('POST', `/v1/admin/inbox/${id}/replay`, {});
const newestId = async (verdict: string): Promise<string> =>
  (
    await books.query<{ id: string }>(
      'SELECT id FROM provider_events WHERE workspace_id = $1 AND verdict = $2 ORDER BY received_at DESC, id DESC LIMIT 1',
      [clinic.id, verdict],
    )
  )[0]?.id ?? '';

/** A webhook about a payment, left as an adapter would leave it that could not read it. */
async function quarantine(paymentId: string, uid: string = randomUUID()): Promise<string> {
  await send(signedCallback(clinic.credentials['secretKey'] ?? '', paymentId, uid));
  const id = await newestId('accepted');
  await books.query(
    `UPDATE provider_events SET verdict = 'quarantined', payment_id = NULL, due_at = NULL, handled_at = NULL, handled_as = NULL,
       event_id = 'sha256:' || id, reason = 'a test' WHERE id = $1`,
    [id],
  );
  return id;
}

describe('a row of the inbox', () => {
  it('is shown with its headers and fields, and without signature and person', async () => {
    const { id: paymentId } = await openPayment(clinic);
    const id = await quarantine(paymentId);
    const row = await look(id);
    expect(row).toMatchObject({
      id,
      status: 'quarantined',
      headers: { hash: '[redacted]', 'user-agent': 'PayPlus' },
      body: { transaction: { more_info: paymentId, currency: 'ILS', amount: 350 } },
    });
  });

  it('that was quarantined is read again, and its payment completed', async () => {
    const { id: paymentId } = await openPayment(clinic);
    const id = await quarantine(paymentId);
    await payAtVendor(paymentId, { webhook: 'never' });
    expect((await readPayment(clinic, paymentId)).status).toBe('pending');
    expect((await replay(id)).json).toMatchObject({ status: 'pending', paymentId, reason: null });
    await untilStatus(clinic, paymentId, 'completed');
    const { json } = await call<{ data: readonly { action: string; subjectId: string | null }[] }>(
      'GET',
      '/v1/audit',
      { key: clinic.key },
    );
    expect(json.data[0]).toMatchObject({ action: 'inbox.replayed', subjectId: id });
  });

  it('that is still about nothing of ours stays in quarantine, with its reason', async () => {
    const other = await openPayment(await openClinic());
    await send(signedCallback(clinic.credentials['secretKey'] ?? '', other.id));
    const strange = await newestId('quarantined');
    const { json } = await replay(strange);
    expect(json).toMatchObject({
      status: 'quarantined',
      reason: 'it names no known payment of this account',
    });
  });

  it('of an event that the vendor sent again meanwhile is closed', async () => {
    const { id: paymentId } = await openPayment(clinic);
    const uid = randomUUID();
    const id = await quarantine(paymentId, uid);
    await send(signedCallback(clinic.credentials['secretKey'] ?? '', paymentId, uid));
    expect((await replay(id)).json).toMatchObject({ status: 'handled', handledAs: 'duplicate' });
  });

  it('that was handled is told again, and moves nothing twice', async () => {
    const { id: paymentId } = await openPayment(clinic);
    await payAtVendor(paymentId);
    await untilStatus(clinic, paymentId, 'completed');
    const [row] = await books.inboxOf(paymentId);
    expect((await replay(row?.id ?? '')).json.status).toBe('pending');
    await eventually('the row handled anew', async () => {
      const { status } = await look(row?.id ?? '');
      return status === 'handled' ? status : null;
    });
    expect((await readPayment(clinic, paymentId)).documentIds).toHaveLength(1);
  });

  it('that was refused is not replayed; among several it stops no other', async () => {
    const { id: paymentId } = await openPayment(clinic);
    await send(signedCallback('another-secret', paymentId));
    const refused = await newestId('refused');
    const answer = await replay<{ code: string }>(refused);
    expect([answer.status, answer.json.code]).toEqual([409, 'not_replayable']);
    const good = await quarantine(paymentId);
    const { json } = await admin<{ data: Row[] }>('POST', '/v1/admin/inbox/replay', {
      ids: [refused, good, 'in_nothing'],
    });
    expect(json.data).toMatchObject([
      { id: refused, status: 'not_replayed', paymentId: null },
      { id: good, status: 'pending', paymentId, reason: null },
      { id: 'in_nothing', status: 'not_replayed', reason: 'there is no such row in the inbox' },
    ]);
  });

  it('whose sender the present secrets do not prove is not replayed', async () => {
    const own = await openClinic();
    const { id: paymentId } = await openPayment(own);
    const { body, headers } = signedCallback(own.credentials['secretKey'] ?? '', paymentId);
    await call('POST', own.webhookUrl, { raw: body, headers });
    const [row] = await books.inboxOf(paymentId);
    await books.query(
      `UPDATE provider_events SET verdict = 'quarantined', payment_id = NULL, due_at = NULL WHERE id = $1`,
      [row?.id],
    );
    for (let n = 0; n < 2; n += 1) {
      const credentials = { ...own.credentials, secretKey: `renewed-${n}` };
      await admin('PUT', `/v1/workspaces/${own.id}/payment-provider`, { provider: 'payplus', credentials });
    }
    const answer = await replay<{ code: string; detail: string }>(row?.id ?? '');
    expect([answer.status, answer.json.code]).toEqual([409, 'not_replayable']);
    expect(answer.json.detail).toContain('do not prove its sender');
  });
});
