import { z } from 'zod';
import type { AnswerOf } from '../http/answer.ts';

/** The process answers. Nothing else is checked. */
export const liveAnswer = z.object({ status: z.literal('live') }).meta({ id: 'Liveness' });

const check = z.enum(['ok', 'failing']);

/** Whether the process can serve, and what of it is wrong. */
export const readyAnswer = z
  .object({
    status: z.enum(['ready', 'not_ready']),
    checks: z.object({
      postgres: check,
      migrations: check.describe('Whether all migrations of this version have run.'),
      encryptionKeys: check.describe('Whether the keys open what is stored.'),
      temporal: check,
    }),
  })
  .meta({ id: 'Readiness' });
export type ReadyJson = AnswerOf<typeof readyAnswer>;
/** Each thing that readiness needs, and whether it is there. */
export type Checks = ReadyJson['checks'];
