import { isManualMethod, methodOf, plainMeans } from '../../domain/means.ts';
import type { ManualMethod, Means } from '../../domain/means.ts';
import { sumMinor } from '../../domain/money.ts';
import { fieldProblem } from '../../domain/problems.ts';
import type { ManualPaymentBody, ManualPart } from './manual-schema.ts';

/** How a manual payment came. `means` null: all of it by `method`. */
export interface ManualMeans {
  readonly method: ManualMethod;
  readonly means: readonly Means[] | null;
}

/** Which way, or which ways, the money came. @throws Problem naming the field */
export function checkMeans(body: ManualPaymentBody, chargeAmount: number): ManualMeans {
  const { method, check, means } = body;
  if (means === undefined) {
    if (method === undefined)
      throw fieldProblem('#/method', 'is required: say how it was paid, or name several ways in means');
    checkCheque({ method, check }, '#/check');
    return { method, means: null };
  }
  for (const [field, value] of Object.entries({ method, check }))
    if (value !== undefined)
      throw fieldProblem(`#/${field}`, 'leave it out: means says how each part was paid');
  means.forEach((part, index) => checkCheque(part, `#/means/${index}/check`));
  return { method: mainMethod(means), means: partsOf(means, chargeAmount) };
}

function checkCheque({ method, check }: Pick<ManualPart, 'method' | 'check'>, pointer: string): void {
  if (method === 'check' && check === undefined)
    throw fieldProblem(pointer, 'is required for method check: bank, branch, account, number, dueDate');
  if (method !== 'check' && check !== undefined)
    throw fieldProblem(pointer, 'is for method check only; leave it out');
}

function mainMethod(means: readonly ManualPart[]): ManualMethod {
  const method = methodOf(means);
  if (method !== null && isManualMethod(method)) return method;
  throw fieldProblem('#/means', 'must name money that came beside the tax that was withheld');
}

function partsOf(means: readonly ManualPart[], chargeAmount: number): Means[] {
  const withheld = means.filter(({ method }) => method === 'withheld');
  if (withheld.length > 1) throw fieldProblem('#/means', 'has one part with method withheld at most');
  const sum = sumMinor(means.map(({ amount }) => amount));
  if (sum !== chargeAmount)
    throw fieldProblem('#/means', `must add up to what was paid, ${chargeAmount}; they add up to ${sum}`);
  return means.map(({ method, amount, check, brand, last4, approvalNumber }) => ({
    ...plainMeans(method, amount),
    brand: brand ?? null,
    last4: last4 ?? null,
    approvalNumber: approvalNumber ?? null,
    ...(check === undefined ? {} : { dueDate: check.dueDate, check }),
  }));
}
