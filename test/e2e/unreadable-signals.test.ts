import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { eventually, openClinic, openPayment, untilStatus } from './support/clinic.ts';
import type { PaymentBody, TestWorkspace } from './support/clinic.ts';
import { openTemporal } from './support/temporal.ts';
import type { Temporal } from './support/temporal.ts';
import { payAtVendor } from './support/vendors.ts';
import { readWorkerLog } from './support/worker-log.ts';

let clinic: TestWorkspace;
let temporal: Temporal;
beforeAll(async () => {
  temporal = await openTemporal();
  clinic = await openClinic();
});
afterAll(() => temporal.close());

const encoded = (encoding: string, data: string | Buffer) => ({
  metadata: { encoding: Buffer.from(encoding) },
  data: Buffer.from(data),
});

const signal = (
  payment: PaymentBody,
  payload: ReturnType<typeof encoded> | { metadata: object; data: Buffer },
) =>
  temporal.client.workflowService.signalWorkflowExecution({
    namespace: temporal.client.options.namespace,
    workflowExecution: { workflowId: temporal.ofPayment(payment).workflowId },
    signalName: 'providerEvent',
    input: { payloads: [payload as ReturnType<typeof encoded>] },
  });

describe('a signal that cannot be read', () => {
  it.each([
    ['half a JSON', encoded('json/plain', '{"id":"planted')],
    ['another codec’s bytes', encoded('binary/encrypted', Buffer.alloc(40, 'planted'))],
    ['nothing that says what it is', { metadata: {}, data: Buffer.from('planted') }],
  ])('of %s is ignored and logged, and the payment is settled', async (_, payload) => {
    const payment = await openPayment(clinic);
    await signal(payment, payload);
    await payAtVendor(payment.id);

    expect((await untilStatus(clinic, payment.id, 'completed')).documentIds).toHaveLength(1);
    const { workflowId } = temporal.ofPayment(payment);
    const logged = await eventually('the line of the log', () =>
      Promise.resolve(
        readWorkerLog(workflowId).find(({ msg }) => String(msg).includes('unreadable')) ?? null,
      ),
    );
    expect(logged).toMatchObject({ level: 40, workflowType: 'collectPayment' });
    expect(JSON.stringify(logged)).not.toContain('planted');
  });

  it('of bytes that are no UTF-8 names no row of the inbox, and the payment is settled', async () => {
    const payment = await openPayment(clinic);
    await signal(payment, encoded('json/plain', Buffer.from([0x22, 0xff, 0xfe, 0x22])));
    await payAtVendor(payment.id);

    expect((await untilStatus(clinic, payment.id, 'completed')).documentIds).toHaveLength(1);
  });
});
