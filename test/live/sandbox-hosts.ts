import { ProviderError } from '../../src/domain/provider-error.ts';
import type { Http, HttpRequest } from '../../src/http.ts';
import type { SandboxHost } from '../contract/payment-subject.ts';
import { PAYMENT_SUBJECTS } from '../contract/payment-subjects.ts';

/** Where the live ring may go, by payment provider. */
const OF_PAYMENTS = Object.values(PAYMENT_SUBJECTS).map(({ testHosts }) => testHosts);

/** The same of invoice services. SUMIT has no host for tests, `custom` none at all: neither is tried here. */
const OF_INVOICES: Readonly<Record<string, readonly SandboxHost[]>> = {
  'green-invoice': [{ host: 'sandbox.d.greeninvoice.co.il' }, { host: 'api.sandbox.morning.dev' }],
};

const ALLOWED = [...OF_PAYMENTS, ...Object.values(OF_INVOICES)].flat();

/** Whether an invoice service has a sandbox that may be reached. */
export const hasSandbox = (service: string): boolean => Object.hasOwn(OF_INVOICES, service);

/**
 * An Http that reaches the vendors' sandboxes and nothing else, whatever keys it is given.
 * `send` throws ProviderError `rejected` before anything is connected or looked up.
 */
export function onlySandboxes(http: Http): Http {
  return {
    async send(call) {
      if (!isAllowed(call)) throw refusal(call);
      return http.send(call);
    },
    close: () => http.close(),
  };
}

function isAllowed({ url, headers = {} }: HttpRequest): boolean {
  const { protocol, host } = new URL(url);
  const known = ALLOWED.find((one) => one.host === host);
  if (known === undefined || protocol !== 'https:') return false;
  const given = Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization')?.[1];
  return known.testKey === undefined || known.testKey.test(given ?? '');
}

const refusal = ({ url }: HttpRequest) =>
  new ProviderError(
    'rejected',
    `${new URL(url).host} is no sandbox, or not with this key: the live ring calls the hosts in test/live/sandbox-hosts.ts with test keys only`,
  );
