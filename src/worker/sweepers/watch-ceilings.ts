import { insertPaturStep, listOpenPaturYears } from '../../db/patur-steps.ts';
import type { OpenPaturYear } from '../../db/patur-steps.ts';
import type { Pool, Sql } from '../../db/pool.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { stepsReached } from '../../domain/patur-ceiling.ts';
import { tellWorkspaces } from '../../history/tell.ts';
import { readPaturTurnover } from '../../reports/patur-turnover.ts';
import { sweepEach } from './sweep-each.ts';

/** Tells a live osek patur, once a year and step, that its turnover has come near the ceiling or reached it. */
export async function watchCeilings({ pool }: { readonly pool: Pool }): Promise<void> {
  await sweepEach(await listOpenPaturYears(pool, new Date()), {
    idsOf: ({ workspaceId }) => ({ workspaceId }),
    run: (open) => inWorkspace(pool, open.workspaceId, (tx) => tellSteps(tx, open)),
  });
}

async function tellSteps(tx: Sql, { workspaceId, through }: OpenPaturYear): Promise<void> {
  const patur = await readPaturTurnover(tx, workspaceId, through);
  if (patur === null || patur.ceiling === null || patur.ceilingYear === null) return;
  const { year, turnover, ceiling, ceilingYear } = patur;
  for (const step of stepsReached(turnover, ceiling)) {
    if (!(await insertPaturStep(tx, { workspaceId, year, step }))) continue;
    const facts = { year, step, ceiling, ceilingYear, turnover, currency: 'ILS' };
    await tellWorkspaces(tx, [workspaceId], { type: 'workspace.ceiling_reached', facts });
  }
}
