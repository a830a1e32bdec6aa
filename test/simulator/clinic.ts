import type { Plan } from './plan.ts';
import { ADMIN_KEY } from './world.ts';
import type { World } from './world.ts';

/** The workspace of a life. */
export interface Clinic {
  readonly id: string;
  readonly key: string;
  /** What faults and time scales of the sandbox know its accounts by. */
  readonly accounts: Readonly<Record<string, string>>;
}

const SCOPES = [
  'payments:read',
  'payments:write',
  'refunds:write',
  'reports:read',
  'settings:write',
  'providers:write',
];

/** The vendor's account behaves by its name. */
const PAYMENT_CREDENTIALS: Readonly<
  Record<Plan['provider'], (own: string, habit: string) => Record<string, string>>
> = {
  payplus: (own, habit) => ({
    apiKey: `key-${own}${habit}`,
    secretKey: `secret-${own}`,
    paymentPageUid: `page-${own}`,
  }),
  // There its people make each refund by hand, too.
  grow: (own, habit) => ({
    userId: `user-${own}${habit}`,
    pageCode: `page-${own}${habit === '' ? '' : '-by-hand'}`,
    apiKey: `key-${own}`,
  }),
  stripe: (own) => ({ secretKey: `sk_test_${own}` }),
};
const ACCOUNT_FIELD = { payplus: 'apiKey', grow: 'userId', stripe: 'secretKey' } as const;

export const credentialsFor = ({ provider, habit }: Plan, own: string): Record<string, string> =>
  PAYMENT_CREDENTIALS[provider](own, habit === 'other' ? '+other' : '');

function serviceCredentials(
  service: NonNullable<Plan['service']>,
  own: string,
  sandboxUrl: string,
): Record<string, string> {
  if (service === 'green-invoice') return { apiKeyId: `id-${own}`, apiKeySecret: `secret-${own}` };
  if (service === 'sumit') return { companyId: String(100_000 + Number(own)), apiKey: `key-${own}` };
  return { url: `${sandboxUrl}/custom/${own}/documents`, secret: `secret-of-${own}` };
}

export async function openClinic(world: World, plan: Plan): Promise<Clinic> {
  const own = String(plan.seed % 1_000_000);
  const made = await must<{ id: string }>(world, 'POST', '/v1/workspaces', {
    name: 'Test Clinic',
    legalName: { he: 'מרפאה לבדיקות', en: 'Test Clinic' },
    taxId: plan.dealerType === 'amuta' ? '580000008' : '123456782',
    dealerType: plan.dealerType,
    vatRegistered: plan.dealerType === 'osek_murshe' || plan.dealerType === 'company',
    mode: 'test',
    timeZone: 'Asia/Jerusalem',
    currency: 'ILS',
    locale: 'he',
    address: { street: 'הרצל', houseNumber: '1', city: 'תל אביב', zip: '6688101', country: 'IL' },
    receipt: { email: plan.mailsReceipts, print: plan.print },
  });
  const { secret } = await must<{ secret: string }>(world, 'POST', `/v1/workspaces/${made.id}/api-keys`, {
    name: 'app',
    scopes: SCOPES,
  });
  const credentials = credentialsFor(plan, own);
  await fillPaymentSlot(world, made.id, plan, credentials);
  const accounts: Record<string, string> = {
    [plan.provider]: credentials[ACCOUNT_FIELD[plan.provider]] ?? '',
  };
  if (plan.service !== null) {
    const service = serviceCredentials(plan.service, own, world.sandboxUrl);
    await must(world, 'PUT', `/v1/workspaces/${made.id}/invoice-service`, {
      service: plan.service,
      credentials: service,
    });
  }
  await world.control('POST', 'time-scale', { provider: plan.provider, scale: plan.lag });
  return { id: made.id, key: secret, accounts };
}

export function fillPaymentSlot(
  world: World,
  workspaceId: string,
  plan: Plan,
  credentials: Record<string, string>,
): Promise<unknown> {
  return must(world, 'PUT', `/v1/workspaces/${workspaceId}/payment-provider`, {
    provider: plan.provider,
    credentials,
    options: { webhookGraceSeconds: plan.graceSeconds },
  });
}

async function must<T>(world: World, method: string, path: string, body: unknown): Promise<T> {
  const { answer } = await world.call(method, path, { key: ADMIN_KEY, body });
  if (answer === null || answer.status >= 300)
    throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
  return answer.json as T;
}
