import { createHash, randomUUID } from 'node:crypto';
import { isFields } from '../fields.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Entry, Fields, StoredDocument } from '../ledger/records.ts';
import { textOrNull } from '../vendor.ts';
import type { Route, VendorDeps } from '../vendor.ts';
import { authenticated } from './account.ts';
import type { Account } from './account.ts';
import { acceptDocument, isCancel, linksOf } from './document-rules.ts';
import type { Accepted } from './document-rules.ts';
import { firstNumberOf, STATUS, WITH_PAYMENT } from './document-types.ts';
import { toCreated } from './document-views.ts';
import { refuse } from './errors.ts';

/**
 * How long the vendor remembers a request as a duplicate is not documented. A short time finds more of our mistakes.
 */
const DUPLICATE_WINDOW_MS = 60_000;

export function createDocument({ ledger, now, baseUrl }: VendorDeps): Route {
  return {
    verb: 'post',
    path: '/documents',
    operation: 'create_document',
    referenceOf: ({ body }) => (isFields(body) ? toReference(body, ledger) : null),
    answer: authenticated((account, { body }) => {
      const existing = ledger.documentsOf('green-invoice', account.id);
      const accepted = acceptDocument(body, { account, today: now(), existing });
      if ('code' in accepted) return refuse(accepted);
      const fingerprint = createHash('sha256').update(canonical(accepted.request)).digest('hex');
      const since = now().getTime() - DUPLICATE_WINDOW_MS;
      const isTwin = (one: StoredDocument) =>
        one.fingerprint === fingerprint && Date.parse(one.createdAt) > since;
      // How long a duplicate is remembered is unknown: an account with the other habit remembers none.
      if (!account.isOther && existing.some(isTwin)) return refuse({ code: 1010 });

      const document = toDocument(accepted, account, ledger, fingerprint, now());
      ledger.record({ kind: 'document', document }, ...toLinkEffects(accepted.request));
      const { id, ...created } = toCreated(document, baseUrl());
      return account.isOther
        ? { status: 200, json: { ...created, documentId: id } }
        : { status: 201, json: { ...created, id } };
    }),
  };
}

function toDocument(
  accepted: Accepted,
  account: Account,
  ledger: Ledger,
  fingerprint: string,
  now: Date,
): StoredDocument {
  const { request, type, documentDate, vatRateBp, totals } = accepted;
  const client = isFields(request['client']) ? request['client'] : {};
  const last = ledger.documentsOf('green-invoice', account.id).findLast((one) => one.type === type);
  const settled = WITH_PAYMENT.includes(type) ? STATUS.closed : STATUS.open;
  return {
    id: randomUUID(),
    provider: 'green-invoice',
    account: account.id,
    number: String(last === undefined ? firstNumberOf(type) : Number(last.number) + 1),
    type,
    status: isCancel(request) ? STATUS.cancelling : settled,
    ...totals,
    vatRateBp,
    currency: String(request['currency']),
    reference: toReference(request, ledger),
    description: textOrNull(request['description']) ?? '',
    customerName: textOrNull(client['name']) ?? '',
    documentDate,
    createdAt: now.toISOString(),
    fingerprint,
    wire: request,
  };
}

/** A linked document is closed by the new one, or cancelled by it. */
function toLinkEffects(request: Fields): Entry[] {
  const status = isCancel(request) ? STATUS.cancelled : STATUS.closed;
  return linksOf(request).map((id) => ({ kind: 'document_status', id, status }));
}

/**
 * The vendor has no field for our id, so it is somewhere in the texts: a word that the sandbox knows from a page or a
 * transaction, else one that looks like an id, else the whole text.
 */
export function toReference(request: Fields, ledger: Ledger): string | null {
  const texts = [request['remarks'], request['description']].map(textOrNull).filter((text) => text !== null);
  const words = texts.flatMap((text) => text.match(/[\w-]+/g) ?? []);
  const isKnown = (word: string) =>
    ledger.checkoutsWith(word).length > 0 || ledger.transactionsWith(word).length > 0;
  return (
    words.find(isKnown) ??
    words.find((word) => /^[a-z]{2,8}_\w{8,}$|^[\da-f-]{36}$/.test(word)) ??
    texts[0] ??
    null
  );
}

/** The same text for equal JSON, in whatever order its fields came. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    isFields(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}
