// The cases of the contract suite that move no money, at the vendors' own sandboxes: pages are made and nobody pays them.
import { afterAll, describe, expect, it } from '#jest';
import { createHttp } from '../../src/http.ts';
import { PAYMENT_PROVIDERS } from '../../src/providers/payments/index.ts';
import type { PaymentProviderName } from '../../src/providers/payments/index.ts';
import { toOrder } from '../contract/payment-rig.ts';
import { PAYMENT_SUBJECTS } from '../contract/payment-subjects.ts';
import { unpaidCases } from '../contract/payment-unpaid-cases.ts';
import { readAccount } from './accounts.ts';
import { onlySandboxes } from './sandbox-hosts.ts';

const NAMES = Object.keys(PAYMENT_PROVIDERS) as PaymentProviderName[];
const WEBHOOK_URL = 'https://pay.example/webhooks/nobody';

const http = onlySandboxes(createHttp());
afterAll(() => http.close());

it('this ring cannot reach a host where business is done', async () => {
  const call = http.send({ method: 'GET', url: 'https://secure.meshulam.co.il/api/light/server/1.0/' });
  await expect(call).rejects.toMatchObject({ code: 'rejected' });
});

describe.each(NAMES)("%s at the vendor's sandbox", (name) => {
  const { credentials, optionalFields } = PAYMENT_SUBJECTS[name];
  const account = readAccount(name, Object.keys(credentials), optionalFields);
  if ('skipped' in account) {
    it.skip(account.skipped, () => undefined);
    return;
  }
  unpaidCases(name, account.credentials, () => ({
    provider: (given) =>
      PAYMENT_PROVIDERS[name].create({
        http,
        credentials: PAYMENT_PROVIDERS[name].credentials.parse(given),
        previousCredentials: null,
        mode: 'test',
        baseUrl: null,
        options: { webhookGraceSeconds: 60, maxPageMinutes: 60 },
      }),
    order: (change = {}) => toOrder(WEBHOOK_URL, change),
  }));
});
