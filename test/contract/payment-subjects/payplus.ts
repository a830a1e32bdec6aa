import { createHmac } from 'node:crypto';
import { deliver, USUAL } from '../payment-subject.ts';
import type { PaymentSubject } from '../payment-subject.ts';

const KEYS = {
  apiKey: 'payplus-api-key-4471',
  secretKey: 'payplus-secret-key-9137',
  paymentPageUid: '5c1e0a34-0000-4000-8000-000000000001',
};
const OTHER_KEYS = { ...KEYS, apiKey: 'payplus-api-key-4472+other' };

export const subject: PaymentSubject = {
  ...USUAL,
  credentials: KEYS,
  olderCredentials: { ...KEYS, secretKey: 'payplus-secret-key-older-2210' },
  otherCredentials: {
    apiKey: 'payplus-api-key-other-6650',
    secretKey: 'payplus-secret-key-other-7781',
    paymentPageUid: '5c1e0a34-0000-4000-8000-000000000002',
  },
  wrongCredentials: {
    apiKey: { ...KEYS, apiKey: 'invalid-api-key' },
    secretKey: { ...KEYS, secretKey: 'invalid-secret-key' },
    paymentPageUid: { ...KEYS, paymentPageUid: 'invalid-page' },
  },
  secretFields: ['apiKey', 'secretKey'],
  capabilities: ['closePage', 'refund'],
  silentYes: ['closePage'],
  signed: ({ secretKey = '' }, { paymentId, pageId }) => {
    const body = JSON.stringify({
      transaction_type: 'Charge',
      transaction: {
        uid: '5c1e0a34-0000-4000-8000-0000000000aa',
        payment_page_request_uid: pageId,
        status_code: '000',
        more_info: paymentId,
      },
    });
    const hash = createHmac('sha256', secretKey).update(body).digest('base64');
    return deliver(body, { 'user-agent': 'PayPlus', hash });
  },
  styles: ['pretty_body', 'payment_request_uid'],
  strangeStatuses: [
    (answer) => answer.replaceAll('"approved"', '"on_hold"'),
    (answer) => answer.replaceAll('"Charge"', '"Chargeback"'),
  ],
  strangeRefund: (answer) => answer.replaceAll('"status_code":"000"', '"status_code":"777"'),
  partMethod: 'multipass',
  toVoid: ({ apiKey = '', secretKey = '' }, transactionId) => ({
    path: 'Transactions/Cancel',
    headers: {
      'content-type': 'application/json',
      'api-key': apiKey,
      'secret-key': secretKey,
      authorization: JSON.stringify({ api_key: apiKey, secret_key: secretKey }),
    },
    body: JSON.stringify({ transaction_uid: transactionId, terminal_uid: 't', cashier_uid: 'c' }),
  }),
  newCredentials: (own) => ({
    apiKey: `key-${own}`,
    secretKey: `secret-${own}`,
    paymentPageUid: `page-${own}`,
  }),
  accountField: 'apiKey',
  testHosts: [{ host: 'restapidev.payplus.co.il' }],
  faults: `
                            create_link  find_payment  cancel_link           credentials  refund
    status_500              one page     found         cancelled             no answer    unknown
    status_429              one page     found         cancelled             no answer    given back later
    slow                    one page     found         cancelled             stored       given back
    timeout_before_effect   one page     found         cancelled             no answer    unknown
    timeout_after_effect    two pages    found         cancelled             no answer    found
    html                    one page     found         cancelled             no answer    unknown
    empty                   two pages    found         cancelled             no answer    found
    half_json               two pages    found         cancelled             no answer    found
    error_in_200            one page     found         cancelled, page open  refused      failed
    connection_reset        one page     found         cancelled             no answer    unknown
  `,
};

/**
 * One header of credentials only, the callback's names in `Transactions/View`, refunds among the related transactions and
 * without our id, parts unasked and among the rows, a row of its own for a void.
 */
export const otherHabit: PaymentSubject = {
  ...subject,
  credentials: OTHER_KEYS,
  olderCredentials: { ...OTHER_KEYS, secretKey: 'payplus-secret-key-older-2210' },
  otherCredentials: { ...subject.otherCredentials, apiKey: 'payplus-api-key-other-6650+other' },
  wrongCredentials: {
    apiKey: { ...OTHER_KEYS, apiKey: 'invalid-api-key+other' },
    secretKey: { ...OTHER_KEYS, secretKey: 'invalid-secret-key' },
    paymentPageUid: { ...OTHER_KEYS, paymentPageUid: 'invalid-page' },
  },
  echoesRefunds: false,
};
