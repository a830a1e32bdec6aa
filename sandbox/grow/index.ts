import { fieldsOf, textsOf } from '../vendor.ts';
import type { Answer, Route, Vendor, VendorDeps } from '../vendor.ts';
import { approveTransaction } from './approve.ts';
import { STYLES, toCallbacks, toRejection, toReturnUrl } from './callback.ts';
import { createProcess } from './create-process.ts';
import { createDashboard } from './dashboard.ts';
import { refusal, UNKNOWN_METHOD } from './errors.ts';
import { newTransactionId } from './numbers.ts';
import { queries } from './queries.ts';
import { refundTransaction } from './refund.ts';

/** Grow, as docs/reference/grow.md describes it, below `/grow` in place of `/api/light/server/1.0`. */
export function createGrow(deps: VendorDeps): Vendor {
  return {
    name: 'grow',
    routes: mixTypes([
      createProcess(deps),
      ...queries(deps),
      approveTransaction(deps),
      refundTransaction(deps),
    ]),
    accountsOf: (call) => {
      const { userId, pageCode, processId, transactionId } = fieldsOf(call);
      const pageId = deps.ledger.transaction(String(transactionId))?.checkoutId ?? String(processId);
      // Only some calls name the business; the others are about a page of it.
      return textsOf(userId, pageCode, deps.ledger.checkout(pageId)?.account);
    },
    credentialFields: ['apiKey'],
    trouble: (operation) => refusal(operation === 'refund' ? 107 : 12),
    unknownPath: UNKNOWN_METHOD,
    payments: {
      newTransactionId,
      notices: toCallbacks,
      rejection: toRejection,
      returnUrl: toReturnUrl,
      styles: STYLES,
      dashboard: createDashboard(deps),
      businessName: () => 'הקליניקה לדוגמה',
      refuses: (mode) =>
        mode === 'wrong_currency'
          ? 'Grow knows no currency but ILS, so wrong_currency cannot be played'
          : null,
    },
  };
}

/**
 * The envelope's status and error ids come as numbers or as texts, so every other answer has texts.
 * Source: docs/reference/grow.md, "Envelope".
 */
function mixTypes(routes: readonly Route[]): Route[] {
  let answered = 0;
  return routes.map((route) => ({
    ...route,
    answer: (call) => {
      const answer = route.answer(call);
      answered += 1;
      return answered % 2 === 0 ? withTexts(answer) : answer;
    },
  }));
}

function withTexts(answer: Answer): Answer {
  const { status, err, ...rest } = answer.json as { status: number; err: '' | { id: number } };
  const spelt = err === '' ? err : { ...err, id: String(err.id) };
  return { ...answer, json: { status: String(status), err: spelt, ...rest } };
}
