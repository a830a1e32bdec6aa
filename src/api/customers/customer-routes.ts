import type { Router } from 'express';
import { ERASURE } from '../../db/audit-chain.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { findWorkspace } from '../../db/workspaces.ts';
import type { WorkspaceRow } from '../../db/workspaces.ts';
import { ERASED } from '../../domain/erasure.ts';
import type { Identifiers } from '../../domain/erasure.ts';
import { Problem } from '../../domain/problems.ts';
import type { z } from 'zod';
import type { ApiContext } from '../context.ts';
import { actorOf, workspaceFor } from '../http/authenticate.ts';
import { routerOf } from '../http/operation.ts';
import { readBody } from '../http/read-input.ts';
import { settlePhone, settleTaxId } from '../payments/customer-rules.ts';
import { customerOperations } from './customer-operations.ts';
import { eraseBody } from './customer-schema.ts';
import { eraseCustomer } from './erase-customer.ts';

/** `/v1/customers`: people whose data must go. */
export function createCustomerRoutes(context: ApiContext): Router {
  return routerOf('/v1/customers', customerOperations, {
    erase: async (request, response) => {
      const workspaceId = workspaceFor(request, 'customers:erase');
      const body = readBody(request, eraseBody);
      const json = await inWorkspace(context.pool, workspaceId, async (tx) => {
        const workspace = await findWorkspace(tx, workspaceId);
        if (workspace === null) throw new Problem('not_found', 'there is no such workspace');
        const by = asStored(body, workspace);
        const { json: answer, erasedReasons, names } = await eraseCustomer(tx, workspaceId, by);
        const { paymentIds, erased } = answer;
        const detail = { by: Object.keys(by), paymentIds, erased, erasedReasons };
        const { actor, reason: given } = actorOf(request);
        const reason = given !== null && names(given) ? ERASED : given;
        await context.audit(tx, { actor, reason, workspaceId, action: ERASURE, subjectId: null, detail });
        return answer;
      });
      response.json(json);
    },
  });
}

/** Identifiers in the form in which payments store them. @throws Problem naming the field */
function asStored(
  { email, phone, taxId, subject }: z.output<typeof eraseBody>,
  { address: { country } }: WorkspaceRow,
): Identifiers {
  return {
    ...(email === undefined ? {} : { email }),
    ...(phone === undefined ? {} : { phone: settlePhone(phone, country, '#/phone') }),
    ...(taxId === undefined ? {} : { taxId: settleTaxId(taxId, country, '#/taxId') }),
    ...(subject === undefined ? {} : { subject }),
  };
}
