import type { Parts } from '../compose.ts';
import { hostBreaker } from '../domain/breaker.ts';
import { isProviderError } from '../domain/provider-error.ts';
import { createTimeStampAuthority } from '../printing/signing/time-stamp/authority.ts';
import type { TimeStampSettings } from '../printing/signing/time-stamp/authority.ts';
import type { TimeStamps } from '../printing/signing/signing-folder.ts';
import { createGuardCalls } from '../providers/guard-calls.ts';

/** All workspaces have the same authority, so it has one breaker. */
const NAMES = { host: null, account: hostBreaker('time-stamp', 'live') };

/**
 * The operator's time-stamp authority behind its breaker, its stamps counted; null where none is set. Nothing is ever
 * printed unstamped instead: only the operator decides that, by taking SIGNING_TSA_URL away.
 */
export function openTimeStamps(
  settings: TimeStampSettings | null,
  { http, breakers, metrics, logger }: Pick<Parts, 'http' | 'breakers' | 'metrics' | 'logger'>,
): TimeStamps | null {
  if (settings === null) return null;
  const authority = createGuardCalls(breakers)(createTimeStampAuthority(http, settings), NAMES);
  return {
    mayStamp: () => breakers.look(NAMES),
    async stamp(signature) {
      try {
        const token = await authority.stamp(signature);
        metrics.timeStamps.inc({ result: 'stamped' });
        return token;
      } catch (error) {
        if (isProviderError(error)) {
          metrics.timeStamps.inc({ result: error.code });
          const why = { why: error.message, authority: new URL(settings.url).host };
          logger.warn(why, 'a document is not printed, because its signature got no time stamp; it is tried again');
        }
        throw error;
      }
    },
  };
}
