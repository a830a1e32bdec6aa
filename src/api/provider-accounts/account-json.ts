import type { AccountRow } from '../../db/provider-accounts.ts';
import type { ApiContext } from '../context.ts';
import { webhookTokenPlace } from './account-store.ts';
import type { ProviderFamily } from './account-families.ts';
import { DEFAULT_OPTIONS } from './account-order.ts';

/** A provider account as the API shows it, without its secrets. */
export function toAccountJson(
  context: Pick<ApiContext, 'publicUrl' | 'secrets'>,
  family: ProviderFamily,
  account: AccountRow | null,
): Record<string, unknown> {
  const isPayment = family.name === 'payment';
  if (account === null) {
    const nothing = { hasCredentials: false, isEnabled: false, lastCheckedAt: null, lastSuccessAt: null };
    return {
      [family.nameField]: null,
      ...nothing,
      ...(isPayment ? { webhookUrl: null } : {}),
      options: DEFAULT_OPTIONS,
    };
  }
  return {
    [family.nameField]: account.provider,
    hasCredentials: true,
    isEnabled: account.isActive,
    lastCheckedAt: account.lastCheckedAt?.toISOString() ?? null,
    lastSuccessAt: account.lastSuccessAt?.toISOString() ?? null,
    ...(isPayment ? { webhookUrl: webhookUrl(context, account) } : {}),
    options: account.options,
  };
}

function webhookUrl(context: Pick<ApiContext, 'publicUrl' | 'secrets'>, account: AccountRow): string {
  const token = context.secrets.open(webhookTokenPlace(account.id), account.webhookTokenSealed);
  return `${context.publicUrl}/webhooks/${account.provider}/${token.toString()}`;
}
