import { defaultPayloadConverter } from '@temporalio/common';
import type { PayloadConverter } from '@temporalio/common';
import { inWorkflowContext, log } from '@temporalio/workflow';

/**
 * Whoever reaches Temporal can send what nobody can read: another codec's bytes, broken JSON. By default that fails every
 * workflow task from then on, and the payment is never settled. Here it arrives as nothing, which handlers ignore.
 * What an activity answered is our own: there an unreadable answer stays an error.
 */
export const payloadConverter: PayloadConverter = {
  toPayload: (value, context) => defaultPayloadConverter.toPayload(value, context),
  fromPayload: <T>(...[payload, context]: Parameters<PayloadConverter['fromPayload']>): T => {
    try {
      return defaultPayloadConverter.fromPayload<T>(payload, context);
    } catch (error) {
      if (context?.type !== 'workflow') throw error;
      if (inWorkflowContext()) log.warn('a workflow received an unreadable message and ignores it');
      return undefined as T;
    }
  },
};
