import type { Fields } from '../ledger/records.ts';
import { textOrNull } from '../vendor.ts';
import type { VendorDeps } from '../vendor.ts';
import { invalidRequest, noSuch } from './api-error.ts';
import { isApiVersion } from './caller.ts';
import { newId, newSecret } from './ids.ts';
import { toListAnswer } from './lists.ts';
import { itemsOf, textsOf } from './parameters.ts';
import { toSeconds } from './picture.ts';
import { ENDPOINT_CREATE, ENDPOINT_LIST, ENDPOINT_UPDATE, EXPAND } from './request-shapes.ts';
import { toRow } from './stripe-books.ts';
import type { StripeBooks, WebhookEndpoint } from './stripe-books.ts';
import type { Endpoint, StripeRequest } from './stripe-route.ts';

const ROOT = '/v1/webhook_endpoints';
const KIND = 'webhook_endpoint';
/** A key of `metadata` that gives an endpoint a known secret: the one shown in Stripe's dashboard. */
export const SECRET_KEY = 'sandbox_secret';

const COMMON = { operation: 'credentials', kind: KIND, referenceOf: () => null } as const;

type Deps = VendorDeps & { books: StripeBooks };

/** The endpoints for events. Only the answer to the creation has the secret, as at Stripe. */
export const webhookEndpoints = (deps: Deps): Endpoint[] => [...ofAll(deps), ...ofOne(deps)];

const ofAll = ({ books, now }: Deps): Endpoint[] => [
  {
    ...COMMON,
    verb: 'post',
    path: ROOT,
    shape: ENDPOINT_CREATE,
    run: (request) => {
      const endpoint = toEndpoint(request, now());
      return {
        object: { ...show(endpoint), secret: endpoint.secret },
        entries: [toRow(KIND, endpoint.id, endpoint)],
      };
    },
  },
  {
    ...COMMON,
    verb: 'get',
    path: ROOT,
    shape: ENDPOINT_LIST,
    isList: true,
    run: ({ caller, fields }) => {
      const rows = books.endpoints(caller.account);
      const at = ({ createdAt }: WebhookEndpoint) => createdAt;
      return { object: toListAnswer({ rows, at, show, what: KIND, url: ROOT }, fields) };
    },
  },
];

function ofOne({ books }: Deps): Endpoint[] {
  const find = ({ caller, id }: StripeRequest): WebhookEndpoint => {
    const endpoint = books.endpoints(caller.account).find((one) => one.id === id);
    if (endpoint === undefined) throw noSuch('webhook endpoint', id, 'webhook_endpoint');
    return endpoint;
  };
  const common = { ...COMMON, path: `${ROOT}/:id` };
  return [
    { ...common, verb: 'get', shape: EXPAND, run: (request) => ({ object: show(find(request)) }) },
    {
      ...common,
      verb: 'post',
      shape: ENDPOINT_UPDATE,
      run: (request) => {
        const endpoint = changed(find(request), request.fields);
        return { object: show(endpoint), entries: [toRow(KIND, endpoint.id, endpoint)] };
      },
    },
    {
      ...common,
      verb: 'delete',
      shape: {},
      run: (request) => {
        const { id } = find(request);
        return { object: { id, object: KIND, deleted: true }, entries: [toRow(KIND, id, null)] };
      },
    },
  ];
}

function toEndpoint({ caller, fields }: StripeRequest, now: Date): WebhookEndpoint {
  const apiVersion = textOrNull(fields['api_version']);
  if (apiVersion !== null && !isApiVersion(apiVersion))
    throw invalidRequest(`Invalid API version: ${apiVersion}`, 'api_version');
  const { [SECRET_KEY]: secret = newSecret(), ...metadata } = textsOf(fields['metadata']);
  return {
    id: newId('we'),
    account: caller.account,
    url: String(fields['url']),
    enabledEvents: itemsOf(fields['enabled_events']).map(String),
    apiVersion,
    secret,
    isDisabled: false,
    description: textOrNull(fields['description']),
    metadata,
    isLive: caller.isLive,
    createdAt: now.toISOString(),
  };
}

function changed(endpoint: WebhookEndpoint, fields: Fields): WebhookEndpoint {
  const events = itemsOf(fields['enabled_events']).map(String);
  return {
    ...endpoint,
    url: textOrNull(fields['url']) ?? endpoint.url,
    enabledEvents: events.length > 0 ? events : endpoint.enabledEvents,
    isDisabled: fields['disabled'] === undefined ? endpoint.isDisabled : fields['disabled'] === 'true',
    description: textOrNull(fields['description']) ?? endpoint.description,
    metadata: { ...endpoint.metadata, ...textsOf(fields['metadata']) },
  };
}

const show = (endpoint: WebhookEndpoint): Fields => ({
  id: endpoint.id,
  object: KIND,
  api_version: endpoint.apiVersion,
  application: null,
  created: toSeconds(endpoint.createdAt),
  description: endpoint.description,
  enabled_events: endpoint.enabledEvents,
  livemode: endpoint.isLive,
  metadata: endpoint.metadata,
  status: endpoint.isDisabled ? 'disabled' : 'enabled',
  url: endpoint.url,
});
