import type { ApiClient } from './api-client.ts';

/** The payment providers of the demo clinic, with credentials that the sandbox accepts. */
export const SANDBOX_ACCOUNTS = {
  payplus: { apiKey: 'demo-api-key', secretKey: 'demo-secret-key', paymentPageUid: 'demo-page' },
  grow: { userId: 'demo-user', pageCode: 'demo-page', apiKey: 'demo-api-key' },
  stripe: { secretKey: 'sk_test_demo', webhookSecret: 'whsec_demo' },
} as const;

export type ProviderName = keyof typeof SANDBOX_ACCOUNTS;

/** The demo clinic: a workspace and a key of it. */
export type Clinic = { id: string; key: string };

const SCOPES = [
  'payments:read',
  'payments:write',
  'refunds:write',
  'reports:read',
  'settings:write',
  'providers:write',
];

const CLINIC = {
  name: 'Demo Clinic',
  legalName: { he: 'מרפאת הדגמה', en: 'Demo Clinic' },
  taxId: '123456782',
  dealerType: 'osek_murshe',
  vatRegistered: true,
  mode: 'test',
  timeZone: 'Asia/Jerusalem',
  currency: 'ILS',
  locale: 'he',
  address: { street: 'הרצל', houseNumber: '1', city: 'תל אביב', zip: '6688101', country: 'IL' },
};

const isStillThere = async (admin: ApiClient, clinic: Clinic): Promise<boolean> =>
  admin.get(`/v1/workspaces/${clinic.id}`).then(
    () => true,
    () => false,
  );

const createClinic = async (admin: ApiClient): Promise<Clinic> => {
  const { id } = (await admin.post('/v1/workspaces', CLINIC)) as { id: string };
  const { secret } = (await admin.post(`/v1/workspaces/${id}/api-keys`, {
    name: 'Demo',
    scopes: SCOPES,
  })) as { secret: string };
  return { id, key: secret };
};

const currentProvider = (admin: ApiClient, path: string): Promise<unknown> =>
  admin.get(path).then(
    (slot) => (slot as { provider?: unknown } | null | undefined)?.provider,
    () => undefined,
  );

/** Sets this provider, unless the clinic already has it: then a second start keeps the account of open pages. */
const chooseProvider = async (admin: ApiClient, clinic: Clinic, provider: ProviderName): Promise<void> => {
  const path = `/v1/workspaces/${clinic.id}/payment-provider`;
  if ((await currentProvider(admin, path)) === provider) return;
  await admin.put(path, { provider, credentials: SANDBOX_ACCOUNTS[provider], options: {} });
};

/** The clinic of the last start, or a new one, with a payment provider and Green Invoice at the sandbox. */
export const openClinic = async (
  admin: ApiClient,
  kept: Clinic | undefined,
  provider: ProviderName,
): Promise<Clinic> => {
  const isKept = kept !== undefined && (await isStillThere(admin, kept));
  const clinic = isKept ? kept : await createClinic(admin);
  await chooseProvider(admin, clinic, provider);
  if (!isKept) {
    await admin.put(`/v1/workspaces/${clinic.id}/invoice-service`, {
      service: 'green-invoice',
      credentials: { apiKeyId: 'demo-key-id', apiKeySecret: 'demo-key-secret' },
    });
  }
  return clinic;
};
