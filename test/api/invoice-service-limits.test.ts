import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '#jest';
import { newServiceSlot } from '../e2e/support/providers.ts';
import type { InvoiceService } from '../e2e/support/providers.ts';
import { payAtVendor } from '../e2e/support/vendors.ts';
import { untilReview } from '../e2e/support/clinic.ts';
import { admin, call, createPayment, openPayment, openWorkspace, order } from './rig.ts';
import type { PaymentBody, ProblemBody, Reply, TestWorkspace } from './rig.ts';

/** Only the first of these lines bears VAT. */
const MIXED = {
  amount: 30_000,
  vatReason: 'export',
  items: [
    { description: 'visit', quantity: 1, unitPrice: 20_000 },
    { description: 'report', quantity: 1, unitPrice: 10_000, vatTreatment: 'zero_rated' },
  ],
};

async function connect({ id }: TestWorkspace, service: InvoiceService): Promise<void> {
  const { status } = await admin('PUT', `/v1/workspaces/${id}/invoice-service`, newServiceSlot(service));
  if (status !== 200) throw new Error(`PUT invoice-service: ${status}`);
}

const record = ({ key }: TestWorkspace, change: object) =>
  call<PaymentBody & ProblemBody>('POST', '/v1/payments/manual', {
    key,
    body: order({ method: 'cash', paidOn: '2025-03-02', lateReason: 'found in the diary', ...change }),
    headers: { 'idempotency-key': randomUUID() },
  });

const refusalOf = ({ status, json }: Reply<ProblemBody>) => [
  status,
  json.errors?.map(({ pointer }) => pointer) ?? [],
];

describe('an order that the invoice service has no document for', () => {
  let clinic: TestWorkspace;
  beforeAll(async () => {
    clinic = await openWorkspace();
    await connect(clinic, 'sumit');
  });

  it('is refused before anybody pays, with the field and a way out', async () => {
    const answer = await createPayment<ProblemBody>(clinic, MIXED);
    expect(refusalOf(answer)).toEqual([422, ['#/items']]);
    expect(answer.json.errors?.[0]?.detail).toMatch(/two payments/);
  });

  it('is refused as a payment by hand as well', async () => {
    expect(refusalOf(await record(clinic, MIXED))).toEqual([422, ['#/items']]);
  });

  it('leaves its reference free', async () => {
    const reference = randomUUID();
    expect((await createPayment(clinic, { ...MIXED, reference })).status).toBe(422);
    const whole = MIXED.items.map((item) => ({ ...item, vatTreatment: 'standard' }));
    expect((await createPayment(clinic, { ...MIXED, items: whole, reference })).status).toBe(201);
  });

  it('is taken where every line bears VAT, or none does', async () => {
    const exempt = MIXED.items.map((item) => ({ ...item, vatTreatment: 'exempt' }));
    expect((await createPayment(clinic, { ...MIXED, items: exempt })).status).toBe(201);
    expect((await record(clinic, { ...MIXED, items: exempt })).status).toBe(201);
  });
});

it('lines of mixed VAT are taken where none of them bears VAT in the end', async () => {
  const patur = await openWorkspace({ workspace: { dealerType: 'osek_patur', vatRegistered: false } });
  await connect(patur, 'sumit');
  expect((await createPayment(patur, MIXED)).status).toBe(201);
});

it.each(['green-invoice', 'custom'] as const)('%s takes lines of mixed VAT', async (service) => {
  const clinic = await openWorkspace();
  await connect(clinic, service);
  expect((await createPayment(clinic, MIXED)).status).toBe(201);
});

it('a service that is connected after the order was taken refuses at the push, and a person is asked', async () => {
  const clinic = await openWorkspace({ workspace: { receipt: { email: false, print: 'on_demand' } } });
  const { id } = await openPayment(clinic, MIXED);
  await connect(clinic, 'sumit');
  await payAtVendor(id);
  expect(await untilReview(clinic, id, 'push_failed')).toMatchObject({ status: 'completed' });
});
