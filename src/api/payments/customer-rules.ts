import { parsePhoneNumberFromString } from 'libphonenumber-js';
import type { CountryCode } from 'libphonenumber-js';
import { fieldProblem } from '../../domain/problems.ts';
import type { Customer, Patient } from '../../domain/payer.ts';
import { toIsraeliTaxId } from '../../domain/workspace.ts';
import type { Workspace } from '../../domain/workspace.ts';

/**
 * The customer as stored, printed and pushed, with id and phone numbers in their checked form.
 * @throws Problem naming the field
 */
export function checkCustomer(
  customer: Customer | undefined,
  workspace: Pick<Workspace, 'address'>,
): Customer | undefined {
  if (customer === undefined) return undefined;
  const country = customer.address?.country ?? workspace.address.country;
  const { phone, taxId } = customer;
  const settled = {
    ...customer,
    ...(taxId === undefined ? {} : { taxId: settleTaxId(taxId, country, '#/customer/taxId') }),
    ...(phone === undefined ? {} : { phone: settlePhone(phone, country, '#/customer/phone') }),
  };
  checkKind(settled, country);
  return settled;
}

/**
 * The patient as stored, with the identity number in its checked form. Where the business is in Israel, so is the number.
 * @throws Problem naming the field
 */
export function toStoredPatient(
  patient: Patient | undefined,
  { address }: Pick<Workspace, 'address'>,
): Patient | undefined {
  if (patient?.taxId === undefined) return patient;
  return { ...patient, taxId: settleTaxId(patient.taxId, address.country, '#/patient/taxId') };
}

/**
 * Israeli companies and associations have numbers that begin with 5, and people do not. Printed as a private id, such
 * a number would be wrong on the document, and no allocation number would be asked for.
 */
function checkKind({ name, taxId, taxIdKind }: Customer, country: string): void {
  const isRegistered = taxIdKind === 'dealer' || taxIdKind === 'company';
  if (isRegistered && taxId === undefined)
    throw fieldProblem('#/customer/taxId', 'is required for a dealer or company');
  if (isRegistered && name === undefined)
    throw fieldProblem('#/customer/name', 'is required for a dealer or company: the document names it');
  if (!isRegistered && country === 'IL' && taxId?.startsWith('5') === true)
    throw fieldProblem(
      '#/customer/taxIdKind',
      'must be "company" or "dealer": a number that begins with 5 is not that of a private person',
    );
}

/** An id number as it is stored. @throws Problem naming the field */
export function settleTaxId(taxId: string, country: string, field: string): string {
  if (country !== 'IL') return taxId;
  const padded = toIsraeliTaxId(taxId);
  if (padded !== null) return padded;
  throw fieldProblem(
    field,
    'is not a valid Israeli number: it needs 5 to 9 digits with a correct check digit',
  );
}

/** Direction marks, joiners and the like, which come along when a number is copied from a chat or a contact. */
const INVISIBLE = /\p{Cf}/gu;

/**
 * A phone number as people write or paste it, in E.164. Without a country code it belongs to `country`.
 * @throws Problem naming the field
 */
export function settlePhone(text: string, country: string, field: string): string {
  const plain = text
    .replace(INVISIBLE, '')
    .replace(/\p{Z}/gu, ' ')
    .replace(/[\p{Pd}\u2212]/gu, '-');
  const parsed = parsePhoneNumberFromString(plain, {
    defaultCountry: country as CountryCode,
    extract: false,
  });
  if (parsed?.isValid() !== true || parsed.ext !== undefined)
    throw fieldProblem(
      field,
      'must be one phone number without an extension, such as 050-123-4567 or +972501234567',
    );
  return parsed.number;
}
