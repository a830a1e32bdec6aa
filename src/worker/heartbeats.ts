import type { Context } from '@temporalio/activity';
import type { ActivityInterceptors } from '@temporalio/worker';

/** Often enough that a missed one or two do not yet reach the policies' limit for silence. */
export const HEARTBEAT_MS = 3_000;

/**
 * Lets every running activity give signs of life by itself: one whose worker was killed is given to another one as soon
 * as they stay away, not only when its whole time is up. A local activity dies with its workflow task and needs none.
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
