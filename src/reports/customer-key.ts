import { createHash } from 'node:crypto';
import { OCCASIONAL_CUSTOMER } from '../domain/document-content.ts';
import type { DocumentContent } from '../domain/document-content.ts';

/** The account of customers of whom nobody knows a thing. */
const CASUAL = 'CASUAL';

/** The number of a customer who is a dealer or a company, nine digits; null for everybody else. */
export function dealerNumber({
  taxId,
  taxIdKind,
}: Pick<DocumentContent['customer'], 'taxId' | 'taxIdKind'>): string | null {
  return taxIdKind !== 'private' && /^\d{1,9}$/.test(taxId ?? '') ? (taxId ?? '').padStart(9, '0') : null;
}

/**
 * What a business knows a customer by, at most 15 characters: the tax id, else a short hash of name and phone, so that it is the
 * same in every document, file and run.
 */
export function customerKey({
  name,
  taxId,
  phone,
}: Pick<DocumentContent['customer'], 'name' | 'taxId' | 'phone'>): string {
  if (taxId !== null && /^[\x21-\x7e]{1,15}$/.test(taxId)) return taxId;
  const isNamed = !Object.values(OCCASIONAL_CUSTOMER).includes(name);
  if (!isNamed && taxId === null && phone === null) return CASUAL;
  const known = [
    name.normalize('NFC').replaceAll(/\s+/g, ' ').trim().toLowerCase(),
    taxId,
    phone?.replaceAll(/\D/g, ''),
  ];
  return `C${createHash('sha256').update(JSON.stringify(known)).digest('hex').slice(0, 14).toUpperCase()}`;
}
