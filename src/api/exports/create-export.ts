import type { Request } from 'express';
import type { z } from 'zod';
import { countUnconverted } from '../../db/exchange-rates.ts';
import { countWaitingExports, findExport, insertExport } from '../../db/exports.ts';
import type { IdempotencyUse } from '../../db/idempotency-keys.ts';
import type { Sql } from '../../db/pool.ts';
import { findPayment } from '../../db/payments.ts';
import { listTaxProfiles } from '../../db/tax-profiles.ts';
import { inWorkspace } from '../../db/transaction.ts';
import type { WorkspaceRow } from '../../db/workspaces.ts';
import type { Day } from '../../domain/calendar.ts';
import { kindOf } from '../../domain/export.ts';
import type { ExportKind, ExportOptions } from '../../domain/export.ts';
import { isId, newId } from '../../domain/ids.ts';
import type { Currency } from '../../domain/money.ts';
import { fieldProblem, Problem } from '../../domain/problems.ts';
import { periodsIn } from '../../reports/periods.ts';
import type { ApiContext } from '../context.ts';
import { actorOf, workspaceFor } from '../http/authenticate.ts';
import { optionalUse } from '../http/idempotency.ts';
import { findSentBefore } from '../http/once.ts';
import { readBody } from '../http/read-input.ts';
import { checkBegun, checkRange } from '../reports/range-rules.ts';
import { getLockedWorkspace } from '../workspaces/workspace-access.ts';
import { newExport } from './export-schema.ts';
import { checkUniformRun } from './uniform-rules.ts';

/** The most exports of one workspace that may wait at once. */
const MOST_WAITING = 50;

/**
 * Writes an export down and queues its job. With an `Idempotency-Key`, the same request finds the same export again.
 * @returns its id and workspace
 */
export async function createExport(
  context: ApiContext,
  request: Request,
): Promise<{ readonly id: string; readonly workspaceId: string }> {
  const workspaceId = workspaceFor(request, 'reports:read');
  const use = optionalUse(request, workspaceId, 'POST /v1/exports');
  const id = await inWorkspace(context.pool, workspaceId, (tx) => writeOnce(context, tx, request, use));
  // A job that is lost here is queued again by the worker (`worker/sweepers/queue-exports.ts`).
  await context.queue.enqueue('export', { workspaceId }, workspaceId);
  return { id, workspaceId };
}

async function writeOnce(
  context: ApiContext,
  tx: Sql,
  request: Request,
  use: IdempotencyUse | null,
): Promise<string> {
  const id = newId('export');
  const sent = await findSentBefore(tx, use, id);
  const earlier = sent === null ? null : await findExport(tx, sent);
  return earlier?.id ?? write(context, tx, request, id);
}

/** @throws Problem validation_failed, conflict */
async function write(context: ApiContext, tx: Sql, request: Request, id: string): Promise<string> {
  const workspaceId = workspaceFor(request, 'reports:read');
  const { locale, currency, options: given = {}, ...asked } = readBody(request, newExport);
  const workspace = await getLockedWorkspace(tx, workspaceId);
  const options = withOwnPeriods(asked.kind, given, workspace);
  checkWish(asked, options);
  if (kindOf(asked.kind).isOfficial) await checkOfficial(tx, workspace, { ...asked, wanted: currency });
  checkReady(context, workspace, asked);
  if (kindOf(asked.kind).isOfPatient) await checkPatient(tx, workspaceId, options);
  await checkBegun(tx, workspaceId, asked.to);
  if ((await countWaitingExports(tx, workspaceId)) >= MOST_WAITING)
    throw new Problem('conflict', `${MOST_WAITING} exports wait already; cancel one, or wait for one`);
  const order = {
    ...asked,
    options,
    locale: locale ?? workspace.locale,
    currency: currency ?? (kindOf(asked.kind).isOfficial ? 'ILS' : workspace.currency),
  };
  await insertExport(tx, { id, workspaceId, ...order });
  await context.audit(tx, {
    ...actorOf(request),
    workspaceId,
    action: 'export.created',
    subjectId: id,
    detail: order,
  });
  return id;
}

/** The periods of the business's VAT return, where the kind of file has such and none are asked for. */
function withOwnPeriods(kind: ExportKind, given: ExportOptions, { vatReturn }: WorkspaceRow): ExportOptions {
  const isOfReturns = kindOf(kind).options?.includes('months') ?? false;
  return isOfReturns && vatReturn !== null ? { months: vatReturn.months, ...given } : given;
}

/** What can be said of it without a look at the books. @throws Problem validation_failed */
function checkWish(
  { kind, format, ...range }: Pick<z.infer<typeof newExport>, 'kind' | 'format' | 'from' | 'to'>,
  options: ExportOptions,
): void {
  const { formats, whole } = kindOf(kind);
  if (!formats.includes(format))
    throw fieldProblem('#/format', `must be ${formats.join(' or ')} for ${kind}`);
  checkOptions(kind, options);
  checkRange(range);
  if (whole !== undefined) checkWhole(range, whole === 'years' ? 12 : (options.months ?? 1));
  if (whole === 'month' && periodsIn(range, 'month').length > 1)
    throw fieldProblem('#/to', `must be the first day of the month after from: ${kind} is of one month`);
}

/** What a kind of file needs beforehand. @throws Problem validation_failed */
function checkReady(
  context: ApiContext,
  workspace: WorkspaceRow,
  asked: { readonly kind: ExportKind; readonly from: Day },
): void {
  if (asked.kind === 'uniform-structure') checkUniformRun(context, workspace, asked);
  if (asked.kind === 'hashavshevet' && workspace.hashavshevet === null)
    throw fieldProblem(
      '#/kind',
      'cannot be hashavshevet before the accounts of your bookkeeper are set: PATCH the workspace with the field hashavshevet',
    );
}

/** @throws Problem validation_failed: no payment of this workspace, or one without a patient */
async function checkPatient(tx: Sql, workspaceId: string, { paymentId }: ExportOptions): Promise<void> {
  const pointer = '#/options/paymentId';
  if (paymentId === undefined)
    throw fieldProblem(pointer, 'must name a payment of the patient whom the file is about');
  const payment = isId('payment', paymentId) ? await findPayment(tx, paymentId) : null;
  if (payment?.workspaceId !== workspaceId) throw fieldProblem(pointer, 'is no payment of this workspace');
  if (payment.patient === null)
    throw fieldProblem(pointer, 'names no patient: give a payment that has the field patient');
}

/** @throws Problem validation_failed: an option that this kind of file does not have */
function checkOptions(kind: ExportKind, options: ExportOptions): void {
  const known = kindOf(kind).options ?? [];
  for (const name of Object.keys(options))
    if (!(known as readonly string[]).includes(name))
      throw fieldProblem(`#/options/${name}`, `is not for ${kind}: leave it out`);
}

/** A file of whole periods may not begin or end within one. @throws Problem validation_failed */
function checkWhole({ from, to }: { readonly from: Day; readonly to: Day }, months: 1 | 2 | 12): void {
  const isFirst = (day: Day): boolean => day.endsWith('-01') && (Number(day.slice(5, 7)) - 1) % months === 0;
  const which = { 1: 'a month', 2: 'an odd month: periods of two months begin there', 12: 'a year' }[months];
  if (!isFirst(from)) throw fieldProblem('#/from', `must be the first day of ${which}`);
  if (!isFirst(to))
    throw fieldProblem('#/to', `must be the first day of ${which}; it is the day after the last one`);
}

/**
 * Official files are made of real documents of an Israeli dealer, in shekels.
 * @throws Problem validation_failed
 */
async function checkOfficial(
  tx: Sql,
  { id, mode, taxId }: WorkspaceRow,
  {
    kind,
    from,
    to,
    wanted = 'ILS',
  }: {
    readonly kind: ExportKind;
    readonly from: Day;
    readonly to: Day;
    readonly wanted?: Currency | undefined;
  },
): Promise<void> {
  if (wanted !== 'ILS') throw fieldProblem('#/currency', `must be ILS for ${kind}: leave it out`);
  if (mode === 'test')
    throw fieldProblem('#/kind', `cannot be ${kind} in a test workspace: its documents are not legal ones`);
  const isForeign = (await listTaxProfiles(tx, id)).some(({ dealerType }) => dealerType === 'foreign');
  if (!/^\d{1,9}$/.test(taxId) || isForeign)
    throw fieldProblem('#/kind', `cannot be ${kind} for a business without an Israeli tax id`);
  const lacking = await countUnconverted(tx, { workspaceId: id, from, to });
  if (lacking.length > 0)
    throw fieldProblem(
      '#/kind',
      `cannot be ${kind}: ${lacking.map(({ currency, count }) => `${count} documents in ${currency}`).join(', ')} have no sums in shekels; enter the rates of their days with PUT /v1/admin/exchange-rates/{currency}/{day}`,
    );
}
