import type { Vendor, VendorDeps } from '../vendor.ts';
import { approve } from './approve.ts';
import { createGrants, accountsOf } from './grants.ts';
import { authorize, giveTokens } from './oauth.ts';

/** The tax authority's allocation numbers ("חשבוניות ישראל"), below `/tax-authority`. Tokens end with the process. */
export function createTaxAuthority(deps: VendorDeps): Vendor {
  const grants = createGrants(deps.now);
  return {
    name: 'tax-authority',
    routes: [authorize(grants), giveTokens(grants), approve(deps, grants, 'v1'), approve(deps, grants, 'v2')],
    accountsOf,
    credentialFields: ['refresh_token', 'code'],
    trouble: () => ({ Error_Id: '00000000-0000-4000-8000-000000000000' }),
    unknownPath: { status: 404 },
  };
}
