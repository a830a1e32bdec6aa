import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '../../src/domain/ids.ts';
import type { Mode } from '../../src/domain/workspace.ts';
import { createHttp } from '../../src/http.ts';
import type { Http, HttpResponse } from '../../src/http.ts';
import type {
  PageOrder,
  PaymentProvider,
  PaymentQuery,
  ProviderPage,
} from '../../src/providers/payments/payment-provider.ts';
import { createSandbox } from '../../sandbox/sandbox.ts';
import { openReceiver } from './payment-receiver.ts';
import type { VendorCall } from './payment-subject.ts';
import { faceOf, PAYMENT_SUBJECTS, providerOf, SUBJECT_NAMES } from './payment-subjects.ts';
import type { SubjectName } from './payment-subjects.ts';

/** A checkout as the control API lists it, the fields that the suite looks at. */
interface ListedCheckout {
  readonly id: string;
  readonly amount: number;
  readonly currency: string;
  readonly reference: string;
  readonly description: string;
  readonly status: string;
}

export interface ProviderChoice {
  readonly credentials?: unknown;
  readonly previousCredentials?: unknown;
  readonly baseUrl?: string;
  readonly http?: Http;
  readonly maxPageMinutes?: number;
  readonly mode?: Mode;
}

export type PaymentRig = Awaited<ReturnType<typeof openPaymentRig>>;

/** In place of `it` where a promise does not concern the vendor. */
export const nothing = (_promise: string, _test: () => Promise<void>): void => undefined;

/** A sandbox and a receiver of webhooks of the suite's own, and providers built against them. */
export async function openPaymentRig() {
  const stateDir = await mkdtemp(join(tmpdir(), 'tashlum-contract-'));
  let aheadMs = 0;
  const sandbox = createSandbox({ stateDir, now: () => new Date(Date.now() + aheadMs) });
  const { url } = await sandbox.listen();
  const http = createHttp();
  const receiver = await openReceiver();
  const control = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) =>
    sendControl(http, method, `${url}/control/${path}`, body);
  await enrolAll(http, url, receiver.url);

  return {
    http,
    receiver,
    provider: (name: SubjectName, choice: ProviderChoice = {}) =>
      buildProvider(name, { http, baseUrl: `${url}/${providerOf(name)}`, ...choice }),
    order: (change: Partial<PageOrder> = {}) => toOrder(receiver.url, change),
    checkouts: async (reference: string) =>
      (await control('GET', `checkouts?reference=${reference}`)) as ListedCheckout[],
    allCheckouts: async () => (await control('GET', 'checkouts')) as ListedCheckout[],
    /** How often a vendor was asked to do this so far. */
    countCalls: async (name: SubjectName, operation: string) => {
      const path = `calls?provider=${providerOf(name)}&operation=${operation}`;
      return ((await control('GET', path)) as unknown[]).length;
    },
    /** The webhooks that a vendor has sent or is about to send about a page. */
    deliveries: async (checkoutId: string) =>
      (await control('GET', `deliveries?checkoutId=${checkoutId}`)) as unknown[],
    pay: (checkoutId: string, how: object = {}) => control('POST', `checkouts/${checkoutId}/pay`, how),
    dispute: (checkoutId: string, how: object = {}) =>
      control('POST', `checkouts/${checkoutId}/dispute`, how),
    /** Calls the vendor as somebody else does: a person in its dashboard. */
    callVendor: async (name: SubjectName, { path, ...call }: VendorCall) => {
      const answer = await http.send({ method: 'POST', url: `${url}/${providerOf(name)}/${path}`, ...call });
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${answer.text}`);
    },
    decline: (checkoutId: string) => control('POST', `checkouts/${checkoutId}/decline`),
    /** The next such call goes wrong; one that is never answered ends soon, so that nobody waits for a deadline. */
    arm: (name: SubjectName, operation: string, fault: string) =>
      control('POST', 'faults', { provider: providerOf(name), operation, fault, delayMs: 50 }),
    disarm: () => control('DELETE', 'faults'),
    /** Sets the simulator's clock this far ahead of ours. */
    advance: (ms: number) => (aheadMs = ms),
    async close() {
      await http.close();
      await sandbox.close();
      await receiver.close();
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}

function buildProvider(
  name: SubjectName,
  choice: ProviderChoice & { http: Http; baseUrl: string },
): PaymentProvider {
  return faceOf(name).create({
    http: choice.http,
    credentials: choice.credentials ?? PAYMENT_SUBJECTS[name].credentials,
    previousCredentials: choice.previousCredentials ?? null,
    mode: choice.mode ?? 'test',
    baseUrl: choice.baseUrl,
    options: { webhookGraceSeconds: 60, maxPageMinutes: choice.maxPageMinutes ?? 60 },
  });
}

/** An order that every vendor takes. */
export function toOrder(webhookUrl: string, change: Partial<PageOrder>): PageOrder {
  const paymentId = newId('payment');
  return {
    paymentId,
    amount: 35_050,
    currency: 'ILS',
    description: 'Payment',
    locale: 'en',
    expiresAt: new Date(Date.now() + 30 * 86_400_000),
    returnUrl: 'https://pay.example/pay/token/return',
    webhookUrl,
    maxInstallments: 12,
    methods: null,
    customer: { name: 'Dana Levi', email: 'dana@example.com', phone: '0500000000' },
    idempotencyKey: `${paymentId}/1`,
    ...change,
  };
}

/** What the engine asks when it knows these pages. */
export const toQuery = (paymentId: string, ...pages: readonly ProviderPage[]): PaymentQuery => ({
  paymentId,
  pages: pages.map(({ pageId, secret }) => ({ pageId, secret })),
  transactions: [],
});

/** An Http whose every answer is this one; what was asked lands nowhere. */
export const scripted = (answer: Partial<HttpResponse>): Http => ({
  send: () => Promise.resolve({ status: 200, headers: {}, text: '', ...answer }),
  close: () => Promise.resolve(),
});

/** An Http that changes what comes back. */
export const altered = (http: Http, change: { text: (text: string) => string }): Http => ({
  async send(call) {
    const answer = await http.send(call);
    return { ...answer, text: change.text(answer.text) };
  },
  close: () => http.close(),
});

/** Tells the vendors that want to know it once where their webhooks go. */
async function enrolAll(http: Http, url: string, webhookUrl: string): Promise<void> {
  for (const name of SUBJECT_NAMES) {
    const { enrolment, credentials, olderCredentials, otherCredentials } = PAYMENT_SUBJECTS[name];
    if (enrolment === null) continue;
    for (const account of [credentials, olderCredentials, otherCredentials]) {
      const { path, ...call } = enrolment(account, webhookUrl);
      const answer = await http.send({ method: 'POST', url: `${url}/${providerOf(name)}/${path}`, ...call });
      if (answer.status !== 200) throw new Error(`${name} took no webhook address: ${answer.text}`);
    }
  }
}

async function sendControl(
  http: Http,
  method: 'GET' | 'POST' | 'DELETE',
  url: string,
  body?: object,
): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const answer = await http.send({ method, url, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  if (answer.status >= 300) throw new Error(`${method} ${url} answered ${answer.status}: ${answer.text}`);
  return answer.text === '' ? null : JSON.parse(answer.text);
}
