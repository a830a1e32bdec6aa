import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { createTashlum } from 'tashlum/client';
import type { EnvironmentInfo } from '../../dev/environment-info.ts';
import { ACTOR, openClinic, SANDBOX_ACCOUNTS } from '../../dev/clinic.ts';
import type { Caller } from './caller.ts';

/** A page that comes late (202) is looked for this often. */
const LOOKS = 100;
const LOOK_PAUSE_MS = 100;

/** Minor units; every payment of the bench asks for it. */
export const AMOUNT = 35_000;

/** A workspace of the bench's own, as its app, its payers and its vendor use it. */
export interface BenchClinic {
  readonly id: string;
  /** With every scope. */
  readonly key: string;
  /** Makes a payment; `hasLink` is false where the engine answered before its link was there (202). */
  create(): Promise<{ id: string; hasLink: boolean }>;
  /** The payer pays on the hosted page; returns the vendor's id of the charge. */
  pay(paymentId: string, webhook: 'once' | 'never'): Promise<string>;
  /** The vendor's signed callback about that charge; ends with its acknowledgement. */
  callBack(paymentId: string, transactionId: string): Promise<void>;
}

/** Opens a workspace with PayPlus and Green Invoice at the sandbox. */
export async function openBenchClinic(
  info: EnvironmentInfo,
  caller: Caller,
  print: 'at_issue' | 'on_demand',
): Promise<BenchClinic> {
  const admin = createTashlum({ baseUrl: info.apiUrl, key: info.adminKey, headers: ACTOR });
  const { id, key } = await openClinic(admin, undefined, 'payplus');
  const workspace = `${info.apiUrl}/v1/workspaces/${id}`;
  const receipt = { email: false, print };
  await caller.call('PATCH', workspace, { key: info.adminKey, json: { receipt } });
  const slot = `${workspace}/payment-provider`;
  const { webhookUrl } = await caller.call<{ webhookUrl: string }>('GET', slot, { key: info.adminKey });
  return {
    id,
    key,
    async create() {
      const headers = { 'idempotency-key': randomUUID() };
      const json = { amount: AMOUNT, currency: 'ILS', description: 'פגישת ייעוץ', reference: randomUUID() };
      const payment = await caller.call<{ id: string; link: object | null }>(
        'POST',
        `${info.apiUrl}/v1/payments`,
        { key, json, headers },
      );
      return { id: payment.id, hasLink: payment.link !== null };
    },
    pay: (paymentId, webhook) => payAtSandbox(caller, info.sandboxUrl, paymentId, webhook),
    async callBack(paymentId, transactionId) {
      const raw = toCallback(paymentId, transactionId);
      await caller.call('POST', webhookUrl, { raw, headers: { hash: signCallback(raw) } });
    },
  };
}

/** Does at the sandbox what the payer does on the hosted page; returns the vendor's id of the charge. */
export async function payAtSandbox(
  caller: Caller,
  sandboxUrl: string,
  paymentId: string,
  webhook: 'once' | 'never',
): Promise<string> {
  const control = `${sandboxUrl}/control/checkouts`;
  for (let look = 0; look < LOOKS; look += 1) {
    const [checkout] = await caller.call<{ id: string }[]>('GET', `${control}?reference=${paymentId}`);
    if (checkout !== undefined) {
      const pay = `${control}/${checkout.id}/pay`;
      return (await caller.call<{ transactionId: string }>('POST', pay, { json: { webhook } })).transactionId;
    }
    await delay(LOOK_PAUSE_MS);
  }
  throw new Error(`the sandbox knows no page of payment ${paymentId}`);
}

/** What PayPlus posts after a charge. Source: docs/reference/payplus.md, "Callback delivery and signature". */
export function toCallback(paymentId: string, transactionId: string): string {
  const transaction = {
    uid: transactionId,
    type: 'Charge',
    number: '1',
    status_code: '000',
    amount: AMOUNT / 100,
    currency: 'ILS',
    credit_terms: 'regular',
    approval_number: '0012345',
    more_info: paymentId,
  };
  return JSON.stringify({ transaction_type: 'Charge', transaction, data: {} });
}

/** Base64 of HMAC-SHA256 under the demo account's secret. */
export function signCallback(raw: string): string {
  return createHmac('sha256', SANDBOX_ACCOUNTS.payplus.secretKey).update(raw).digest('base64');
}
