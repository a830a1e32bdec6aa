import { expect, it } from '#jest';
import { mayBeMailedOriginal } from './payer.ts';

const email = 'dana@example.com';
const eDocumentConsentAt = '2026-01-01T00:00:00Z';

it.each([
  ['a customer who consented', false, { email, eDocumentConsentAt }, email, true],
  ['one who did not', false, { email }, email, false],
  ['one who did not, where the business holds consents', true, { email }, email, true],
  [
    'another address than that of who consented',
    false,
    { email, eDocumentConsentAt },
    'x@example.com',
    false,
  ],
  ['nobody we know', false, null, email, false],
])('an original by mail, to %s', (_who, eDocumentConsentsHeld, customer, recipient, may) => {
  expect(mayBeMailedOriginal({ eDocumentConsentsHeld }, customer, recipient)).toBe(may);
});
