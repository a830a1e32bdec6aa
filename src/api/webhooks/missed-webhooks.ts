import { askSoonAbout } from '../../db/webhook-refusals.ts';
import type { ApiContext } from '../context.ts';
import type { WebhookAccounts } from './webhook-accounts.ts';

const TRY_AGAIN_MS = 2_000;
/** More accounts than this are not remembered. Polling finds their payments. */
const MOST_ACCOUNTS = 1_000;

/** Where a webhook was sent. */
export interface WebhookAddress {
  readonly provider: string;
  readonly token: string;
}

/**
 * Remembers webhooks that could not be stored because the database was not reachable. Not every vendor sends a webhook again.
 * Once the database answers, a worker asks about the open payments of their accounts, as after a refused webhook. If the
 * process ends before, polling finds the payments. `later` runs something after so many milliseconds.
 */
export function createMissedWebhooks(
  { pool, logger }: Pick<ApiContext, 'pool' | 'logger'>,
  accounts: Pick<WebhookAccounts, 'find'>,
  later: (ms: number, run: () => void) => void = unrefTimer,
) {
  const missed = new Map<string, WebhookAddress>();
  let isWaiting = false;

  function note(address: WebhookAddress): void {
    if (missed.size >= MOST_ACCOUNTS) return;
    missed.set(address.token, address);
    tryLater();
  }

  function tryLater(): void {
    if (isWaiting) return;
    isWaiting = true;
    later(TRY_AGAIN_MS, () => void askAboutAll());
  }

  async function askAboutAll(): Promise<void> {
    isWaiting = false;
    try {
      for (const address of missed.values()) await askAbout(address);
    } catch (error) {
      logger.warn({ err: error, accounts: missed.size }, 'accounts of webhooks that were not stored wait');
      tryLater();
    }
  }

  async function askAbout({ provider, token }: WebhookAddress): Promise<void> {
    const receiver = await accounts.find(provider, token);
    if (receiver !== null) {
      const { id: accountId, workspaceId } = receiver.account;
      await askSoonAbout(
        pool,
        { accountId, workspaceId },
        'the database was not reachable, so it was not stored',
      );
      logger.warn(
        { accountId },
        'webhooks were not stored: the open payments of their account are asked about',
      );
    }
    missed.delete(token);
  }

  return { note };
}

const unrefTimer = (ms: number, run: () => void): void => void setTimeout(run, ms).unref();
