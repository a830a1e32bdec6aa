import type { Operations } from '../http/operation.ts';
import { eraseBody, erasedAnswer } from './customer-schema.ts';

/** `/v1/customers`. */
export const customerOperations = {
  erase: {
    id: 'eraseCustomer',
    method: 'post',
    path: '/v1/customers/erase',
    summary: 'Erase the data of a person',
    description:
      'Every payment that bears any of these identifiers loses what names its payer and patient. It cannot be undone. Documents stay as they were issued, because the law says so, and the answer tells until when. Nothing is erased while one of the payments is open, in review or disputed, or a refund, a mail or the tax invoice of its cheques is still to come: 409 names it. The audit log notes that it was done, and not about whom.',
    caller: 'customers:erase',
    body: eraseBody,
    onRepeat: 'what is erased stays erased; a repeat finds nothing more',
    answers: { 200: { when: 'What was erased and what was kept.', json: erasedAnswer } },
    problems: ['conflict'],
    example: { email: 'noa@example.com' },
  },
} as const satisfies Operations;
