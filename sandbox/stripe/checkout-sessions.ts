import { isFields } from '../fields.ts';
import type { Checkout, Fields } from '../ledger/records.ts';
import { textOrNull } from '../vendor.ts';
import type { VendorCall, VendorDeps } from '../vendor.ts';
import { invalidRequest, noSuch } from './api-error.ts';
import { toNotices } from './events.ts';
import { toListAnswer } from './lists.ts';
import { referenceOf } from './money-reads.ts';
import { isComplete } from './picture.ts';
import type { Picture } from './picture.ts';
import { EXPAND, SESSION_CREATE, SESSION_LIST } from './request-shapes.ts';
import { toCheckout } from './session-request.ts';
import { toSession } from './session-view.ts';
import type { StripeBooks } from './stripe-books.ts';
import type { Endpoint, Outcome, StripeRequest } from './stripe-route.ts';

const ROOT = '/v1/checkout/sessions';
const KIND = 'checkout.session';

type Deps = VendorDeps & { books: StripeBooks };

/** Hosted pages: create, read, list, expire. */
export function checkoutSessions(deps: Deps): Endpoint[] {
  return [create(deps), ...lists(deps), ...ofOne(deps)];
}

const create = ({ books, baseUrl, now }: Deps): Endpoint => ({
  verb: 'post',
  path: ROOT,
  operation: 'create_link',
  shape: SESSION_CREATE,
  kind: KIND,
  referenceOf: ({ body }) => (isFields(body) ? textOrNull(body['client_reference_id']) : null),
  run: ({ caller, fields }) => {
    const checkout = toCheckout(fields, caller, now());
    return {
      object: toSession(books.pictureOf(checkout), baseUrl()),
      entries: [{ kind: 'checkout', checkout }],
    };
  },
});

/** A list with a payment id looks for that payment; any other list is a test of the key. */
function lists({ ledger, books, baseUrl }: Deps): Endpoint[] {
  const isNamed = ({ queryFields }: VendorCall) => queryFields['payment_intent'] !== undefined;
  const list = {
    verb: 'get',
    path: ROOT,
    shape: SESSION_LIST,
    kind: KIND,
    isList: true,
    run: ({ caller, fields }: StripeRequest) => {
      const show = (checkout: Checkout): Fields => toSession(books.pictureOf(checkout), baseUrl());
      const rows = wanted(books, caller.account, fields).filter(
        (checkout) => fields['status'] === undefined || show(checkout)['status'] === fields['status'],
      );
      const at = ({ createdAt }: Checkout) => createdAt;
      return { object: toListAnswer({ rows, at, show, what: KIND, url: ROOT }, fields) };
    },
  } as const;
  return [
    {
      ...list,
      operation: 'find_payment',
      isMeant: isNamed,
      referenceOf: ({ queryFields }) => referenceOf(ledger, books, textOrNull(queryFields['payment_intent'])),
    },
    { ...list, operation: 'credentials', referenceOf: () => null },
  ];
}

function ofOne(deps: Deps): Endpoint[] {
  const { ledger, books, baseUrl } = deps;
  const find = ({ caller, id }: StripeRequest): Picture => {
    const picture = books.session(caller.account, id);
    if (picture === null) throw noSuch('checkout.session', id, 'session');
    return picture;
  };
  const common = {
    shape: EXPAND,
    kind: KIND,
    referenceOf: ({ params }: VendorCall) => ledger.checkout(params['id'] ?? '')?.reference ?? null,
  };
  return [
    {
      ...common,
      verb: 'get',
      path: `${ROOT}/:id`,
      operation: 'find_payment',
      run: (request) => ({ object: toSession(find(request), baseUrl()) }),
    },
    {
      ...common,
      verb: 'post',
      path: `${ROOT}/:id/expire`,
      operation: 'cancel_link',
      run: (request) => expire(deps, find(request), request),
    },
  ];
}

function wanted(books: StripeBooks, account: string, fields: Fields): Checkout[] {
  const intent = textOrNull(fields['payment_intent']);
  if (intent === null) return books.sessions(account);
  const found = books.intent(account, intent);
  return found === null ? [] : [found.picture.checkout];
}

function expire(
  { webhooks, books, baseUrl, now }: Deps,
  picture: Picture,
  { caller, origin }: StripeRequest,
): Outcome {
  const { checkout, isClosed } = picture;
  if (isClosed || isComplete(picture))
    throw invalidRequest(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${isComplete(picture) ? 'complete' : 'expired'}.`,
    );
  const object = toSession({ ...picture, isClosed: true }, baseUrl());
  const notices = toNotices(
    [{ type: 'checkout.session.expired', object }],
    books.endpoints(caller.account),
    now(),
    undefined,
    origin,
  );
  const subject = {
    provider: checkout.provider,
    checkoutId: checkout.id,
    transactionId: null,
    mode: 'expire',
  };
  return {
    object,
    entries: [{ kind: 'cancelled', checkoutId: checkout.id, at: now().toISOString() }],
    deliveries: webhooks.plan(subject, [notices]),
  };
}
