import { z } from 'zod';
import { CURRENCIES } from '../../domain/money.ts';
import { PAYMENT_METHODS } from '../../domain/means.ts';
import { TAX_ID_KINDS } from '../../domain/payer.ts';
import { isQuantity, MAX_QUANTITY } from '../../domain/quantity.ts';
import { PAYMENT_STATUSES, REVIEW_REASONS } from '../../domain/payment.ts';
import { VAT_TREATMENTS } from '../../domain/vat.ts';
import { LOCALES } from '../../domain/workspace.ts';
import { day, email, httpUrl, instant, pageQuery, text, words } from '../http/read-input.ts';
import { requestWish } from './request-plan.ts';

/** Vendors send amounts as decimals. Above ten digits of major units these are no longer exact. */
const MAX_AMOUNT = 999_999_999_999;

/** A sum in a body. */
export const amount = z
  .int({ error: 'must be a whole number of minor units (agorot, cents), such as 35000 for 350.00' })
  .min(1, 'must be 1 or more minor units')
  .max(MAX_AMOUNT, `must be ${MAX_AMOUNT} at most`)
  .describe('In minor units (agorot, cents): 35000 is 350.00.');

const address = z.strictObject({
  street: text(0, 100).optional(),
  houseNumber: text(0, 20).optional(),
  city: text(0, 60).optional(),
  zip: text(0, 20).optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be a country code of two letters, such as IL')
    .optional(),
});

/** Who pays. */
export const customer = z.strictObject({
  name: words(1, 100).optional(),
  email: email.optional(),
  phone: text(1, 60).optional().describe('As people write it. It is stored as E.164.'),
  taxId: words(1, 20).optional(),
  taxIdKind: z
    .enum(TAX_ID_KINDS, { error: oneOf(TAX_ID_KINDS) })
    .optional()
    .describe(
      '`dealer` and `company` are registered customers, who may need an allocation number and need a name. Default `private`, which a number that begins with 5 cannot be.',
    ),
  address: address.optional(),
  locale: z.enum(LOCALES, { error: oneOf(LOCALES) }).optional(),
  eDocumentConsentAt: z.iso
    .datetime({ offset: true, error: 'must be an instant with an offset' })
    .optional()
    .describe('When the customer consented to computerised documents. Then the original may be mailed.'),
});

/** Who was treated, where that is not who pays. */
export const patient = z
  .strictObject({
    name: words(1, 100),
    taxId: words(1, 20)
      .optional()
      .describe('The identity number. National Insurance pays back only where a receipt names it.'),
  })
  .meta({ description: 'Who was treated, for your own books. No provider and no invoice service is told.' });

/** Days of treatment. More than a year of daily sessions is a mistake. */
export const sessionDates = z
  .array(day, { error: 'must be a list of dates, YYYY-MM-DD' })
  .max(366, 'has 366 dates at most')
  .describe('The days of the sessions that are paid for. No provider and no invoice service is told.');

/** How many units of a line. */
export const quantity = z
  .number({ error: 'must be a number' })
  .positive('must be more than 0')
  .max(MAX_QUANTITY, `must be ${MAX_QUANTITY} or less`)
  .refine(isQuantity, 'has four decimals at most');

const discount = z
  .int({ error: 'must be a whole number of minor units' })
  .min(0, 'must not be negative')
  .max(MAX_AMOUNT);

/** A line of what is paid for. */
export const item = z.strictObject({
  description: words(1, 500),
  quantity: quantity.describe('Up to four decimals: 1.5 hours, 0.25 days.'),
  unitPrice: z
    .int({ error: 'must be a whole number of minor units' })
    .min(0, 'must not be negative')
    .max(MAX_AMOUNT)
    .describe(
      'In minor units. A line is quantity × unitPrice, rounded half up, less its `discount`. All lines, less the `discount` of the payment, add up to `amount`.',
    ),
  discount: discount.optional().describe('Taken off this line, in minor units. At most its price.'),
  vatTreatment: z.enum(VAT_TREATMENTS, { error: oneOf(VAT_TREATMENTS) }).optional(),
});

const metadata = z
  .record(text(1, 40), text(0, 500))
  .refine((value) => Object.keys(value).length <= 50, 'has 50 entries at most')
  .meta({ maxProperties: 50, description: 'Your own notes. No provider sees them.' });

/** Body of `POST /v1/payments`. Rules that need the workspace are in payment-rules.ts. */
export const createPaymentBody = z
  .strictObject({
    amount,
    currency: z
      .enum(CURRENCIES, { error: oneOf(CURRENCIES) })
      .optional()
      .describe('Default and only choice: the currency of the workspace.'),
    description: words(1, 500).describe('Printed on the document. Never sent to a provider.'),
    reference: words(1, 200)
      .refine((value) => !/\s{2,}|^\s|\s$/.test(value), 'must not begin or end with blanks')
      .describe(
        'Your own id of what is paid for, once in a workspace: the lasting guard against paying twice.',
      ),
    subject: words(1, 200).optional().describe('Your own id of whom or what it is about, for filtering.'),
    items: z
      .array(item, { error: 'must be a list of items' })
      .min(1, 'leave it out where there are none')
      .max(100, 'has 100 items at most')
      .optional(),
    discount: discount
      .optional()
      .describe(
        'Taken off all `items` together, in minor units, and printed as a row of its own. The lines share it in proportion to what they come to, also for VAT.',
      ),
    vatTreatment: z.enum(VAT_TREATMENTS, { error: oneOf(VAT_TREATMENTS) }).optional(),
    vatReason: words(1, 200)
      .optional()
      .describe(
        'Required where VAT is not charged: why, with the section of the law. Printed on the document.',
      ),
    vatIncluded: z
      .boolean({ error: 'must be true or false' })
      .default(true)
      .describe('`false`: `amount` is before VAT, and the payer is asked for amount + VAT.'),
    serviceDate: day.optional().describe('The day of the service, printed on the document.'),
    customer: customer.optional(),
    patient: patient.optional(),
    sessionDates: sessionDates.default([]),
    printPatient: z
      .boolean({ error: 'must be true or false' })
      .default(false)
      .describe(
        'Whether the document names the patient and the sessions, as National Insurance and health funds ask. It hints at an illness: only where the payer wants it. Needs `patient`.',
      ),
    expiresAt: instant
      .optional()
      .describe('Until when the link can be paid. Default 30 days, at most a year.'),
    successUrl: httpUrl
      .optional()
      .describe(
        'Where a payer goes after paying, with `outcome=paid` in the query. `{PAYMENT_ID}` in it becomes the id. Anybody can open it: ask for the payment.',
      ),
    cancelUrl: httpUrl
      .optional()
      .describe('Where a payer goes who did not pay: the same, with `outcome=not_paid`.'),
    methods: z
      .array(z.enum(PAYMENT_METHODS, { error: oneOf(PAYMENT_METHODS) }))
      .min(1, 'leave it out to allow all')
      .max(10)
      .optional()
      .describe('How it may be paid. Leave it out to allow all that the account takes.'),
    maxInstallments: z
      .int({ error: 'must be a whole number' })
      .min(1, 'is 1 or more')
      .max(36, 'is 36 at most')
      .optional()
      .describe('Into how many instalments the payer may divide it.'),
    metadata: metadata.default({}),
    request: requestWish
      .optional()
      .describe('Mails the link to the customer. Default: as the workspace has it.'),
  })
  .meta({ id: 'NewPayment' });
export type CreatePaymentBody = z.output<typeof createPaymentBody>;

/** Query of `GET /v1/payments`. */
export const listPaymentsQuery = z.strictObject({
  ...pageQuery,
  status: z.enum(PAYMENT_STATUSES, { error: oneOf(PAYMENT_STATUSES) }).optional(),
  provider: text(1, 40).optional(),
  reference: text(1, 200).optional(),
  subject: text(1, 200).optional(),
  method: z.enum(PAYMENT_METHODS, { error: oneOf(PAYMENT_METHODS) }).optional(),
  review: z.enum(REVIEW_REASONS, { error: oneOf(REVIEW_REASONS) }).optional(),
  createdFrom: instant.optional(),
  createdTo: instant.optional(),
  paidFrom: instant.optional(),
  paidTo: instant.optional(),
});

function oneOf(values: readonly string[]): string {
  return `must be one of ${values.join(', ')}`;
}

/** Query of `GET /v1/payments/{id}/link/qr`. */
export const qrQuery = z.strictObject({
  format: z
    .enum(['svg', 'png'], { error: 'must be svg or png' })
    .default('svg')
    .describe('A drawing of lines, or of pixels.'),
});

/** Query of `GET /v1/payments/{id}/timeline`. */
export const timelineQuery = z.strictObject({
  format: z
    .enum(['json', 'zip'], { error: 'must be json or zip' })
    .optional()
    .describe('Default `json`. `zip`: a redacted bundle of evidence.'),
});
