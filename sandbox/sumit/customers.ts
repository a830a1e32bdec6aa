import { createHash } from 'node:crypto';
import { isFields } from '../fields.ts';
import type { Fields, StoredDocument } from '../ledger/records.ts';

/** `Customer.SearchMode`. Source: docs/reference/sumit.md, "Customers". */
const SEARCH = { byName: 0, none: 1, byExternalIdentifier: 2 } as const;
/** Fields that a customer card keeps for later documents. */
const KEPT = ['CompanyNumber', 'NoVAT'];

const customerOf = ({ wire }: StoredDocument): Fields => (isFields(wire['customer']) ? wire['customer'] : {});

/**
 * The customer card of a document. Without a search mode, a customer of the same name is taken for the same one, and
 * the card has priority over the request.
 */
export function toCustomer(asked: Fields, existing: readonly StoredDocument[]): Fields {
  const known = existing.map(customerOf).findLast((card) => isSame(card, asked));
  const kept: Fields = Object.fromEntries(
    KEPT.filter((name) => known?.[name] !== undefined).map((name) => [name, known?.[name]]),
  );
  return { ...asked, ...kept, ID: known?.['ID'] ?? newId(asked, existing.length) };
}

function isSame(card: Fields, { SearchMode: mode = SEARCH.byName, ...asked }: Fields): boolean {
  if (mode === SEARCH.none) return false;
  const field = mode === SEARCH.byExternalIdentifier ? 'ExternalIdentifier' : 'Name';
  return asked[field] !== undefined && card[field] === asked[field];
}

const newId = (asked: Fields, count: number): number =>
  1 +
  (createHash('sha256')
    .update(`${count} ${JSON.stringify(asked)}`)
    .digest()
    .readUInt32BE() >>>
    1);
