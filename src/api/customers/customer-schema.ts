import { z } from 'zod';
import { at, id, onDay } from '../http/answer.ts';
import { email, text, words } from '../http/read-input.ts';

/** Body of `POST /v1/customers/erase`. */
export const eraseBody = z
  .strictObject({
    email: email.optional().describe('Upper and lower case are the same.'),
    phone: text(1, 60).optional().describe('As people write it.'),
    taxId: words(1, 20).optional().describe('Of the payer or of the patient.'),
    subject: words(1, 200).optional().describe('Your own id of the person, as `subject` of payments.'),
  })
  .refine((given) => Object.keys(given).length > 0, {
    error: 'needs at least one of email, phone, taxId, subject',
  })
  .meta({ id: 'Erasure', minProperties: 1 });

const count = z.int();

/** What was kept, as `what` names it. */
const KEPT = ['documents', 'names_on_payments', 'amounts_and_steps', 'audit', 'export_files'] as const;

/** What was erased, and what the law keeps. */
export const erasedAnswer = z
  .object({
    paymentIds: z.array(id('payment')).describe('The payments that bore one of these identifiers.'),
    erased: z
      .object({
        payments: count.describe(
          'E-mail, phone, number, subject, patient, session dates, metadata that names the person. Without a document also name, address and description.',
        ),
        remarks: count.describe('Reasons and notes that named the person.'),
        webhooks: count.describe('Bodies, headers and addresses of senders.'),
        storedAnswers: count.describe('Answers kept for an `Idempotency-Key`.'),
        endpointAnswers: count.describe('What your endpoints answered to events.'),
        mails: count.describe('Addresses of mails. Those that waited are not sent.'),
        statements: count.describe('Files about the person alone.'),
      })
      .describe('How many of each.'),
    kept: z
      .array(
        z.object({
          what: z.enum(KEPT),
          count,
          until: onDay.nullable().describe('At least until this day; null: as long as the books.'),
          why: z.string(),
        }),
      )
      .describe('What stays, and why.'),
    alsoAt: z
      .array(z.string())
      .describe('Vendors that know the person too. Tashlum cannot erase there: ask them.'),
    at: at.describe('When.'),
  })
  .meta({ id: 'ErasedPerson' });
