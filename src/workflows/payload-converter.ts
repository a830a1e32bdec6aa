import { defaultPayloadConverter } from '@temporalio/common';
import type { PayloadConverter } from '@temporalio/common';
import { inWorkflowContext, log } from '@temporalio/workflow';

/**
 * Anybody with access to Temporal can send something unreadable, such as bytes of another codec or broken JSON. By
 * default this fails every later workflow task, and the payment is never settled. Here it arrives as undefined, which
 * handlers ignore. Results of activities are our own, so an unreadable one stays an error.
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
