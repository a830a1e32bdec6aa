// Every request of ours against Stripe's own OpenAPI document, which the program stripe-mock holds. It plays no life of a
// payment; that is the simulator's part. Version 0.203.0 speaks 2026-05-27.dahlia, older than the version we ask for. So two
// things of ours are unknown to it and are not tried here: the choice of methods (`allowed_payment_method_types`), and the
// version that a webhook endpoint is made for, which is taken out on the way.
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { newId } from '../../src/domain/ids.ts';
import { createHttp } from '../../src/http.ts';
import type { Http } from '../../src/http.ts';
import { stripe } from '../../src/providers/payments/stripe/index.ts';
import { altered, toOrder } from '../contract/payment-rig.ts';
import { cacheFolder, run } from './python-clients.ts';

const VERSION = '0.203.0';
const START_MS = 20_000;

const hasGo = spawnSync('go', ['version']).status === 0;
const where = hasGo ? describe : describe.skip;
const because = hasGo ? '' : ' (skipped: there is no go on the PATH to build stripe-mock with)';

/** Built once for each version, and kept between clones. */
async function installMock(): Promise<string> {
  const folder = cacheFolder(`stripe-mock-${VERSION}`);
  const binary = join(folder, 'stripe-mock');
  if (!existsSync(binary)) {
    await run('go', ['install', `github.com/stripe/stripe-mock@v${VERSION}`], { GOBIN: folder, GOFLAGS: '' });
  }
  return binary;
}

/** Starts it on free ports; resolves with its address. */
function start(path: string): Promise<{ mock: ChildProcess; url: string }> {
  const mock = spawn(path, ['-http-addr', '127.0.0.1:0', '-https-addr', '127.0.0.1:0']);
  return new Promise((resolve, reject) => {
    let told = '';
    const timer = setTimeout(() => reject(new Error(`stripe-mock did not start: ${told}`)), START_MS);
    mock.once('error', reject);
    mock.stdout.on('data', (chunk: Buffer) => {
      told += chunk.toString();
      const [, address] = /HTTP at address: (\S+)/.exec(told) ?? [];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve({ mock, url: `http://${address}` });
    });
  });
}

where(`Stripe's OpenAPI document${because}`, () => {
  let running: Awaited<ReturnType<typeof start>>;
  let http: Http;
  const answers: string[] = [];

  beforeAll(async () => {
    running = await start(await installMock());
    http = createHttp();
  });
  afterAll(async () => {
    await http.close();
    running.mock.kill();
  });

  /** Tells of every answer, so that a refusal shows what it was about. */
  const recorded: Http = {
    async send(call) {
      const body = call.body?.replace(/&?api_version=[^&]*/, '');
      const answer = await http.send({ ...call, ...(body === undefined ? {} : { body }) });
      const path = call.url.slice(running.url.length).replace(/\?.*/, '');
      answers.push(
        `${call.method} ${path} ${answer.status}${answer.status === 200 ? '' : ` ${answer.text}`}`,
      );
      return answer;
    },
    close: () => http.close(),
  };
  const provider = (by = recorded) =>
    stripe.create({
      http: by,
      credentials: { secretKey: 'sk_test_example' },
      previousCredentials: null,
      mode: 'test',
      baseUrl: running.url,
      options: { webhookGraceSeconds: 60, maxPageMinutes: 60 },
    });
  /** What was asked and how it was answered while this ran. */
  const told = async (run: () => Promise<unknown>) => {
    answers.length = 0;
    await run();
    return answers;
  };

  it.each(stripe.currencies)(
    'takes the request for a page in %s, and its answer is read',
    async (currency) => {
      const order = toOrder('https://pay.example/hook', {
        currency,
        locale: currency === 'ILS' ? 'he' : 'en',
      });
      const page = await provider().createPage(order);
      expect(page).toMatchObject({
        pageId: expect.stringMatching(/^cs_test_/),
        url: expect.stringMatching(/^https:/),
      });
    },
  );

  it('takes every question about a payment, and its answers are read', async () => {
    const page = { pageId: 'cs_test_1', secret: null };
    const transactions = ['ch_1', 're_1'].map((transactionId) => ({ transactionId, secret: null }));
    const query = { paymentId: newId('payment'), pages: [page], transactions };
    const asked = await told(() => provider().findPayment(query));
    expect(new Set(asked.map((line) => line.replace(/_\w+ 200$/, '_… 200')))).toEqual(
      new Set([
        'GET /v1/checkout/sessions/cs_… 200',
        'GET /v1/payment_intents/search 200',
        'GET /v1/charges 200',
        'GET /v1/charges/ch_… 200',
        'GET /v1/refunds 200',
        'GET /v1/refunds/re_… 200',
        'GET /v1/disputes 200',
      ]),
    );
  });

  it('takes a refund, a cancelled page, the trial of a key and the list of what moved', async () => {
    const refund = {
      refundId: newId('refund'),
      paymentId: newId('payment'),
      charge: { transactionId: 'ch_1', secret: null, amount: 100, paidAt: new Date() },
      page: null,
      amount: 60,
      currency: 'USD',
      idempotencyKey: newId('refund'),
    } as const;
    const range = { from: new Date(Date.now() - 86_400_000), until: new Date() };
    const asked = await told(async () => {
      await provider().refund?.(refund);
      await provider().closePage?.({ pageId: 'cs_test_1', secret: null });
      await provider().checkCredentials();
      for await (const one of provider().listPayments?.(range) ?? []) expect(one.amount).toBeGreaterThan(0);
    });
    expect(asked).toEqual([
      'POST /v1/refunds 200',
      'POST /v1/checkout/sessions/cs_test_1/expire 200',
      'GET /v1/balance 200',
      'GET /v1/charges 200',
      'GET /v1/refunds 200',
    ]);
  });

  it('takes a webhook endpoint with all of our events, and the end of an older one', async () => {
    // The endpoint that stripe-mock always lists has this address; it tells no secret of a new one.
    const url = 'https://example.com/my/webhook/endpoint';
    const telling = altered(recorded, { text: (text) => text.replace('{', '{"secret":"whsec_example",') });
    const asked = await told(() => provider(telling).enrolWebhooks?.(url) ?? Promise.resolve());
    expect(asked).toEqual([
      'GET /v1/webhook_endpoints 200',
      'POST /v1/webhook_endpoints 200',
      expect.stringMatching(/^DELETE \/v1\/webhook_endpoints\/we_\w+ 200$/),
    ]);
  });

  it('would have noticed a parameter that does not exist', async () => {
    const careless: Http = {
      send: (call) => recorded.send({ ...call, body: `${call.body ?? ''}&surplus=1` }),
      close: () => http.close(),
    };
    const order = toOrder('https://pay.example/hook', {});
    await expect(provider(careless).createPage(order)).rejects.toMatchObject({ code: 'rejected' });
  });
});
