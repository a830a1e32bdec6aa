import { z } from 'zod';
import { PAYMENT_METHODS } from '../../domain/means.ts';
import { PAYMENT_WARNINGS } from '../../domain/payment-warnings.ts';
import { PAYMENT_STATUSES, REVIEW_REASONS } from '../../domain/payment.ts';
import { failureSchema } from '../../history/event-facts.ts';
import { at, currency, id, minor, nextCheckAt, outcome, pageOf } from '../http/answer.ts';
import type { AnswerOf } from '../http/answer.ts';
import { check } from './manual-schema.ts';
import { customer, item, patient } from './payment-schema.ts';

const amounts = z
  .object({
    asked: minor.describe('What the payer is asked for, with VAT.'),
    captured: minor.describe(
      'What was paid: what came in, and tax that the payer withheld at source (`means` says how much).',
    ),
    refunded: minor.describe('What went back.'),
    net: minor.describe('What you have of it: captured − refunded.'),
    held: minor.describe('Money that came in and has no document: a person must decide about it (`review`).'),
  })
  .describe('The sums of the payment, in minor units of its currency.');

/** How a sum, or a part of it, was paid. */
export const meansAnswer = z
  .object({
    method: z
      .enum([...PAYMENT_METHODS, 'withheld'])
      .describe('`withheld`: tax that the payer withheld at source; it did not come as money.'),
    amount: minor.describe('The part of the sum that was paid this way.'),
    brand: z.string().nullable().describe('Brand of the card.'),
    last4: z.string().nullable().describe('Last four digits of the card.'),
    wallet: z.string().nullable(),
    dealType: z.enum(['regular', 'instalments', 'credit', 'deferred']),
    installments: z.int().describe('Number of instalments; 1 for a sum paid at once.'),
    firstAmount: minor.nullable().describe('The first instalment.'),
    restAmount: minor.nullable().describe('Each further instalment.'),
    approvalNumber: z
      .string()
      .nullable()
      .describe('The number by which the card company approved the charge.'),
    dueDate: z.string().nullable(),
    check: check.optional().describe('Of a cheque that you recorded.'),
  })
  .meta({ id: 'Means', description: 'How a sum, or a part of it, was paid.' });

const link = z.object({
  url: z.string().describe('Our stable address for the payer. Send this one.'),
  providerUrl: z.string().describe('The page at the provider that it leads to now.'),
  expiresAt: at.nullable(),
});

/** A payment as the API shows it. */
export const paymentAnswer = z
  .object({
    id: id('payment'),
    workspaceId: id('workspace'),
    view: z
      .enum(['full', 'link'])
      .describe(
        '`link`: your key sees whether it is paid and no more. Description, subject, customer, patient, session dates, items, metadata, means, method, review and documents are left empty.',
      ),
    status: z
      .enum(PAYMENT_STATUSES)
      .describe('How far the payment is: see docs/statuses.md. `paid` says in one word whether it was paid.'),
    paid: z
      .boolean()
      .describe(
        'Whether the sum asked for came in and is documented. It stays true after refunds and disputes; `amounts.net` says what is left.',
      ),
    amounts,
    outcome,
    nextCheckAt,
    review: z
      .enum(REVIEW_REASONS)
      .nullable()
      .describe('The most urgent question that a person must decide by `POST …/resolve`.'),
    reference: z.string().describe('Your own id of what is paid for.'),
    description: z.string().describe('Printed on the document. Never sent to a provider.'),
    amount: minor.describe('As you sent it, in minor units. With `vatIncluded: false` it is before VAT.'),
    currency,
    vatIncluded: z.boolean(),
    provider: z.string().describe('The payment provider, or `manual` for money that you took yourself.'),
    method: z.enum(PAYMENT_METHODS).nullable().describe('How the money came; the first of several means.'),
    means: z.array(meansAnswer).describe('How it was paid, in parts. Empty until it is paid.'),
    subject: z.string().nullable().describe('Your own id of whom or what it is about, for filtering.'),
    link: link.nullable().describe('Where the payer pays. `null` until the provider has made a page.'),
    customer: z.object(customer.shape).nullable(),
    patient: z
      .object(patient.shape)
      .nullable()
      .describe('Who was treated. No provider and no invoice service is told.'),
    sessionDates: z.array(z.string()).describe('The days of the sessions that are paid for.'),
    printPatient: z.boolean().describe('Whether the document names the patient and the sessions.'),
    items: z.array(z.object(item.shape)).nullable(),
    discount: minor.describe('Taken off all items together.'),
    metadata: z.record(z.string(), z.string()).describe('Your own notes, as you sent them.'),
    documentIds: z.array(id('document')).describe('Its documents in the order of issue.'),
    taxInvoice: z
      .object({
        dueOn: z.string().describe('The day on which its cheques fall due: the tax invoice is issued on it.'),
        status: z
          .enum(['due', 'issued', 'not_owed'])
          .describe(
            '`not_owed`: all of the money went back before that day, for example because a cheque bounced. If it went back while the invoice waited for its allocation number, the invoice is cancelled.',
          ),
        documentId: id('document').nullable().describe('The tax invoice, once it is issued.'),
      })
      .nullable()
      .describe(
        'Of post-dated cheques of a dealer of VAT: the receipt is there at once, and the tax invoice comes on their due date. `null` for all other payments.',
      ),
    capturedAmount: minor.describe('The same as `amounts.captured`.'),
    refundedAmount: minor.describe('The same as `amounts.refunded`.'),
    warnings: z
      .array(z.object({ code: z.enum(PAYMENT_WARNINGS), detail: z.string() }))
      .describe(
        'What your accountant should know about money that came: it is recorded and never refused. Set once it is documented.',
      ),
    failure: failureSchema.nullable().describe('Why it failed. Set while the status is `failed`.'),
    createdAt: at,
    paidAt: at.nullable().describe('When the money moved, as the provider says.'),
    completedAt: at.nullable().describe('When we learned of it and issued the document.'),
    expiresAt: at.nullable().describe('Until when the link can be paid.'),
  })
  .meta({
    id: 'Payment',
    description: 'What an app asks for once: an amount, a link, and all that follows.',
  });
export type PaymentJson = AnswerOf<typeof paymentAnswer>;

/** A page of payments. */
export const paymentsAnswer = pageOf(paymentAnswer).meta({ id: 'PaymentPage' });

const timelineEntry = z
  .looseObject({
    at,
    kind: z.string().describe('What kind of thing happened. New kinds may come.'),
    summary: z.string().describe('A sentence for people. It may change.'),
  })
  .meta({ id: 'TimelineEntry', description: 'One thing that happened. Other fields depend on the kind.' });

/** Everything that happened to a payment, oldest first. It is complete: `next` is always null. */
export const timelineAnswer = z
  .object({ data: z.array(timelineEntry), next: z.null() })
  .meta({ id: 'Timeline' });
export type TimelineEntry = AnswerOf<typeof timelineEntry>;
