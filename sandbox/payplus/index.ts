import { randomUUID } from 'node:crypto';
import type { Vendor, VendorDeps } from '../vendor.ts';
import { STYLES, toCallbacks, toReturnUrl } from './callback.ts';
import { accountsOf, errorBody } from './envelope.ts';
import { createDashboard } from './dashboard.ts';
import { generateLink } from './generate-link.ts';
import { PART_METHODS } from './parts.ts';
import { cancelTransaction } from './cancel.ts';
import { accountPages, disablePage } from './pages.ts';
import { readBacks } from './read-back.ts';
import { refundByTransactionUid } from './refund.ts';

/** PayPlus, as docs/reference/payplus.md describes it, below `/payplus` in place of `/api/v1.0`. */
export function createPayplus(deps: VendorDeps): Vendor {
  return {
    name: 'payplus',
    routes: [
      generateLink(deps),
      ...readBacks(deps),
      disablePage(deps),
      refundByTransactionUid(deps),
      cancelTransaction(deps),
      ...accountPages(deps),
    ],
    accountsOf: ({ headers }) => accountsOf(headers),
    credentialFields: ['api_key', 'secret_key', 'token', 'cvv'],
    trouble: () => errorBody('general-error'),
    unknownPath: { status: 403 },
    payments: {
      newTransactionId: randomUUID,
      notices: toCallbacks,
      returnUrl: toReturnUrl,
      styles: STYLES,
      partMethods: PART_METHODS,
      dashboard: createDashboard(deps),
      businessName: ({ language }) => (language === 'he' ? 'הקליניקה לדוגמה' : 'Example Clinic'),
      refuses: (mode, { wire }) =>
        mode === 'out_of_order' && wire['send_failure_callback'] !== true
          ? 'out_of_order sends the webhook of a rejected attempt, and this page was made without send_failure_callback'
          : null,
    },
  };
}
