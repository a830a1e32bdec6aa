import { z } from 'zod';
import { isTimeZone } from '../../domain/calendar.ts';
import { CURRENCIES } from '../../domain/money.ts';
import { DOCUMENT_TYPES } from '../../domain/tax-document.ts';
import type { DocumentType } from '../../domain/tax-document.ts';
import { DEALER_TYPES, LOCALES } from '../../domain/workspace.ts';
import { day, text, words } from '../http/read-input.ts';

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
  email: flag.optional(),
  print: choice(['at_issue', 'on_demand']).optional(),
});

const paymentRequest = z.strictObject({
  at: choice(['immediately', 'end_of_day', 'end_of_month', 'manual']).optional(),
  remindAfterDays: count(365).nullable().optional(),
  overdueAfterHours: count(24 * 365).optional(),
});

const optionalFields = {
  vatRegistered: flag.optional(),
  timeZone: z
    .string()
    .refine(
      (name) => /^[A-Za-z]/.test(name) && isTimeZone(name),
      'must be a time zone such as Asia/Jerusalem',
    )
    .optional(),
  currency: choice(CURRENCIES).optional(),
  locale: choice(LOCALES).optional(),
  mode: choice(['live', 'test']).optional(),
  documentIssuer: choice(['engine', 'invoice_service']).nullable().optional(),
  receipt: receipt.optional(),
  eDocumentConsentsHeld: flag.optional(),
  providerDescription: words(1, 50).nullable().optional(),
  booksClosedThrough: day.nullable().optional(),
  paymentRequest: paymentRequest.optional(),
  firstNumbers: firstNumbers.optional(),
};

/** Body of `POST /v1/workspaces`. Rules across fields are in workspace-rules.ts. */
export const newWorkspace = z.strictObject({
  name: words(1, 100),
  taxId: words(1, 20),
  dealerType: choice(DEALER_TYPES),
  legalName: legalName.optional(),
  address: address.optional(),
  ...optionalFields,
});
export type NewWorkspace = z.infer<typeof newWorkspace>;

/** Body of `PATCH /v1/workspaces/{id}`: only named fields change, also inside nested objects. */
export const workspaceChange = z.strictObject({
  name: words(1, 100).optional(),
  taxId: words(1, 20).optional(),
  dealerType: choice(DEALER_TYPES).optional(),
  legalName: legalName.partial().optional(),
  address: address.partial().optional(),
  ...optionalFields,
});
export type WorkspaceChange = z.infer<typeof workspaceChange>;

function choice<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.enum(values, { error: `must be one of ${values.join(', ')}` });
}

function count(most: number) {
  return z
    .int({ error: 'must be a whole number' })
    .min(1, 'must be 1 or more')
    .max(most, `must be ${most} at most`);
}
