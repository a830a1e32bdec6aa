import { createHmac } from 'node:crypto';
import { deliver, USUAL } from '../payment-subject.ts';
import type { Credentials, PaymentSubject, VendorCall } from '../payment-subject.ts';

const KEYS = { secretKey: 'sk_test_suiteKey4471', webhookSecret: 'whsec_suiteSecret9137' };

export const subject: PaymentSubject = {
  ...USUAL,
  credentials: KEYS,
  olderCredentials: { secretKey: 'sk_test_suiteKeyOlder2210', webhookSecret: 'whsec_suiteSecretOlder2210' },
  otherCredentials: { secretKey: 'sk_test_suiteKeyOther6650', webhookSecret: 'whsec_suiteSecretOther7781' },
  wrongCredentials: { secretKey: { ...KEYS, secretKey: 'sk_test_invalidKey' } },
  secretFields: ['secretKey', 'webhookSecret'],
  capabilities: ['closePage', 'refund', 'listPayments', 'listDisputes', 'enrolWebhooks'],
  signed: ({ webhookSecret = '' }, { paymentId, pageId }) => {
    const body = JSON.stringify({
      id: 'evt_suite',
      object: 'event',
      type: 'checkout.session.completed',
      livemode: false,
      data: {
        object: {
          id: pageId,
          object: 'checkout.session',
          payment_status: 'paid',
          client_reference_id: paymentId,
          metadata: { paymentId },
        },
      },
    });
    const stamp = Math.floor(Date.now() / 1000);
    const mac = createHmac('sha256', webhookSecret).update(`${stamp}.${body}`).digest('hex');
    return deliver(body, { 'stripe-signature': `t=${stamp},v1=${mac}` });
  },
  styles: [],
  strangeStatuses: [(answer) => answer.replaceAll('"succeeded"', '"on_hold"')],
  strangeRefund: (answer) => answer.replaceAll('"succeeded"', '"on_hold"'),
  stampsWebhooks: true,
  trouble: 'provider_unavailable',
  refundTrouble: 'unknown',
  optionalFields: ['webhookSecret'],
  accountSecrets: ['secretKey'],
  enrolment: toEnrolment,
  namesTransactions: false,
  keepsKeys: true,
  hasInstalments: false,
  otherMethod: 'paypal',
  leastAmounts: { USD: 50, EUR: 50, GBP: 30, CAD: 50, AUD: 50 },
  // The engine enrols its webhook address and keeps the secret that it is told.
  newCredentials: (own) => ({ secretKey: `sk_test_${own}` }),
  accountField: 'secretKey',
  testHosts: [{ host: 'api.stripe.com', testKey: /^Bearer [sr]k_test_/ }],
  webhooksOfPayment: 2,
  faults: `
                            create_link  find_payment  cancel_link  credentials  refund
    status_500              one page     found         cancelled    no answer    unknown
    status_429              one page     found         cancelled    no answer    given back later
    slow                    one page     found         cancelled    stored       given back
    timeout_before_effect   one page     found         cancelled    no answer    unknown
    timeout_after_effect    one page     found         cancelled    no answer    found
    html                    one page     found         cancelled    no answer    unknown
    empty                   one page     found         cancelled    no answer    found
    half_json               one page     found         cancelled    no answer    found
    error_in_200            one page     found         cancelled    no answer    unknown
    connection_reset        one page     found         cancelled    no answer    unknown
  `,
};

/** One event an attempt. The simulator takes a secret that is known already; test/contract/stripe.test.ts enrols as we do. */
function toEnrolment({ secretKey = '', webhookSecret = '' }: Credentials, webhookUrl: string): VendorCall {
  return {
    path: 'v1/webhook_endpoints',
    headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      url: webhookUrl,
      'enabled_events[0]': 'checkout.session.completed',
      'enabled_events[1]': 'payment_intent.payment_failed',
      'metadata[sandbox_secret]': webhookSecret,
    }).toString(),
  };
}
