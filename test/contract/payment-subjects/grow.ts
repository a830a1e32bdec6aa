import { deliver, USUAL } from '../payment-subject.ts';
import type { PaymentSubject } from '../payment-subject.ts';

const KEYS = { userId: 'grow-user-3310', pageCode: 'grow-page-code-71', apiKey: 'grow-api-key-5526' };

/** A platform, which must show its key. */
const OTHER_KEYS = { ...KEYS, userId: 'grow-platform-3310+other' };

export const subject: PaymentSubject = {
  ...USUAL,
  credentials: KEYS,
  olderCredentials: { ...KEYS, apiKey: 'grow-api-key-older-8841' },
  otherCredentials: {
    userId: 'grow-user-other-1190',
    pageCode: 'grow-page-code-other-72',
    apiKey: 'grow-api-key-other-3307',
  },
  wrongCredentials: {
    userId: { ...KEYS, userId: 'invalid-user' },
    pageCode: { ...KEYS, pageCode: 'invalid-page' },
    apiKey: { ...KEYS, apiKey: 'invalid-key' },
  },
  secretFields: ['apiKey'],
  capabilities: ['refund', 'acknowledge'],
  signed: (_credentials, { paymentId, pageId, secret }) => {
    const form = new URLSearchParams({
      'data[transactionId]': '800000001',
      'data[statusCode]': '2',
      'data[processId]': pageId,
      'data[processToken]': secret ?? '',
      'data[customFields][cField1]': paymentId,
    });
    return deliver(form.toString(), { 'content-type': 'application/x-www-form-urlencoded' });
  },
  styles: ['flat', 'json', 'multipart', 'stray_spaces'],
  strangeStatuses: [(answer) => answer.replaceAll(/"statusCode":"?2\b"?/g, '"statusCode":"7"')],
  strangeRefund: (answer) => answer.replaceAll(/"statusCode":"?[346]"?/g, '"statusCode":"7"'),
  signs: false,
  tellsDeclines: false,
  findsByReference: false,
  echoesRefunds: false,
  mostRefunds: 2,
  partsAfterMs: 2_000,
  optionalFields: ['apiKey'],
  trouble: 'provider_unavailable',
  newCredentials: (own) => ({ userId: `user-${own}`, pageCode: `page-${own}`, apiKey: `key-${own}` }),
  accountField: 'userId',
  testHosts: [{ host: 'sandbox.meshulam.co.il' }],
  killsPages: false,
  faults: `
                            create_link  find_payment  acknowledge  credentials  refund
    status_500              one page     found         told again   no answer    unknown
    status_429              one page     found         told again   no answer    given back later
    slow                    one page     found         told         stored       given back
    timeout_before_effect   one page     found         told again   no answer    unknown
    timeout_after_effect    two pages    found         told again   no answer    found
    html                    one page     found         told again   no answer    unknown
    empty                   two pages    found         told again   no answer    found
    half_json               two pages    found         told again   no answer    found
    error_in_200            one page     found         told again   no answer    failed
    connection_reset        one page     found         told again   no answer    unknown
  `,
};

/** The same vendor with numbers for texts, and another code for refunds. */
export const otherHabit: PaymentSubject = {
  ...subject,
  credentials: OTHER_KEYS,
  olderCredentials: { ...OTHER_KEYS, apiKey: 'grow-api-key-older-8841' },
  otherCredentials: { ...subject.otherCredentials, userId: 'grow-platform-1190+other' },
  wrongCredentials: {
    userId: { ...OTHER_KEYS, userId: 'invalid-platform+other' },
    pageCode: { ...OTHER_KEYS, pageCode: 'invalid-page' },
    apiKey: { ...OTHER_KEYS, apiKey: 'invalid-key' },
  },
};
