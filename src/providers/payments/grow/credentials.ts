import { z } from 'zod';
import { TRANSACTION_TYPES } from './page-fields.ts';

const visible = (field: string, what: string) =>
  z
    .string({ error: `${field} is missing: it is ${what}, as Grow's support issued it` })
    .regex(
      /^[\x21-\x7e]{1,200}$/,
      `${field} must be 1 to 200 visible characters without spaces, as Grow shows it`,
    );

const METHODS = Object.values(TRANSACTION_TYPES);

/** Page codes by payment method, for a merchant with several. */
const pageCodes = z.partialRecord(z.enum(METHODS), visible('pageCodes', 'a page code per payment method'), {
  error: `pageCodes must be an object of page codes by payment method: ${METHODS.join(', ')}`,
});

/**
 * The ids of an account. `pageCodes` has page codes by payment method, if Grow issued them. Platforms have an `apiKey`;
 * a plain merchant has none.
 */
export const CREDENTIALS = z.strictObject(
  {
    userId: visible('userId', 'the id of the business'),
    pageCode: visible('pageCode', 'the code of the payment page'),
    pageCodes: pageCodes.optional(),
    apiKey: visible('apiKey', "the platform's key").optional(),
  },
  {
    error:
      'credentials must be an object of userId and pageCode, plus pageCodes and apiKey if Grow issued them',
  },
);
export type GrowCredentials = Readonly<z.infer<typeof CREDENTIALS>>;
