import { z } from 'zod';
import { id } from '../http/answer.ts';
import type { Operation } from '../http/operation.ts';
import type { AccountFamily } from '../../db/provider-accounts.ts';
import type { Registry } from '../../providers/adapters.ts';
import { emptyBody, noQuery } from '../http/read-input.ts';
import { FAMILY_NAMES } from './account-families.ts';
import { ACCOUNT_ANSWERS, optionsOf } from './account-schema.ts';

const params = { id: id('workspace').describe('The workspace.') };

const WORDS = {
  payment: { noun: 'payment provider', id: 'PaymentProvider' },
  invoice: { noun: 'invoice service', id: 'InvoiceService' },
} as const;

/** `/v1/workspaces/{id}/payment-provider` or `…/invoice-service`: both are set, tested and removed in the same way. */
export function accountOperations(family: AccountFamily, registry: Registry) {
  const { noun, id: name } = WORDS[family];
  const answers = ACCOUNT_ANSWERS[family];
  const body = bodyOf(family, registry).meta({ id: `${name}Account` });
  const path = `/v1/workspaces/{id}/${FAMILY_NAMES[family].path}` as const;
  const who = { caller: 'providers:write', isForAdmin: true, params } as const;
  return {
    put: {
      id: `put${name}`,
      method: 'put',
      path,
      summary: `Set the ${noun}`,
      description: `The credentials are tested at the ${noun} first, then stored sealed. Wrong ones leave the old ones active. Without \`credentials\` the stored ones are used.`,
      ...who,
      body,
      answers: { 200: { when: 'The account, without its secrets.', json: answers.account } },
      problems: [
        ...(['provider_credentials_invalid', 'document_issuer_conflict', 'conflict'] as const),
        ...(family === 'payment' ? (['unsupported_operation'] as const) : []),
      ],
    },
    get: {
      id: `get${name}`,
      method: 'get',
      path,
      summary: `Read the account at the ${noun}`,
      ...who,
      query: noQuery,
      answers: { 200: { when: 'The account, without its secrets.', json: answers.account } },
    },
    test: {
      id: `test${name}`,
      method: 'post',
      path: `${path}/test`,
      summary: `Test credentials at the ${noun}`,
      description: 'Without a body the stored credentials are tested.',
      ...who,
      body: z.union([emptyBody, body]),
      onRepeat: 'it stores nothing',
      answers: { 200: { when: 'The credentials are accepted.', json: answers.test } },
      problems: ['provider_credentials_invalid'],
    },
    remove: {
      id: `remove${name}`,
      method: 'delete',
      path,
      summary: `Disable the ${noun}`,
      description: 'Credentials and history stay. Links that are out can still be paid.',
      ...who,
      answers: { 204: { when: 'It is disabled.' } },
    },
  } as const satisfies Record<string, Operation>;
}

/** One shape for each vendor: its name, its own credentials, and the options. */
function bodyOf(family: AccountFamily, registry: Registry): z.ZodType {
  const { nameField } = FAMILY_NAMES[family];
  const [first, ...others] = registry.supported[family].map((vendor) => {
    const face = family === 'payment' ? registry.paymentFace(vendor) : registry.invoiceFace(vendor);
    return z.strictObject({
      [nameField]: z.literal(vendor),
      credentials: (face?.credentials ?? z.never()).optional(),
      options: optionsOf(family === 'payment' ? registry.paymentFace(vendor) : null).optional(),
    });
  });
  return first === undefined ? z.never() : z.union([first, ...others]);
}
