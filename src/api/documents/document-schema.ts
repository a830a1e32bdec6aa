import { z } from 'zod';
import { ACKNOWLEDGEMENT_METHODS } from '../../domain/acknowledgement.ts';
import { DOCUMENT_TYPES } from '../../domain/tax-document.ts';
import { at, currency, id, minor, onDay, pageOf } from '../http/answer.ts';
import type { AnswerOf } from '../http/answer.ts';
import { day, email, pageQuery, words, oneOf } from '../http/read-input.ts';
import { meansAnswer } from '../payments/payment-answer.ts';

/** Query of `GET /v1/documents`. */
export const listDocumentsQuery = z.strictObject({
  ...pageQuery,
  from: day.optional().describe('First day of the documents.'),
  to: day.optional().describe('The day after the last one.'),
  type: oneOf(DOCUMENT_TYPES).optional(),
  fiscalYear: z.coerce
    .number({ error: 'must be a year' })
    .int('must be a year')
    .min(2000, 'must be a year from 2000 on')
    .max(2999, 'must be a year before 3000')
    .optional(),
});

/** Query of `GET /v1/documents/{id}/pdf`. */
export const pdfQuery = z
  .strictObject({
    original: z
      .enum(['true', 'false'], { error: 'must be true or false' })
      .default('false')
      .describe('`true`: the original, once. Without it: a copy, and the original stays where it is.'),
    copy: z
      .enum(['true', 'false'], { error: 'must be true or false' })
      .optional()
      .describe('`true`: a copy, which is what you get without it too.'),
  })
  .refine(({ original, copy }) => !(original === 'true' && copy === 'true'), {
    path: ['original'],
    error: 'cannot be true where copy is',
  });

/** Body of `POST /v1/documents/{id}/email`. */
export const emailBody = z
  .strictObject({ email: email.optional().describe('Default: the address of the customer.') })
  .meta({ id: 'DocumentMailing' });

/**
 * Source: docs/reference/israel-tax.md, "When an allocation number is needed": 24 to 26 digits. Emergency numbers
 * (docs/reference/israel-tax.md, "Emergency numbers") are of unknown length: 9 are printed.
 */
export const allocationBody = z
  .strictObject({
    allocationNumber: z
      .string({ error: 'must be text: the number has more digits than a JSON number can hold' })
      .regex(/^\d{9,26}$/, 'must be 9 to 26 digits, as the tax authority gave them'),
  })
  .meta({ id: 'AllocationNumber' });

const external = z
  .object({
    service: z.string(),
    id: z.string().nullable(),
    number: z.string().nullable(),
    url: z.string().nullable(),
    allocationNumber: z.string().nullable(),
  })
  .describe('Its place at the invoice service.');

/** Body of `POST /v1/documents/{id}/acknowledge`. Rules that need the document are in acknowledge-route.ts. */
export const acknowledgeBody = z
  .strictObject({
    method: oneOf(ACKNOWLEDGEMENT_METHODS).describe(
      'How: `signature` on a copy, `registered_mail`, `fax`, `electronic` (certified signature). `private_small`: a credit of 600 ₪ at most to a private customer; ask your accountant whether you may use it.',
    ),
    at: day.optional().describe('The day of the confirmation. Default: today.'),
    note: words(1, 500).optional().describe('For your books, such as the number of the registered mail.'),
  })
  .meta({ id: 'Acknowledgement' });
export type AcknowledgeBody = z.output<typeof acknowledgeBody>;

/** A document as the API shows it. */
export const documentAnswer = z
  .object({
    id: id('document'),
    type: z.enum(DOCUMENT_TYPES),
    series: z.string().describe('Numbers have no gap within one series.'),
    number: z.int().describe('1, 2, 3 … in its series.'),
    displayNumber: z.string().describe('The number as it is printed.'),
    fiscalYear: z.int(),
    paymentId: id('payment'),
    refundId: id('refund').nullable().describe('The refund that a credit document is about.'),
    originalDocumentId: id('document').nullable().describe('The document that this one credits.'),
    reversesDocumentId: id('document')
      .nullable()
      .describe('The credit document that this one takes back, because its refund did not happen after all.'),
    documentDate: onDay.describe('In the time zone of the workspace.'),
    createdAt: at,
    currency,
    net: minor.describe('Before VAT. Credit documents have positive amounts too: the type says credit.'),
    vat: minor,
    total: minor.describe('net + vat.'),
    vatRateBp: z.int().describe('In basis points: 18 % is 1800.'),
    status: z
      .enum(['issued', 'allocation_required', 'cancelled'])
      .describe(
        '`allocation_required`: it waits for a number of the tax authority and has no original yet. `cancelled`: all of its money went back before it left; its number stays used.',
      ),
    allocationNumber: z.string().nullable(),
    sha256: z.string().nullable().describe('Of the stored original, in hex. `null` until it is printed.'),
    signed: z.boolean().nullable().describe('Whether the original is signed. `null` until it is printed.'),
    computerised: z
      .boolean()
      .nullable()
      .describe(
        'Whether the original is a computerised document: signed, of a grade that fits how it was paid. Only such an original may leave by mail. `null` until it is printed.',
      ),
    ils: z
      .object({
        rate: z.string().describe('Shekels for one whole unit of the currency, up to six decimals.'),
        rateDay: onDay.describe('The day of the rate: the last one known on the day of payment.'),
        net: minor,
        vat: minor,
        total: minor,
      })
      .nullable()
      .describe(
        'The same in agorot, as printed, of a document in another currency. `null` for shekels, for a foreign dealer, and where no rate was known (`exchange_rate_missing` among the warnings of its payment).',
      ),
    means: z.array(meansAnswer).describe('How it was paid, as printed.'),
    acknowledgedAt: at.nullable().describe('When the customer confirmed a credit document.'),
    acknowledgement: z
      .object({ method: z.enum(ACKNOWLEDGEMENT_METHODS).nullable(), note: z.string().nullable() })
      .nullable()
      .describe('How the customer confirmed it.'),
    external: external.nullable(),
  })
  .meta({ id: 'Document', description: 'A numbered, frozen paper of a payment. Amounts in minor units.' });
export type DocumentJson = AnswerOf<typeof documentAnswer>;

/** A page of documents. */
export const documentsAnswer = pageOf(documentAnswer).meta({ id: 'DocumentPage' });

/** The mail that goes out. */
export const owedMailAnswer = z
  .object({
    id: id('mail'),
    documentId: id('document'),
    variant: z.enum(['original', 'copy']).nullable(),
    status: z
      .enum(['due', 'sending', 'sent', 'unconfirmed', 'failed', 'dropped'])
      .describe(
        '`due` unless the same key asked for it before. `unconfirmed`: the mail server did not say whether it took it. `dropped`: it was no longer true.',
      ),
  })
  .meta({ id: 'DueMail', description: 'A mail that goes out by itself.' });
export type OwedMailJson = AnswerOf<typeof owedMailAnswer>;
