import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openClinic, openPayment, untilStatus } from './support/clinic.ts';
import type { TestWorkspace } from './support/clinic.ts';
import { openTemporal } from './support/temporal.ts';
import type { Temporal } from './support/temporal.ts';
import { payAtVendor } from './support/vendors.ts';

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

describe('a signal that cannot be read', () => {
  it.each([
    ['half a JSON', encoded('json/plain', '{"id":')],
    ['bytes that are no UTF-8', encoded('json/plain', Buffer.from([0x22, 0xff, 0xfe, 0x22]))],
    ['another codec’s bytes', encoded('binary/encrypted', Buffer.alloc(40, 1))],
    ['nothing that says what it is', { metadata: {}, data: Buffer.from('x') }],
  ])('of %s is ignored, and the payment is settled', async (_, payload) => {
    const payment = await openPayment(clinic);
    await temporal.client.workflowService.signalWorkflowExecution({
      namespace: temporal.client.options.namespace,
      workflowExecution: { workflowId: temporal.ofPayment(payment).workflowId },
      signalName: 'providerEvent',
      input: { payloads: [payload] },
    });
    await payAtVendor(payment.id);

    expect((await untilStatus(clinic, payment.id, 'completed')).documentIds).toHaveLength(1);
  });
});
