import { expect, it } from '#jest';
import { mayBeMailedOriginal, whyCopy } from './payer.ts';

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

const MURSHE = { type: 'tax_invoice_receipt', dealerType: 'osek_murshe' } as const;
const COMPUTERISED = { signed: true, computerised: true };

it.each([
  ['a computerised document of one who consented', MURSHE, true, COMPUTERISED, null],
  ['no consent', MURSHE, false, COMPUTERISED, 'consent'],
  ['no signature', MURSHE, true, { signed: false, computerised: false }, 'unsigned'],
  ['a signature of too low a grade', MURSHE, true, { signed: true, computerised: false }, 'means'],
  ['a file that is not printed yet', MURSHE, true, null, null],
  [
    'a foreign dealer',
    { ...MURSHE, dealerType: 'foreign' },
    true,
    { signed: false, computerised: false },
    null,
  ],
  ['a confirmation', { ...MURSHE, type: 'payment_confirmation' }, false, null, null],
] as const)('why a mail carries a copy: %s', (_what, document, hasConsent, file, why) => {
  expect(whyCopy(document, hasConsent, file)).toBe(why);
});
