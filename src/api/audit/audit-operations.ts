import type { Operations } from '../http/operation.ts';
import { auditAnswer, auditQuery } from './audit-schema.ts';

/** `/v1/audit`. */
export const auditOperations = {
  list: {
    id: 'listAudit',
    method: 'get',
    path: '/v1/audit',
    summary: 'List who did what and why, newest first',
    description:
      'Every entry is chained to the one before. `npm run verify-audit` finds one that was changed, moved or removed.',
    caller: 'settings:write',
    query: auditQuery,
    answers: { 200: { when: 'A page of entries.', json: auditAnswer } },
  },
} as const satisfies Operations;
