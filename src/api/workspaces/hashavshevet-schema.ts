import { z } from 'zod';
import { CUSTOMER_ACCOUNTS, HASHAVSHEVET_ENCODINGS } from '../../domain/hashavshevet.ts';
import { PAYMENT_METHODS } from '../../domain/means.ts';
import { words, oneOf } from '../http/read-input.ts';

const PLAIN = /^(?:[\x21-\x7e\u05d0-\u05ea]+(?: [\x21-\x7e\u05d0-\u05ea]+)*)?$/;

/** The code pages of the files have no other letters. */
const plainText = (most: number, least = 1) =>
  z
    .string({ error: 'must be text' })
    .min(least, `must have ${least} character or more`)
    .max(most, `must have ${most} characters at most`)
    .regex(PLAIN, 'must be Hebrew letters without points or ASCII, without spaces around it');

const account = plainText(15);
const code = plainText(3);

const MOST_BOXES = 50;

const cashBoxes = z
  .array(
    z.strictObject({
      method: oneOf(PAYMENT_METHODS).optional().describe('Money that came so. Default: all.'),
      provider: words(1, 40)
        .optional()
        .describe('Money that came there, such as `payplus`; `manual` is what you recorded. Default: all.'),
      account,
    }),
    { error: 'must be a list' },
  )
  .max(MOST_BOXES, `must have ${MOST_BOXES} entries at most`);

/** A change: only named fields change. What must not be missing is said by `faultOfHashavshevet`. */
export const hashavshevetChange = z
  .strictObject({
    income: account.optional().describe('Account of sales with VAT. It must be set.'),
    incomeZeroRated: account.optional().describe('Default: `income`.'),
    incomeExempt: account.optional().describe('All sales of a business without VAT too. Default: `income`.'),
    vat: account.optional().describe('Account of VAT on sales. It must be set.'),
    withheld: account.optional().describe('Account of tax that customers withheld. It must be set.'),
    cashBox: account
      .optional()
      .describe('Account of money that no entry of `cashBoxes` is for. It must be set.'),
    cashBoxes: cashBoxes.optional().describe('Accounts by means and provider. The most exact one counts.'),
    customers: oneOf(CUSTOMER_ACCOUNTS)
      .optional()
      .describe(
        '`none`: money goes straight to income. `collective`: through the one account of all customers. `each`: through an account for each, which HESHIN opens. Default `none`.',
      ),
    customerAccount: account.nullable().optional().describe('With `collective`.'),
    customerSortCode: plainText(9, 0).optional(),
    invoiceCode: code.optional().describe('Code of the movement of a tax invoice/receipt. Default `חק`.'),
    creditCode: code.optional().describe('Default `חז`.'),
    receiptCode: code.optional().describe('Default `קב`.'),
    currencyCode: plainText(5, 0).optional().describe('How the program calls shekels. Default `ש"ח`.'),
    encoding: oneOf(HASHAVSHEVET_ENCODINGS).optional().describe('Default `windows-1255`.'),
  })
  .meta({ id: 'HashavshevetChange' });

/** The accounts that a workspace's journal entries name. */
export const hashavshevetAnswer = z
  .object({
    income: z.string(),
    incomeZeroRated: z.string(),
    incomeExempt: z.string(),
    vat: z.string(),
    withheld: z.string(),
    cashBox: z.string(),
    cashBoxes: z.array(
      z.object({
        method: z.enum(PAYMENT_METHODS).optional(),
        provider: z.string().optional(),
        account: z.string(),
      }),
    ),
    customers: z.enum(CUSTOMER_ACCOUNTS),
    customerAccount: z.string().nullable(),
    customerSortCode: z.string(),
    invoiceCode: z.string(),
    creditCode: z.string(),
    receiptCode: z.string(),
    currencyCode: z.string(),
    encoding: z.enum(HASHAVSHEVET_ENCODINGS),
  })
  .meta({ id: 'Hashavshevet', description: 'Accounts and codes of a business in its bookkeeper’s program.' });
