import { z } from 'zod';
import type { AccountFamily } from '../../db/provider-accounts.ts';
import { at } from '../http/answer.ts';
import type { VendorOption } from '../../providers/payments/payment-provider.ts';
import type { AnswerOf } from '../http/answer.ts';

const MAX_GRACE_SECONDS = 31_536_000;
const MAX_PAGE_MINUTES = 525_600;
const MAX_BIT_AMOUNT = 100_000_000;
const MAX_AMOUNT = 999_999_999_999;

/** Every setting of an account that a request may set. */
const OPTIONS = {
  webhookGraceSeconds: count(MAX_GRACE_SECONDS)
    .optional()
    .describe(
      'How long webhooks may be missing before the provider is asked again and again. Default a day.',
    ),
  maxPageMinutes: count(MAX_PAGE_MINUTES).optional().describe('How long one page lives. Default 30 days.'),
  bitMaxAmount: count(MAX_BIT_AMOUNT)
    .optional()
    .describe('The largest sum for which Bit is offered, in minor units.'),
  maxAmount: count(MAX_AMOUNT)
    .optional()
    .describe(
      'The largest sum of one payment, with VAT, in minor units: a larger one is refused. Default none.',
    ),
};

/** The settings that mean something at this vendor. An invoice service has none. */
export function optionsOf(face: { readonly options?: readonly VendorOption[] } | null) {
  if (face?.options === undefined) return z.strictObject({});
  const { webhookGraceSeconds, maxAmount } = OPTIONS;
  const own = face.options.map((name) => [name, OPTIONS[name]] as const);
  return z.strictObject({ webhookGraceSeconds, maxAmount, ...Object.fromEntries(own) });
}

function count(most: number) {
  return z
    .int({ error: 'must be a whole number' })
    .min(1, 'must be 1 or more')
    .max(most, `must be ${most} at most`);
}

const state = {
  hasCredentials: z.boolean().describe('Secrets are never shown.'),
  isEnabled: z.boolean().describe('Whether it is in use now.'),
  lastCheckedAt: at.nullable().describe('When its credentials were last tested.'),
  lastSuccessAt: at.nullable().describe('When the vendor last answered.'),
};

const paymentAccount = z
  .object({
    provider: z.string().nullable(),
    webhookUrl: z.string().nullable().describe('Where the provider sends its webhooks. Keep it secret.'),
    lastRefusedWebhook: z
      .object({
        at,
        reason: z.string(),
        inARow: z
          .int()
          .describe(
            'How many since the last good one did not prove their sender. 0: a good one came after it, or the sender is not to blame.',
          ),
      })
      .nullable()
      .describe(
        'The last webhook that was answered with an error: it did not prove its sender, or could not be stored.',
      ),
    ...state,
    options: z
      .object({
        webhookGraceSeconds: z.int(),
        maxPageMinutes: z.int().optional(),
        bitMaxAmount: z.int().optional(),
        maxAmount: z.int().optional(),
      })
      .describe('Those that mean something at this provider.'),
  })
  .meta({ id: 'StoredPaymentProvider' });
const invoiceAccount = z
  .object({ service: z.string().nullable(), ...state, options: z.object({}).describe('It has none.') })
  .meta({ id: 'StoredInvoiceService' });

const tested = { ok: z.literal(true), checkedAt: at };
const paymentTest = z.object({ provider: z.string(), ...tested }).meta({ id: 'PaymentProviderTest' });
const invoiceTest = z.object({ service: z.string(), ...tested }).meta({ id: 'InvoiceServiceTest' });

/** What is answered about an account, and about a test of one, by family. */
export const ACCOUNT_ANSWERS = {
  payment: { account: paymentAccount, test: paymentTest },
  invoice: { account: invoiceAccount, test: invoiceTest },
} as const satisfies Record<AccountFamily, { account: z.ZodObject; test: z.ZodObject }>;

export type AccountJson = AnswerOf<typeof paymentAccount> | AnswerOf<typeof invoiceAccount>;
export type AccountTestJson = AnswerOf<typeof paymentTest> | AnswerOf<typeof invoiceTest>;
