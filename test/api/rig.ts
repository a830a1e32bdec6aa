import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { components, Payment } from 'tashlum/client';
import { holdAnswer } from '../description/hold-answer.ts';
import { readEnvironment } from '../support/environment.ts';
import type { VendorAccount } from '../support/faults.ts';
import { clientOf, PATIENCE_MS, toReply } from './held-client.ts';
import type { Reply } from './held-client.ts';

export { clientOf } from './held-client.ts';
export type { Reply } from './held-client.ts';

export interface ProblemBody {
  readonly type: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

/** A payment, so wide that it can stand in one type with a refusal, whose status is a number. Ours all expire. */
export interface PaymentBody extends Omit<Payment, 'status' | 'expiresAt'> {
  readonly status: string;
  readonly expiresAt: string;
}

export interface PageBody<Row> {
  readonly data: readonly Row[];
  readonly next: string | null;
}

export interface CallOptions {
  readonly key?: string | null;
  readonly body?: unknown;
  /** Sent as it is, instead of `body`. */
  readonly raw?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  /** Takes a 503 for an answer instead of asking again. */
  readonly once?: boolean;
}

/**
 * Calls the API in any way, wrong ones too, and again where it says 503 with `Retry-After`, as every app should: on a busy machine a workflow may
 * not answer in time. `path` may be a whole address. Redirects are not followed. Every answer of the API is held to
 * docs/openapi.json: one that is not described fails the test.
 */
export async function call<Body = ProblemBody>(
  method: string,
  path: string,
  options: CallOptions = {},
): Promise<Reply<Body>> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const reply = await callOnce<Body>(method, path, options);
    const isLater = reply.status === 503 && reply.headers.has('retry-after');
    if (options.once === true || !isLater || Date.now() > end) return reply;
    await delay(500);
  }
}

async function callOnce<Body>(method: string, path: string, options: CallOptions): Promise<Reply<Body>> {
  const url = path.startsWith('http') ? path : readEnvironment().apiUrl + path;
  const payload = toPayload(options);
  const answer = await fetch(url, {
    method,
    redirect: 'manual',
    headers: {
      ...(options.key ? { authorization: `Bearer ${options.key}` } : {}),
      ...(payload === null ? {} : { 'content-type': 'application/json' }),
      ...options.headers,
    },
    body: payload,
  });
  const reply = await toReply<Body>(answer);
  // The sandbox is not ours to describe.
  const { apiUrl } = readEnvironment();
  if (url.startsWith(apiUrl)) holdAnswer({ method, path: url.slice(apiUrl.length), ...reply });
  return reply;
}

function toPayload({ raw, body }: CallOptions): string | Uint8Array<ArrayBuffer> | null {
  if (raw !== undefined) return typeof raw === 'string' ? raw : new Uint8Array(raw);
  return body === undefined ? null : JSON.stringify(body);
}

/** The same with the admin key. */
export function admin<Body = ProblemBody>(
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
  options: Pick<CallOptions, 'once'> = {},
): Promise<Reply<Body>> {
  return call<Body>(method, path, { key: readEnvironment().adminKey, body, headers, ...options });
}

/** Each narrower scope is in one of these. */
export const ALL_SCOPES = [
  'payments:read',
  'payments:write',
  'refunds:write',
  'reports:read',
  'settings:write',
  'providers:write',
] as const;

export const CLINIC: components['schemas']['NewWorkspace'] = {
  name: 'Test Clinic',
  legalName: { he: 'מרפאה לבדיקות', en: 'Test Clinic' },
  taxId: '123456782',
  dealerType: 'osek_murshe',
  vatRegistered: true,
  mode: 'test',
  timeZone: 'Asia/Jerusalem',
  currency: 'ILS',
  locale: 'he',
  address: { street: 'הרצל', houseNumber: '1', city: 'תל אביב', zip: '6688101', country: 'IL' },
};

export interface TestWorkspace {
  readonly id: string;
  readonly key: string;
  readonly secretKey: string;
  readonly webhookUrl: string;
  /** Where it is paid at; of a workspace without a provider: an account that nobody calls. */
  readonly account: VendorAccount;
}

/** A workspace of the test's own with a key of every scope and, unless told otherwise, PayPlus at the sandbox. */
export async function openWorkspace(
  change: { workspace?: object; provider?: false } = {},
): Promise<TestWorkspace> {
  const byAdmin = clientOf(readEnvironment().adminKey);
  const { id } = await byAdmin.post('/v1/workspaces', { body: { ...CLINIC, ...change.workspace } });
  const key = await mintKey(id, ALL_SCOPES);
  if (change.provider === false)
    return { id, key, secretKey: '', webhookUrl: '', account: { vendor: 'payplus', account: 'none' } };
  const credentials = payplusCredentials();
  const { webhookUrl } = await byAdmin.put('/v1/workspaces/{id}/payment-provider', {
    params: { path: { id } },
    body: { provider: 'payplus', credentials },
  });
  const account = { vendor: 'payplus', account: credentials.apiKey };
  return { id, key, secretKey: credentials.secretKey, webhookUrl: webhookUrl ?? '', account };
}

/** Keys of a PayPlus account that no other test has. */
export function payplusCredentials() {
  const own = randomUUID().slice(0, 8);
  return { apiKey: `key-${own}`, secretKey: `secret-${own}`, paymentPageUid: `page-${own}` };
}

/** A key of these scopes; its secret. */
export async function mintKey(id: string, scopes: readonly Scope[]): Promise<string> {
  const { secret } = await clientOf(readEnvironment().adminKey).post('/v1/workspaces/{id}/api-keys', {
    params: { path: { id } },
    body: { name: 'test', scopes: [...scopes] },
  });
  return secret;
}

export type Scope = components['schemas']['NewApiKey']['scopes'][number];

/** A payment that would be accepted, with a reference of its own. */
export function order(change: object = {}) {
  return { amount: 35_000, description: 'פגישת ייעוץ', reference: randomUUID(), ...change };
}

/** POST /v1/payments with a key of its own, unless one is given. */
export function createPayment<Body = PaymentBody>(
  workspace: Pick<TestWorkspace, 'key'>,
  change: object = {},
  idempotencyKey: string = randomUUID(),
): Promise<Reply<Body>> {
  return call<Body>('POST', '/v1/payments', {
    key: workspace.key,
    body: order(change),
    headers: { 'idempotency-key': idempotencyKey },
  });
}

/** A payment with its link, or the test fails with what was answered. */
export async function openPayment(workspace: TestWorkspace, change: object = {}): Promise<PaymentBody> {
  const made = await createPayment(workspace, change);
  if (made.status !== 201 && made.status !== 202)
    throw new Error(`POST /v1/payments: ${made.bytes.toString()}`);
  return untilLinked(workspace, made.json.id);
}

/** A payment that expires as soon as may be; on a busy machine asking for one may take longer than it was to live. */
export async function openExpiring(workspace: TestWorkspace): Promise<PaymentBody> {
  for (let lifeMs = 1_500; ; lifeMs *= 2) {
    const expiresAt = new Date(Date.now() + lifeMs).toISOString();
    const made = await createPayment<PaymentBody & { readonly code?: string }>(workspace, { expiresAt });
    if (made.json.code !== 'validation_failed') return untilLinked(workspace, made.json.id);
  }
}

/** Waits until the payer can be sent somewhere. */
export function untilLinked(workspace: Pick<TestWorkspace, 'key'>, id: string): Promise<PaymentBody> {
  return eventually(`the link of ${id}`, async () => {
    const payment = await readPayment(workspace, id);
    return payment.link === null ? null : payment;
  });
}

export async function readPayment(workspace: Pick<TestWorkspace, 'key'>, id: string): Promise<PaymentBody> {
  return (await clientOf(workspace.key).get('/v1/payments/{id}', {
    params: { path: { id } },
  })) as PaymentBody;
}

/** Drives the sandbox. */
export function control<Body>(method: string, path: string, body?: unknown): Promise<Reply<Body>> {
  return call<Body>(method, `${readEnvironment().sandboxUrl}/control/${path}`, { body });
}

/** The payer pays on the vendor's page; `how` as the sandbox's control takes it. */
export async function payAtVendor(paymentId: string, how: object = {}): Promise<void> {
  const { json } = await control<{ id: string }[]>('GET', `checkouts?reference=${paymentId}`);
  const checkout = json.at(-1);
  if (!checkout) throw new Error(`the sandbox has no checkout of ${paymentId}`);
  const paid = await control('POST', `checkouts/${checkout.id}/pay`, how);
  if (paid.status >= 300) throw new Error(`pay: ${paid.bytes.toString()}`);
}

/** A PayPlus callback about a payment, signed with `secret`. */
export function signedCallback(secret: string, paymentId: string, uid: string = randomUUID()) {
  const body = JSON.stringify({
    transaction_type: 'Charge',
    transaction: {
      uid,
      payment_page_request_uid: randomUUID(),
      number: '1',
      type: 'Charge',
      date: '2026-01-05 10:11:12',
      status_code: '000',
      amount: 350,
      currency: 'ILS',
      credit_terms: 'regular',
      approval_number: '0012345',
      more_info: paymentId,
    },
    data: {},
  });
  const hash = createHmac('sha256', secret).update(body).digest('base64');
  return { body, headers: { 'user-agent': 'PayPlus', hash } };
}

/** Asks until `read` gives something, at widening pauses: questions cost the processor that the answer needs. */
export async function eventually<T>(what: string, read: () => Promise<T | null>): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 1.3, 500)) {
    const found = await read();
    if (found !== null) return found;
    if (Date.now() > end) throw new Error(`${what} did not come about within ${PATIENCE_MS / 1_000} s`);
    await delay(pauseMs);
  }
}

/** Waits for the payment's status. */
export function untilStatus(
  workspace: Pick<TestWorkspace, 'key'>,
  id: string,
  status: string,
): Promise<PaymentBody> {
  return eventually(`status ${status} of ${id}`, async () => {
    const payment = await readPayment(workspace, id);
    return payment.status === status ? payment : null;
  });
}
