import type { Operations } from '../http/operation.ts';
import { liveAnswer, readyAnswer } from './health-schema.ts';

/** `/health`. */
export const healthOperations = {
  live: {
    id: 'getLiveness',
    method: 'get',
    path: '/health/live',
    summary: 'Whether the process answers',
    caller: 'public',
    answers: { 200: { when: 'It does.', json: liveAnswer } },
  },
  ready: {
    id: 'getReadiness',
    method: 'get',
    path: '/health/ready',
    summary: 'Whether requests can be served',
    caller: 'public',
    answers: {
      200: { when: 'Everything that is needed answers.', json: readyAnswer },
      503: { when: 'Something that is needed does not answer.', json: readyAnswer },
    },
  },
} as const satisfies Operations;
