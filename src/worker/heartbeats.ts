import type { Context } from '@temporalio/activity';
import type { ActivityInterceptors } from '@temporalio/worker';

/** Often enough that one or two may be missed before the time limit for silence. */
export const HEARTBEAT_MS = 3_000;

/**
 * Sends heartbeats for every running activity. If its worker is killed, another worker takes it as soon as they stop,
 * and not only when its whole time is up. A local activity dies with its workflow task and needs none.
 */
export function giveSignsOfLife(context: Pick<Context, 'info' | 'heartbeat'>): ActivityInterceptors {
  if (context.info.isLocal) return {};
  return {
    inbound: {
      execute: async (input, next) => {
        const beating = setInterval(() => context.heartbeat(), HEARTBEAT_MS);
        try {
          return await next(input);
        } finally {
          clearInterval(beating);
        }
      },
    },
  };
}
