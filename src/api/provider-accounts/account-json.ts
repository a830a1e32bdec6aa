import type { AccountRow } from '../../db/provider-accounts.ts';
import type { LastRefusal } from '../../db/webhook-refusals.ts';
import type { ApiContext } from '../context.ts';
import { webhookTokenPlace } from './account-store.ts';
import type { ProviderFamily } from './account-families.ts';
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
  if (family.name === 'invoice') return { service: name, ...state };
  return {
    provider: name,
    webhookUrl: account === null ? null : webhookUrl(context, account),
    lastRefusedWebhook: refusal === null ? null : { ...refusal, at: refusal.at.toISOString() },
    ...state,
  };
}

const NEVER_SET = {
  hasCredentials: false,
  isEnabled: false,
  lastCheckedAt: null,
  lastSuccessAt: null,
  options: DEFAULT_OPTIONS,
};

function stateOf({ isActive, lastCheckedAt, lastSuccessAt, options }: AccountRow) {
  return {
    hasCredentials: true,
    isEnabled: isActive,
    lastCheckedAt: lastCheckedAt?.toISOString() ?? null,
    lastSuccessAt: lastSuccessAt?.toISOString() ?? null,
    options,
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
