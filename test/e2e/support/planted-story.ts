import { randomUUID } from 'node:crypto';
import { mintKey, order, signedCallback } from '../../api/rig.ts';
import { readEnvironment } from '../../support/environment.ts';
import { arm } from '../../support/faults.ts';
import type { SecondApi } from '../../support/second-api.ts';
import { admin, call, eventually, openClinic, theDocumentOf, untilPushed, untilStatus } from './clinic.ts';
import type { Clinic, PaymentBody } from './clinic.ts';
import { newServiceSlot } from './providers.ts';
import { refund } from './refunds.ts';
import { payAtVendor } from './vendors.ts';

const own = randomUUID().replaceAll('-', '').slice(0, 12);
/** Passes the check digit, as vendors' test cards do. */
export const CARD = '4580458045804580';
export const NAME = `Planted${own}`;
export const PERSON = {
  email: `planted-${own}@example.com`,
  phone: `052${String((parseInt(own.slice(0, 5), 16) % 1e6) + 5e6)}`,
};

/** What a story left behind. */
export interface Story {
  readonly clinic: Clinic;
  readonly payment: PaymentBody;
  /** What opens something, by the name that a failing test shows. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Refusals and lists, each with what was asked. */
  readonly answers: readonly { readonly asked: string; readonly text: string }[];
}

/**
 * Plants everything that must stay hidden, each a word of its own, and lets a payment live and much go wrong. Events go to
 * `eventsUrl`; what goes wrong goes wrong at `loud`, which logs all it can.
 */
export async function tellStory(loud: SecondApi, eventsUrl: string): Promise<Story> {
  const clinic = await openClinic();
  const planted = await plant(clinic, eventsUrl);
  const { payment, link } = await live(clinic);
  const secrets = { ...planted, link };
  return { clinic, payment, secrets, answers: await goWrong(loud, { clinic, payment, secrets }) };
}

async function plant(clinic: Clinic, eventsUrl: string) {
  const { credentials, key } = clinic;
  const service = newServiceSlot('green-invoice');
  await admin('PUT', `/v1/workspaces/${clinic.id}/invoice-service`, service);
  const show = (path: string, body: object) =>
    call<{ id: string; secret: string }>('POST', path, {
      key,
      body,
      headers: { 'idempotency-key': randomUUID() },
    });
  const { json: made } = await show('/v1/webhook-endpoints', { url: eventsUrl });
  const { json: rotated } = await show(`/v1/webhook-endpoints/${made.id}/rotate-secret`, {});
  return {
    'API key': key,
    'minted key': await mintKey(clinic.id, ['payments:read']),
    'misspelt key': `tsh_live_wrong${own}`,
    'vendor key': credentials['apiKey'] ?? '',
    'vendor secret': credentials['secretKey'] ?? '',
    'refused secret': `invalid-${own}`,
    'service secret': service.credentials['apiKeySecret'] ?? '',
    'webhook address': clinic.webhookUrl.split('/').at(-1) ?? '',
    'webhook secret': made.secret,
    'rotated secret': rotated.secret,
  };
}

/** A payment that meets failures on its way, is paid, documented, pushed and given back in part. */
async function live(clinic: Clinic): Promise<{ payment: PaymentBody; link: string }> {
  await arm(clinic.account, { operation: 'create_link', fault: 'status_500', times: 2 });
  const made = await call<PaymentBody>('POST', '/v1/payments', {
    key: clinic.key,
    body: order({ customer: { name: NAME, ...PERSON } }),
    headers: { 'idempotency-key': randomUUID() },
  });
  const link = await eventually('the link', async () => {
    const { json } = await call<PaymentBody>('GET', `/v1/payments/${made.json.id}`, { key: clinic.key });
    return json.link?.url.split('/').at(-1) ?? null;
  });
  await arm(clinic.account, { operation: 'find_payment', fault: 'html' });
  await payAtVendor(made.json.id);
  const payment = await untilStatus(clinic, made.json.id, 'completed');
  await untilPushed(clinic, theDocumentOf(payment));
  await refund(clinic, payment.id, { amount: 1_000, reason: 'visit cancelled' });
  return { payment: await untilStatus(clinic, payment.id, 'partially_refunded'), link };
}

interface Wish {
  readonly key?: string | null;
  readonly body?: object;
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Everything that is refused, or goes wrong, with something hidden in it; and every list. */
async function goWrong(
  loud: SecondApi,
  { clinic, payment, secrets }: Omit<Story, 'answers'>,
): Promise<Story['answers']> {
  const answers: { asked: string; text: string }[] = [];
  const say = async (method: string, path: string, wish: Wish = {}): Promise<void> => {
    const { key = clinic.key, body, raw = body && JSON.stringify(body), headers } = wish;
    const answer = await fetch(loud.url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        ...(raw === undefined ? {} : { 'content-type': 'application/json' }),
        'idempotency-key': randomUUID(),
        ...headers,
      },
      body: raw ?? null,
    });
    answers.push({ asked: `${method} ${answer.status} #${answers.length}`, text: await answer.text() });
  };
  await misspell(say, clinic, secrets);
  await askBadly(say, payment);
  await forge(say, clinic, payment);
  for (const path of ['timeline', 'refunds']) await say('GET', `/v1/payments/${payment.id}/${path}`);
  for (const path of ['events', 'audit', 'webhook-endpoints', 'documents', 'exports'])
    await say('GET', `/v1/${path}?limit=200`);
  await say('GET', `/v1/workspaces/${clinic.id}/api-keys`);
  await say('GET', '/v1/admin/inbox?limit=50', { key: readEnvironment().adminKey });
  return answers;
}

type Say = (method: string, path: string, wish?: Wish) => Promise<void>;

async function misspell(say: Say, clinic: Clinic, secrets: Story['secrets']): Promise<void> {
  const slot = `/v1/workspaces/${clinic.id}/payment-provider`;
  const key = readEnvironment().adminKey;
  const credentials = { ...clinic.credentials, secretKey: secrets['refused secret'] };
  await say('PUT', slot, { key, body: { provider: 'payplus', credentials } });
  await say('PUT', slot, {
    key,
    body: { provider: 'payplus', credentials: { ...credentials, paymentPageUid: 7 } },
  });
  await say('PUT', slot, {
    key,
    raw: `{"provider": "payplus", "credentials": {"secretKey": "${secrets['refused secret']}`,
  });
  await say('GET', '/v1/payments', { key: secrets['misspelt key'] ?? '' });
  await say('GET', `/v1/payments/${secrets['API key']}`);
  await say('GET', `/pay/${secrets['link']}x`, { key: null });
  await say('POST', '/v1/webhook-endpoints', {
    body: { url: `https://user:${secrets['refused secret']}@example.com/` },
  });
}

async function askBadly(say: Say, payment: PaymentBody): Promise<void> {
  await say('GET', `/v1/payments?reference=${PERSON.email}&limit=${CARD}`);
  await say('POST', '/v1/payments', { raw: `{"customer": {"email": "${PERSON.email}", "card": ${CARD}` });
  const { reference } = payment;
  await say('POST', '/v1/payments', { body: order({ customer: PERSON, card: CARD }) });
  await say('POST', '/v1/payments', { body: order({ customer: PERSON, expiresAt: PERSON.email }) });
  await say('POST', '/v1/payments', { body: order({ customer: { ...PERSON, phone: CARD } }) });
  await say('POST', '/v1/payments', { body: order({ customer: PERSON, reference }) });
  await say('POST', `/v1/payments/${payment.id}/refunds`, {
    body: { amount: 99_999_999, reason: PERSON.email },
  });
  await say('POST', `/v1/payments/${payment.id}/resolve`, {
    body: { action: 'accept', reason: PERSON.email },
  });
  await say('POST', '/v1/customers/erase', { body: { email: PERSON.email } });
}

/** Webhooks with a card number and the payer in them: signed, cut, of nobody, to a wrong address, unsigned. */
async function forge(say: Say, clinic: Clinic, payment: PaymentBody): Promise<void> {
  const path = new URL(clinic.webhookUrl).pathname;
  const { body, headers } = signedCallback(clinic.secretKey, payment.id);
  const withCard = JSON.stringify({ ...(JSON.parse(body) as object), card: CARD, payer: PERSON });
  const signed = signedCallback(clinic.secretKey, `not-ours-${CARD}`);
  await say('POST', path, { key: null, raw: body, headers });
  await say('POST', path, { key: null, raw: signed.body, headers: signed.headers });
  await say('POST', path, { key: null, raw: withCard, headers });
  await say('POST', path, { key: null, raw: withCard.slice(0, -9), headers });
  await say('POST', path, { key: null, raw: withCard });
  await say('POST', `${path}x`, { key: null, raw: withCard, headers });
}
