/* eslint-disable */
import { it, expect } from '@jest/globals';
import Stripe from 'stripe';
import { startTestSandbox, until, pause } from '../test-sandbox.ts';

it('sdk', async () => {
  const sandbox = await startTestSandbox();
  const base = sandbox.url + '/stripe';
  const mk = (key: string) =>
    new Stripe(key, {
      maxNetworkRetries: 0,
      telemetry: false,
      httpClient: Stripe.createFetchHttpClient(((u: any, i: any) => {
        const x = new URL(u);
        return fetch(base + x.pathname + x.search, i);
      }) as any),
    });
  const s = mk('sk_test_abc');
  const we = await s.webhookEndpoints.create({
    url: sandbox.receiverUrl + '/hook',
    enabled_events: ['*'] as any,
  });
  const body: any = {
    mode: 'payment',
    client_reference_id: 'pay_1',
    metadata: { paymentId: 'pay_1' },
    payment_intent_data: { metadata: { paymentId: 'pay_1' } },
    line_items: [
      { quantity: 1, price_data: { currency: 'usd', unit_amount: 12990, product_data: { name: 'Payment' } } },
    ],
    adaptive_pricing: { enabled: false },
    success_url: 'https://x.example/ok?s={CHECKOUT_SESSION_ID}',
    cancel_url: 'https://x.example/no',
  };
  const c = await s.checkout.sessions.create(body, { idempotencyKey: 'k1' });
  const c2 = await s.checkout.sessions.create(body, { idempotencyKey: 'k1' });
  expect(c2.id).toBe(c.id);
  for (const p of [
    s.checkout.sessions.create({ ...body, foo: 1 }),
    s.checkout.sessions.create({ ...body, mode: undefined }),
    s.checkout.sessions.create({ ...body, success_url: 'https://q.example' }, { idempotencyKey: 'k1' }),
    mk('sk_invalid_x').balance.retrieve(),
    s.checkout.sessions.retrieve('cs_no'),
    s.refunds.create({}),
    s.refunds.create({ charge: 'ch_x' }),
    s.charges.list({ expand: ['data.foo'] }),
    s.paymentIntents.retrieve('pi_no'),
  ])
    await p.then(
      () => console.log('no error'),
      (e: any) =>
        console.log(e.constructor.name, e.statusCode, e.rawType, e.code, e.param, e.message, e.requestId),
    );
  await sandbox.send('POST', `/control/checkouts/${c.id}/decline`, {});
  let r = await s.checkout.sessions.retrieve(c.id, {
    expand: ['payment_intent.latest_charge.balance_transaction', 'line_items'],
  });
  const p = await sandbox.send('POST', `/control/checkouts/${c.id}/pay`, {});
  console.log(p.json);
  r = await s.checkout.sessions.retrieve(c.id, {
    expand: ['payment_intent.latest_charge.balance_transaction', 'payment_intent.payment_method'],
  });
  await sandbox.send('POST', `/control/checkouts/${c.id}/pay`, { webhook: 'out_of_order' });
  console.log(
    (
      await s.paymentIntents.search({ query: "metadata['paymentId']:'pay_1' AND status:'succeeded'" })
    ).data.map((x) => x.id),
  );
  const ref = await s.refunds.create(
    { charge: p.json.transactionId, amount: 990, metadata: { refundId: 'ref_1', paymentId: 'pay_1' } },
    { idempotencyKey: 'r' },
  );
  console.log(ref);
  for await (const x of s.refunds.list({ payment_intent: (r.payment_intent as any).id, limit: 1 }))
    console.log(x.id);
  await sandbox.send('POST', `/control/checkouts/${c.id}/dispute`);
  console.log(await s.disputes.list({}));
  console.log((await sandbox.send('POST', `/control/checkouts/${c.id}/dispute`, { status: 'won' })).json);
  console.log(
    (await s.charges.list({ expand: ['data.payment_intent', 'data.refunds'] })).data.map((x) => [
      x.id,
      x.status,
      (x.payment_intent as any).id,
      x.amount_refunded,
      x.refunds?.data.length,
      x.disputed,
    ]),
  );
  await pause(200);
  for (const h of sandbox.received) {
    const e = s.webhooks.constructEvent(h.body, h.headers['stripe-signature'] as string, we.secret!);
    console.log(e.type, (e.data.object as any).id, e.api_version, e.request);
  }
  console.log(
    (await sandbox.send('GET', '/control/calls?provider=stripe')).json.map((x: any) => [
      x.operation,
      x.reference,
      x.status,
      x.headers,
      x.path,
    ]),
  );
  console.log(
    (await s.webhookEndpoints.list()).data.length,
    await s.webhookEndpoints.del(we.id),
    (await s.webhookEndpoints.list()).data.length,
    (await s.accounts.retrieveCurrent?.().catch((e: any) => e))?.id,
  );
  await sandbox.close();
}, 20000);
