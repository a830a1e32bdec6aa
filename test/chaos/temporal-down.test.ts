import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '#jest';
import { order } from '../api/rig.ts';
import type { ProblemBody } from '../api/rig.ts';
import {
  admin,
  call,
  openClinic,
  openPayment,
  readDocument,
  readPayment,
  untilReview,
} from '../e2e/support/clinic.ts';
import type { PaymentBody, TestWorkspace } from '../e2e/support/clinic.ts';
import { answeredDeliveries, payAll, payAtVendor } from '../e2e/support/vendors.ts';
import { calm } from './support/calm.ts';
import { openPayments, paymentsOf } from './support/payments.ts';
import { kill, pause, proceed, whileDown } from './support/processes.ts';
import { expectRightBooks, inBooks } from './support/right-books.ts';
import { recovered } from './support/recovered.ts';

beforeEach(calm);
afterEach(() => void proceed('temporal'));

/** Sends the same request each time. */
const requestOf = (clinic: TestWorkspace) => {
  const options = {
    once: true,
    key: clinic.key,
    body: order(),
    headers: { 'idempotency-key': randomUUID() },
  };
  return () => call<PaymentBody & ProblemBody>('POST', '/v1/payments', options);
};

/** The API may need a moment to find Temporal again; refusing until then is all it may do. */
const madeAtLast = (send: ReturnType<typeof requestOf>) =>
  recovered('the payment of the key', async () => {
    const answer = await send();
    if (answer.status === 503) return null;
    expect(answer.status).toBe(201);
    return answer.json.id;
  });

describe('when Temporal is killed', () => {
  it('while payments wait for their payers, they are completed by their webhooks after it is back', async () => {
    const clinic = await openClinic({ pushes: true });
    const ids = await openPayments(clinic, 3);
    await kill('temporal').restarted();
    await payAll(ids);
    await expectRightBooks(clinic, ids);
  });

  it('a webhook is taken while it is down, and its payment is completed after it is back', async () => {
    const clinic = await openClinic({ pushes: true });
    const [id = ''] = await openPayments(clinic, 1);
    await whileDown('temporal', async () => {
      await payAtVendor(id);
      const [delivery] = await answeredDeliveries(id, 1);
      expect(delivery?.status).toBe(200);
      expect((await readPayment(clinic, id)).status).toBe('pending');
    });
    await expectRightBooks(clinic, [id]);
  });

  it('a payer who comes back while it is down is not sent to pay again, whatever the address says', async () => {
    const clinic = await openClinic();
    const [id = ''] = await openPayments(clinic, 1);
    const url = (await readPayment(clinic, id)).link?.url ?? '';
    await whileDown('temporal', async () => {
      await payAtVendor(id, { webhook: 'never' });
      const back = await call<undefined>('GET', `${url}/return?outcome=failure`);
      expect([back.status, back.headers.get('location')]).toEqual([303, `${url}/returned/success`]);
    });
  });

  it('a new payment is refused with 503 while it is down, and the same key makes it later, once', async () => {
    const clinic = await openClinic({ pushes: true });
    const send = requestOf(clinic);
    await whileDown('temporal', async () => {
      for (let again = 0; again < 2; again += 1) {
        const refused = await send();
        expect([refused.status, refused.json.code]).toEqual([503, 'unavailable']);
        expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      }
    });
    const id = await madeAtLast(send);
    await payAtVendor(id);
    await expectRightBooks(clinic, [id]);
    expect(await paymentsOf(clinic)).toEqual([id]);
  });

  it('a payment that could not be started and that nobody asks for again is started by the sweeper', async () => {
    const clinic = await openClinic({ pushes: true });
    await whileDown('temporal', async () => expect((await requestOf(clinic)()).status).toBe(503));
    const [id = ''] = await paymentsOf(clinic);
    await inBooks(({ query }) =>
      query(`UPDATE payments SET created_at = created_at - interval '2 minutes' WHERE id = $1`, [id]),
    );
    await recovered('the link', async () => (await readPayment(clinic, id)).link);
    await payAtVendor(id);
    await expectRightBooks(clinic, [id]);
  });
});

/** A document that the invoice service refused for good, and that it would take now. */
async function refusedDocument(clinic: TestWorkspace): Promise<string> {
  const useAccount = async (apiKeyId: string) => {
    const slot = { service: 'green-invoice', credentials: { apiKeyId, apiKeySecret: 'secret' } };
    const put = await admin('PUT', `/v1/workspaces/${clinic.id}/invoice-service`, slot);
    expect(put.status).toBe(200);
  };
  await useAccount(`patur-${clinic.id}`);
  const { id } = await openPayment(clinic);
  await payAtVendor(id);
  const { documentIds } = await untilReview(clinic, id, 'push_failed');
  await useAccount(`murshe-${clinic.id}`);
  await inBooks(({ query }) =>
    query(
      `UPDATE invoice_pushes SET account_id = (SELECT id FROM provider_accounts
         WHERE workspace_id = $2 AND family = 'invoice' AND is_active) WHERE document_id = $1`,
      [documentIds[0], clinic.id],
    ),
  );
  return documentIds[0] ?? '';
}

describe('a push that is asked for again while Temporal is down', () => {
  it('is 503, and goes by itself once Temporal is back', async () => {
    const clinic = await openClinic();
    const id = await refusedDocument(clinic);
    const push = () => call('POST', `/v1/documents/${id}/push`, { once: true, key: clinic.key, body: {} });
    await whileDown('temporal', async () => {
      const refused = await push();
      expect([refused.status, refused.json.code]).toEqual([503, 'unavailable']);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    });
    await recovered('the push', async () => (await readDocument(clinic, id)).external);
  });
});

describe('when Temporal takes calls and never answers', () => {
  it('a new payment is refused with 503, and the same key makes it later, once', async () => {
    const clinic = await openClinic({ pushes: true });
    const send = requestOf(clinic);
    pause('temporal');
    const refused = await send();
    proceed('temporal');
    expect([refused.status, refused.json.code]).toEqual([503, 'unavailable']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    const id = await madeAtLast(send);
    await payAtVendor(id);
    await expectRightBooks(clinic, [id]);
    expect(await paymentsOf(clinic)).toEqual([id]);
  });
});
