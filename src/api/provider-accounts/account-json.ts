import type { AccountOptions, AccountRow } from '../../db/provider-accounts.ts';
import type { LastRefusal } from '../../db/webhook-refusals.ts';
import type { VendorOption } from '../../providers/payments/payment-provider.ts';
import type { ApiContext } from '../context.ts';
import { webhookTokenPlace } from './account-store.ts';
import type { AccountFace, ProviderFamily } from './account-families.ts';
import { DEFAULT_OPTIONS } from './account-order.ts';
import type { AccountJson, AccountTestJson } from './account-schema.ts';

/** A provider account as the API shows it, without its secrets. */
export function toAccountJson(
  context: Pick<ApiContext, 'publicUrl' | 'secrets'>,
  family: ProviderFamily,
  account: AccountRow | null,
  refusal: LastRefusal | null,
): AccountJson {
  const name = account?.provider ?? null;
  const state = account === null ? NEVER_SET : stateOf(account);
  if (family.name === 'invoice') return { service: name, ...state, options: {} };
  return {
    provider: name,
    webhookUrl: account === null ? null : webhookUrl(context, account),
    lastRefusedWebhook: refusal === null ? null : { ...refusal, at: refusal.at.toISOString() },
    ...state,
    options: toOptionsJson(account?.options ?? DEFAULT_OPTIONS, family.face(name ?? '')),
  };
}

const NEVER_SET = {
  hasCredentials: false,
  isEnabled: false,
  lastCheckedAt: null,
  lastSuccessAt: null,
};

function stateOf({ isActive, lastCheckedAt, lastSuccessAt }: AccountRow) {
  return {
    hasCredentials: true,
    isEnabled: isActive,
    lastCheckedAt: lastCheckedAt?.toISOString() ?? null,
    lastSuccessAt: lastSuccessAt?.toISOString() ?? null,
  };
}

/** Without what this vendor does not obey. */
function toOptionsJson({ webhookGraceSeconds, maxAmount, ...own }: AccountOptions, face: AccountFace | null) {
  const names: readonly VendorOption[] = face?.options ?? ['maxPageMinutes'];
  const ofVendor = names.flatMap((name) => (own[name] === undefined ? [] : [[name, own[name]] as const]));
  return {
    webhookGraceSeconds,
    ...(maxAmount === undefined ? {} : { maxAmount }),
    ...Object.fromEntries(ofVendor),
  };
}

/** The answer to a test of credentials that the vendor accepted. */
export function toTestJson(family: ProviderFamily, name: string): AccountTestJson {
  const tested = { ok: true, checkedAt: new Date().toISOString() } as const;
  return family.name === 'invoice' ? { service: name, ...tested } : { provider: name, ...tested };
}

function webhookUrl(context: Pick<ApiContext, 'publicUrl' | 'secrets'>, account: AccountRow): string {
  const token = context.secrets.open(webhookTokenPlace(account.id), account.webhookTokenSealed);
  return `${context.publicUrl}/webhooks/${account.provider}/${token.toString()}`;
}
