import { z } from 'zod';
import { isTimeZone } from '../../domain/calendar.ts';
import { CURRENCIES } from '../../domain/money.ts';
import { DOCUMENT_TYPES } from '../../domain/tax-document.ts';
import type { DocumentType } from '../../domain/tax-document.ts';
import { REQUEST_TIMES } from '../../domain/request-times.ts';
import { DEALER_TYPES, EXEMPT_SALES, INVOICE_SERVICE_TEXTS, LOCALES } from '../../domain/workspace.ts';
import { hashavshevetAnswer, hashavshevetChange } from './hashavshevet-schema.ts';
import { at, currency, id, onDay, pageOf } from '../http/answer.ts';
import type { AnswerOf } from '../http/answer.ts';
import { day, email, pageQuery, text, words, oneOf } from '../http/read-input.ts';

/** Numbers are printed with up to nine digits. */
const MAX_NUMBER = 999_999_999;

const firstNumber = z
  .int({ error: 'must be a whole number' })
  .min(1, 'must be 1 or more')
  .max(MAX_NUMBER, `must be ${MAX_NUMBER} at most`);

const firstNumbers = z.strictObject(
  Object.fromEntries(DOCUMENT_TYPES.map((type) => [type, firstNumber.optional()])) as Record<
    DocumentType,
    z.ZodOptional<typeof firstNumber>
  >,
);

const legalName = z.strictObject({ he: words(1, 100), en: words(1, 100) });

const address = z.strictObject({
  street: text(0, 100).optional(),
  houseNumber: text(0, 20).optional(),
  city: text(0, 60),
  zip: text(0, 20).optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be a country code of two letters, such as IL')
    .optional(),
});

const flag = z.boolean({ error: 'must be true or false' });

const receipt = z.strictObject({
  email: flag.optional().describe('Whether the receipt is mailed to the customer. Default `false`.'),
  print: oneOf(['at_issue', 'on_demand'])
    .optional()
    .describe('`on_demand`: printed when it is first asked for. Default `at_issue`.'),
  onPayPage: flag
    .optional()
    .describe(
      'Whether payers find a copy of the document behind their link once they paid. Default `false`.',
    ),
});

const paymentRequest = z.strictObject({
  at: oneOf(REQUEST_TIMES)
    .optional()
    .describe('When payers with an address are mailed their link. Default `manual`: only on demand.'),
  remindAfterDays: count(365).nullable().optional(),
  overdueAfterHours: count(24 * 365).optional(),
});

const vatReturn = z.strictObject({
  months: z
    .union([z.literal(1), z.literal(2)], { error: 'must be 1 or 2' })
    .optional()
    .describe('Months of a period: 1, or 2 (January and February, March and April, …).'),
  reportedFromDay: count(28)
    .optional()
    .describe(
      'From this day of the month after a period on, the period counts as reported. Default 16: the return is due on the 15th.',
    ),
});

const accountantMonth = z.strictObject({
  to: email.optional().describe('The address of the accountant. It must be set.'),
  day: z
    .int({ error: 'must be a whole number' })
    .min(1, 'must be 1 or more')
    .max(31, 'must be 31 at most')
    .optional()
    .describe(
      'The day of the month on which the month before is mailed; in a shorter month its last day. It must be set.',
    ),
});

const optionalFields = {
  vatRegistered: flag.optional().describe('Default: as usual for the dealer type.'),
  timeZone: z
    .string()
    .refine(
      (name) => /^[A-Za-z]/.test(name) && isTimeZone(name),
      'must be a time zone such as Asia/Jerusalem',
    )
    .optional(),
  currency: oneOf(CURRENCIES).optional(),
  locale: oneOf(LOCALES).optional(),
  documentIssuer: oneOf(['engine', 'invoice_service'])
    .nullable()
    .optional()
    .describe('Whose documents are the legal ones. `null`: as the invoice service has it.'),
  receipt: receipt.optional(),
  eDocumentConsentsHeld: flag
    .optional()
    .describe('Whether you hold consents of your customers to computerised documents.'),
  exemptSales: oneOf(EXEMPT_SALES)
    .optional()
    .describe(
      'What a sale that is exempt from VAT altogether is titled. `transaction_invoice`: a transaction invoice with receipt, numbered with the receipts. `tax_invoice`: where your accountant says so. Default `transaction_invoice`.',
    ),
  invoiceServiceText: oneOf(INVOICE_SERVICE_TEXTS)
    .optional()
    .describe(
      'What the lines of the invoice service’s documents, and the reason of a credit, say. `neutral`: `providerDescription`, so that no word of yours leaves. `lines`: what you wrote. Default `neutral`.',
    ),
  providerDescription: words(1, 50)
    .nullable()
    .optional()
    .describe('What vendors are told that a payment is for, instead of its description.'),
  booksClosedThrough: day.nullable().optional().describe('No document is dated on this day or before it.'),
  vatReturn: vatReturn
    .nullable()
    .optional()
    .describe(
      'How the business reports its VAT. No document is dated in a period that was already reported. It bears the present day and names the day of the money. Default `null`: a document may still be dated in the last calendar month.',
    ),
  hashavshevet: hashavshevetChange
    .nullable()
    .optional()
    .describe('Accounts and codes of your bookkeeper, for the export `hashavshevet`.'),
  accountantMonth: accountantMonth
    .nullable()
    .optional()
    .describe(
      'Mails the export `bundle` of each month to your accountant, beginning with the month in which this is set. `null`: no more.',
    ),
  paymentRequest: paymentRequest.optional(),
  firstNumbers: firstNumbers
    .optional()
    .describe('When you come from another system: the first number of each series. Never lowered.'),
};

const mode = oneOf(['live', 'test']).describe(
  '`test`: at the vendors\u2019 own sandboxes. It can never be changed, so it has no default.',
);

/** Body of `POST /v1/workspaces`. Rules across fields are in workspace-rules.ts. */
export const newWorkspace = z
  .strictObject({
    name: words(1, 100),
    taxId: words(1, 20),
    dealerType: oneOf(DEALER_TYPES),
    mode,
    legalName: legalName.optional(),
    address: address.optional(),
    ...optionalFields,
  })
  .meta({ id: 'NewWorkspace' });
export type NewWorkspace = z.infer<typeof newWorkspace>;

/** Body of `PATCH /v1/workspaces/{id}`: only named fields change, also inside nested objects. */
export const workspaceChange = z
  .strictObject({
    name: words(1, 100).optional(),
    taxId: words(1, 20).optional(),
    dealerType: oneOf(DEALER_TYPES).optional(),
    mode: mode.optional(),
    legalName: legalName.partial().optional(),
    address: address.partial().optional(),
    ...optionalFields,
  })
  .meta({ id: 'WorkspaceChange' });
export type WorkspaceChange = z.infer<typeof workspaceChange>;

/** The logo of new documents. */
export const logoAnswer = z
  .object({
    sha256: z.string().describe('Of the stored picture, in hex.'),
    width: z.int().describe('In pixels.'),
    height: z.int(),
  })
  .meta({ id: 'Logo' });
export type LogoJson = AnswerOf<typeof logoAnswer>;

/** A workspace as the API shows it. */
export const workspaceAnswer = z
  .object({
    id: id('workspace'),
    name: z.string(),
    legalName: z.object({ he: z.string(), en: z.string() }).describe('Printed on documents.'),
    taxId: z.string().describe('An Israeli number has nine digits.'),
    dealerType: z.enum(DEALER_TYPES).describe('Of today.'),
    vatRegistered: z.boolean().describe('Of today.'),
    address: z.object({
      street: z.string(),
      houseNumber: z.string(),
      city: z.string(),
      zip: z.string(),
      country: z.string().describe('ISO 3166 code of two letters.'),
    }),
    timeZone: z.string().describe('Days of documents and reports are days here.'),
    currency,
    locale: z.enum(LOCALES),
    mode: z.enum(['live', 'test']).describe('`test`: at the vendors\u2019 own sandboxes. Fixed at creation.'),
    documentIssuer: z.enum(['engine', 'invoice_service']).describe('Whose documents are the legal ones.'),
    receipt: z.object({
      email: z.boolean(),
      print: z.enum(['at_issue', 'on_demand']),
      onPayPage: z.boolean(),
    }),
    providerDescription: z.string().nullable().describe('What vendors are told that a payment is for.'),
    booksClosedThrough: onDay.nullable().describe('No document is dated on this day or before it.'),
    vatReturn: z
      .object({ months: z.union([z.literal(1), z.literal(2)]), reportedFromDay: z.int() })
      .nullable()
      .describe('How the business reports its VAT; null where nobody said.'),
    exemptSales: z.enum(EXEMPT_SALES),
    hashavshevet: hashavshevetAnswer.nullable(),
    accountantMonth: z
      .object({
        to: z.string(),
        day: z.int(),
        firstMonth: z.string().describe('YYYY-MM: the first month that is mailed.'),
      })
      .nullable()
      .describe('To whom and on which day of the next month each month is mailed.'),
    invoiceServiceText: z.enum(INVOICE_SERVICE_TEXTS),
    warnings: z
      .array(z.object({ code: z.enum(['receipts_unsigned']), detail: z.string() }))
      .describe(
        'What does not work with the present settings. `receipts_unsigned`: receipts are mailed as copies.',
      ),
    eDocumentConsentsHeld: z
      .boolean()
      .describe('Whether the business holds consents to computerised documents.'),
    paymentRequest: z.object({
      at: z.enum(REQUEST_TIMES),
      remindAfterDays: z.int().nullable(),
      overdueAfterHours: z.int(),
    }),
    firstNumbers: z
      .object(
        Object.fromEntries(DOCUMENT_TYPES.map((type) => [type, z.int().optional()])) as Record<
          DocumentType,
          z.ZodOptional<z.ZodInt>
        >,
      )
      .describe('The first number of each series that has no document yet, where you set one.'),
    logo: logoAnswer.nullable(),
    createdAt: at,
  })
  .meta({ id: 'Workspace', description: 'One business: its settings, accounts, keys and payments.' });
export type WorkspaceJson = AnswerOf<typeof workspaceAnswer>;

/** A workspace in the list of all. */
export const workspacesAnswer = pageOf(
  z
    .object({
      id: id('workspace'),
      name: z.string(),
      taxId: z.string(),
      mode: z.enum(['live', 'test']),
      currency,
      createdAt: at,
    })
    .meta({ id: 'WorkspaceEntry', description: 'A workspace in the list of all.' }),
).meta({ id: 'WorkspacePage' });

/** Query of `GET /v1/workspaces`. */
export const workspacesQuery = z.strictObject(pageQuery);

function count(most: number) {
  return z
    .int({ error: 'must be a whole number' })
    .min(1, 'must be 1 or more')
    .max(most, `must be ${most} at most`);
}
