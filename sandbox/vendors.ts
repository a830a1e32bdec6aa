import { createCustom } from './custom/index.ts';
import { createGreenInvoice } from './green-invoice/index.ts';
import { createGrow } from './grow/index.ts';
import { createPayplus } from './payplus/index.ts';
import { createStripe } from './stripe/index.ts';
import { createSumit } from './sumit/index.ts';
import { createTaxAuthority } from './tax-authority/index.ts';
import type { Vendor, VendorDeps } from './vendor.ts';

/** The registry: every simulated vendor by its name. A new one is a folder and two lines here. */
export const VENDORS: Readonly<Record<string, (deps: VendorDeps) => Vendor>> = {
  payplus: createPayplus,
  grow: createGrow,
  stripe: createStripe,
  'green-invoice': createGreenInvoice,
  sumit: createSumit,
  custom: createCustom,
  'tax-authority': createTaxAuthority,
};

/** The names of all simulated vendors. */
export const VENDOR_NAMES: readonly string[] = Object.keys(VENDORS);
