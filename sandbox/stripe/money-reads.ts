import type { Fields, Transaction } from '../ledger/records.ts';
import { textOrNull } from '../vendor.ts';
import type { VendorCall, VendorDeps } from '../vendor.ts';
import { noSuch } from './api-error.ts';
import { createFinder } from './finder.ts';
import { toListAnswer } from './lists.ts';
import { fieldsAt, textsOf } from './parameters.ts';
import { fromIntentId, intentsOf } from './picture.ts';
import type { Intent } from './picture.ts';
import { CHARGE_LIST, EXPAND, INTENT_LIST, REVERSAL_LIST, SEARCH } from './request-shapes.ts';
import { toSearchAnswer } from './search.ts';
import type { StripeBooks } from './stripe-books.ts';
import type { Endpoint, StripeRequest } from './stripe-route.ts';

type Deps = VendorDeps & { books: StripeBooks };

/** PaymentIntents, charges, refunds and disputes: reading, listing, searching. */
export function moneyReads(deps: Deps): Endpoint[] {
  return [
    search(deps, 'payment_intent', '/v1/payment_intents'),
    search(deps, 'charge', '/v1/charges'),
    one(deps, 'payment_intent', '/v1/payment_intents', 'intent'),
    one(deps, 'charge', '/v1/charges', 'id'),
    one(deps, 'refund', '/v1/refunds', 'id'),
    one(deps, 'dispute', '/v1/disputes', 'id'),
    list(deps, 'payment_intent', '/v1/payment_intents', INTENT_LIST),
    list(deps, 'charge', '/v1/charges', CHARGE_LIST),
    list(deps, 'refund', '/v1/refunds', REVERSAL_LIST),
    list(deps, 'dispute', '/v1/disputes', REVERSAL_LIST),
  ];
}

type Kind = 'payment_intent' | 'charge' | 'refund' | 'dispute';

const READ = { verb: 'get', operation: 'find_payment' } as const;

function one({ ledger, books, baseUrl }: Deps, kind: Kind, root: string, param: string): Endpoint {
  return {
    ...READ,
    path: `${root}/:id`,
    shape: EXPAND,
    kind,
    referenceOf: ({ params }) => referenceOf(ledger, books, params['id']),
    run: ({ caller, id }) => {
      const object = createFinder(books, baseUrl, caller.account)(kind, id);
      if (object === null) throw noSuch(kind, id, param);
      return { object };
    },
  };
}

function list({ ledger, books, baseUrl }: Deps, kind: Kind, url: string, shape: Endpoint['shape']): Endpoint {
  return {
    ...READ,
    path: url,
    shape,
    kind,
    isList: true,
    referenceOf: ({ queryFields }: VendorCall) =>
      referenceOf(
        ledger,
        books,
        textOrNull(queryFields['payment_intent']) ?? textOrNull(queryFields['charge']),
      ),
    run: ({ caller, fields }) => {
      const find = createFinder(books, baseUrl, caller.account);
      const rows = rowsOf(books, kind, caller.account, fields);
      const show = ({ id }: Row): Fields => find(kind, id) ?? {};
      return { object: toListAnswer({ rows, at: ({ at }) => at, show, what: kind, url }, fields) };
    },
  };
}

function search({ ledger, books, baseUrl }: Deps, kind: 'payment_intent' | 'charge', root: string): Endpoint {
  return {
    ...READ,
    path: `${root}/search`,
    shape: SEARCH,
    kind,
    isList: true,
    // Our id is only inside the text of the query, and the list of calls would not show it.
    referenceOf: ({ query }) => /:\s*["']([^"']+)["']/.exec(query['query'] ?? '')?.[1] ?? null,
    run: ({ caller, fields }: StripeRequest) => {
      const find = createFinder(books, baseUrl, caller.account);
      const candidates = rowsOf(books, kind, caller.account, {})
        .reverse()
        .map(({ id }) => ({
          metadata: metadataOf(ledger, fromIntentId(id)),
          show: () => find(kind, id) ?? {},
        }));
      return { object: toSearchAnswer(candidates, fields, `${root}/search`) };
    },
  };
}

/** The metadata that the page set for its PaymentIntents, and so for their charges. */
function metadataOf(ledger: VendorDeps['ledger'], chargeId: string): Record<string, string> {
  const checkout = ledger.checkout(ledger.transaction(chargeId)?.checkoutId ?? '');
  return textsOf(fieldsAt(checkout?.wire ?? {}, 'payment_intent_data')['metadata']);
}

/** The rows of a list, oldest first. */
interface Row {
  id: string;
  at: string;
}

function rowsOf(books: StripeBooks, kind: Kind, account: string, fields: Fields): Row[] {
  const intentId = textOrNull(fields['payment_intent']);
  const intent = intentId === null ? null : books.intent(account, intentId);
  if (intentId !== null && intent === null) return [];
  const charges = intent === null ? null : intent.intent.charges.map(({ id }) => id);
  const charge = textOrNull(fields['charge']);
  const isOf = (chargeId: string | null): boolean =>
    (charges === null || charges.includes(chargeId ?? '')) && (charge === null || chargeId === charge);

  switch (kind) {
    case 'payment_intent':
      return allIntents(books, account);
    case 'charge':
      return books.transactions(account, 'charge').filter(({ id }) => isOf(id));
    case 'refund':
      return books.transactions(account, 'refund').filter(({ reverses }) => isOf(reverses));
    case 'dispute':
      return books
        .disputes()
        .filter(({ chargeId }) => isOf(chargeId) && books.charge(account, chargeId) !== null)
        .map(({ id, createdAt }) => ({ id, at: createdAt }));
  }
}

function allIntents(books: StripeBooks, account: string): Row[] {
  const byPage = new Map<string, Transaction[]>();
  for (const charge of books.transactions(account, 'charge'))
    byPage.set(charge.checkoutId, [...(byPage.get(charge.checkoutId) ?? []), charge]);
  return [...byPage.values()]
    .flatMap((charges) => intentsOf({ charges }))
    .map(({ id, charges }: Intent) => ({ id, at: charges[0].at }))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** Our id of the payment that an intent, charge, refund or dispute belongs to. */
export function referenceOf(
  ledger: VendorDeps['ledger'],
  books: StripeBooks,
  id: string | null | undefined,
): string | null {
  if (id === null || id === undefined) return null;
  const disputed = books.disputes().find((dispute) => dispute.id === id)?.chargeId;
  return ledger.transaction(disputed ?? fromIntentId(id))?.reference ?? null;
}
