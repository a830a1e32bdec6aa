import { hostBreaker } from '../domain/breaker.ts';
import { isProviderError } from '../domain/provider-error.ts';
import type { Http } from '../http.ts';
import type { Logger } from '../logger.ts';
import type { Metrics } from '../metrics.ts';
import type { TimeStampSettings } from '../printing/signing/time-stamp/authority.ts';
import type { TimeStamps } from '../printing/signing/signing-folder.ts';
import type { Breakers } from '../providers/breakers.ts';
import { createGuardCalls } from '../providers/guard-calls.ts';

interface Deps {
  readonly http: Http;
  readonly breakers: Breakers;
  readonly metrics: Pick<Metrics, 'timeStamps'>;
  readonly logger: Logger;
}

/** All workspaces have the same authority, so it has one breaker. */
const NAMES = { host: null, account: hostBreaker('time-stamp', 'live') };

/**
 * The operator's time-stamp authority behind its breaker, its stamps counted; null where none is set. Nothing is ever
 * printed unstamped instead: only the operator decides that, by taking SIGNING_TSA_URL away.
 */
export async function openTimeStamps(
  settings: TimeStampSettings | null,
  { http, breakers, metrics, logger }: Deps,
): Promise<TimeStamps | null> {
  if (settings === null) return null;
  // Its libraries take 0.2 s and 13 MB to load, which a worker without an authority is spared.
  const { createTimeStampAuthority } = await import('../printing/signing/time-stamp/authority.ts');
  const { mostBytes, stamp } = createTimeStampAuthority(http, settings);
  const authority = createGuardCalls(breakers)({ stamp }, NAMES);
  return {
    mostBytes,
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
          logger.warn(
            why,
            'a document is not printed, because its signature got no time stamp; it is tried again',
          );
        }
        throw error;
      }
    },
  };
}
