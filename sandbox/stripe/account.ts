import { EXPAND } from './request-shapes.ts';
import type { Endpoint } from './stripe-route.ts';

/** The calls that move nothing and show whether the key is good. */
export function account(): Endpoint[] {
  const common = { verb: 'get', operation: 'credentials', shape: EXPAND, referenceOf: () => null } as const;
  return [
    {
      ...common,
      path: '/v1/account',
      kind: 'account',
      run: ({ caller }) => ({
        object: {
          id: caller.account,
          object: 'account',
          business_profile: { name: 'Example Clinic', support_email: null, url: null },
          business_type: 'company',
          capabilities: { card_payments: 'active', transfers: 'active' },
          charges_enabled: true,
          country: 'US',
          default_currency: 'usd',
          details_submitted: true,
          email: 'owner@example.com',
          payouts_enabled: true,
          settings: { dashboard: { display_name: 'Example Clinic', timezone: 'Etc/UTC' } },
          type: 'standard',
        },
      }),
    },
    {
      ...common,
      path: '/v1/balance',
      kind: 'balance',
      run: ({ caller }) => ({
        object: {
          object: 'balance',
          available: [{ amount: 0, currency: 'usd', source_types: { card: 0 } }],
          livemode: caller.isLive,
          pending: [{ amount: 0, currency: 'usd', source_types: { card: 0 } }],
        },
      }),
    },
  ];
}
