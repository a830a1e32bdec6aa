import type { components, Tashlum } from 'tashlum/client';
import { TashlumProblem } from 'tashlum/client';

/** The payment providers of the demo clinic, with credentials that the sandbox accepts. */
export const SANDBOX_ACCOUNTS = {
  payplus: { apiKey: 'demo-api-key', secretKey: 'demo-secret-key', paymentPageUid: 'demo-page' },
  grow: { userId: 'demo-user', pageCode: 'demo-page', apiKey: 'demo-api-key' },
  stripe: { secretKey: 'sk_test_demo', webhookSecret: 'whsec_demo' },
} as const;

/** Who calls, in the audit log. */
export const ACTOR = { 'tashlum-actor': 'dev environment' } as const;

export type ProviderName = keyof typeof SANDBOX_ACCOUNTS;

/** The demo clinic: a workspace and a key of it. */
export interface Clinic {
  id: string;
  key: string;
}

const SCOPES: components['schemas']['NewApiKey']['scopes'] = [
  'payments:read',
  'payments:write',
  'refunds:write',
  'reports:read',
  'settings:write',
  'providers:write',
];

const CLINIC: components['schemas']['NewWorkspace'] = {
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

type ProviderAccount = components['schemas']['PaymentProviderAccount'];

const at = (id: string) => ({ path: { id } });

/** Null where the API says that there is none. */
const orNull = (error: unknown): null => {
  if (error instanceof TashlumProblem && error.code === 'not_found') return null;
  throw error;
};

const isStillThere = async (admin: Tashlum, { id }: Clinic): Promise<boolean> =>
  (await admin.get('/v1/workspaces/{id}', { params: at(id) }).catch(orNull)) !== null;

const createClinic = async (admin: Tashlum): Promise<Clinic> => {
  const { id } = await admin.post('/v1/workspaces', { body: CLINIC });
  const body = { name: 'Demo', scopes: SCOPES };
  const { secret } = await admin.post('/v1/workspaces/{id}/api-keys', { params: at(id), body });
  return { id, key: secret };
};

/** Sets this provider, unless the clinic already has it: then a second start keeps the account of open pages. */
const chooseProvider = async (admin: Tashlum, { id }: Clinic, provider: ProviderName): Promise<void> => {
  const path = '/v1/workspaces/{id}/payment-provider';
  const stored = await admin.get(path, { params: at(id) }).catch(orNull);
  if (stored?.provider === provider) return;
  // TypeScript does not see that name and credentials are of the same vendor.
  const body = { provider, credentials: SANDBOX_ACCOUNTS[provider] } as ProviderAccount;
  await admin.put(path, { params: at(id), body });
};

/** The clinic of the last start, or a new one, with a payment provider and Green Invoice at the sandbox. */
export const openClinic = async (
  admin: Tashlum,
  kept: Clinic | undefined,
  provider: ProviderName,
): Promise<Clinic> => {
  const isKept = kept !== undefined && (await isStillThere(admin, kept));
  const clinic = isKept ? kept : await createClinic(admin);
  await chooseProvider(admin, clinic, provider);
  if (!isKept) {
    const credentials = { apiKeyId: 'demo-key-id', apiKeySecret: 'demo-key-secret' };
    const body = { service: 'green-invoice', credentials } as const;
    await admin.put('/v1/workspaces/{id}/invoice-service', { params: at(clinic.id), body });
  }
  return clinic;
};
