import { admin, call, eventually, openWorkspace } from '../../api/rig.ts';
import type { PageBody, PaymentBody, TestWorkspace } from '../../api/rig.ts';
import type { VendorAccount } from '../../support/faults.ts';
import { newCredentials, newServiceSlot, toAccount } from './providers.ts';
import type { Credentials, InvoiceService, Provider } from './providers.ts';

export {
  admin,
  call,
  createPayment,
  eventually,
  openExpiring,
  openPayment,
  readPayment,
  untilLinked,
  untilStatus,
} from '../../api/rig.ts';
export type { PageBody, PaymentBody, TestWorkspace } from '../../api/rig.ts';

export interface DocumentBody {
  readonly id: string;
  readonly type: string;
  readonly number: number;
  readonly paymentId: string;
  readonly refundId: string | null;
  readonly originalDocumentId: string | null;
  readonly reversesDocumentId: string | null;
  readonly net: number;
  readonly vat: number;
  readonly total: number;
  readonly sha256: string | null;
  readonly means: readonly {
    readonly method: string;
    readonly last4: string | null;
    readonly amount: number;
  }[];
  readonly external: { readonly service: string; readonly id: string; readonly number: string } | null;
}

export interface TimelineEntry {
  readonly at: string;
  readonly kind: string;
  readonly summary: string;
}

export interface ClinicWishes {
  /** Default PayPlus. */
  readonly provider?: Provider;
  /** Else ones that no other clinic has. */
  readonly credentials?: Credentials;
  /** Of the payment provider's slot; the default grace is a day. */
  readonly options?: { readonly webhookGraceSeconds?: number; readonly maxPageMinutes?: number };
  /** Where documents are pushed to; `true`: Green Invoice, default nowhere. */
  readonly pushes?: boolean | InvoiceService;
  readonly print?: 'at_issue' | 'on_demand';
}

/** A workspace that is paid through one provider. */
export interface Clinic extends TestWorkspace {
  readonly provider: Provider;
  readonly credentials: Credentials;
  /** Where its documents are pushed to; of a clinic without a service: an account that nobody calls. */
  readonly serviceAccount: VendorAccount;
}

/** A clinic of the test's own; paper is printed on demand unless told otherwise. */
export async function openClinic({
  provider = 'payplus',
  credentials = newCredentials(provider),
  options,
  pushes = false,
  print = 'on_demand',
}: ClinicWishes = {}): Promise<Clinic> {
  const bare = await openWorkspace({ workspace: { receipt: { email: false, print } }, provider: false });
  const slot = await put<{ webhookUrl: string }>(bare.id, 'payment-provider', {
    provider,
    credentials,
    ...(options === undefined ? {} : { options }),
  });
  const serviceAccount = await fillServiceSlot(bare.id, pushes === true ? 'green-invoice' : pushes);
  const { webhookUrl } = slot;
  const account = toAccount(provider, credentials);
  const secretKey = credentials['secretKey'] ?? '';
  return { ...bare, provider, credentials, secretKey, webhookUrl, account, serviceAccount };
}

async function fillServiceSlot(workspaceId: string, service: InvoiceService | false): Promise<VendorAccount> {
  if (service === false) return { vendor: 'custom', account: 'none' };
  const slot = newServiceSlot(service);
  await put(workspaceId, 'invoice-service', slot);
  return toAccount(service, slot.credentials);
}

async function put<Body>(workspaceId: string, slot: string, body: object): Promise<Body> {
  const answer = await admin<Body>('PUT', `/v1/workspaces/${workspaceId}/${slot}`, body);
  if (answer.status !== 200) throw new Error(`PUT ${slot}: ${answer.bytes.toString()}`);
  return answer.json;
}

export async function readDocument(clinic: TestWorkspace, id: string): Promise<DocumentBody> {
  return (await call<DocumentBody>('GET', `/v1/documents/${id}`, { key: clinic.key })).json;
}

/** Every document of a clinic, newest first. */
export async function listDocuments(clinic: TestWorkspace): Promise<DocumentBody[]> {
  const found: DocumentBody[] = [];
  let after: string | null = '';
  while (after !== null) {
    const page: PageBody<DocumentBody> = await readPage(clinic, after);
    found.push(...page.data);
    after = page.next;
  }
  return found;
}

async function readPage(clinic: TestWorkspace, after: string): Promise<PageBody<DocumentBody>> {
  const path = `/v1/documents?limit=50${after === '' ? '' : `&after=${after}`}`;
  return (await call<PageBody<DocumentBody>>('GET', path, { key: clinic.key })).json;
}

export async function readTimeline(clinic: TestWorkspace, paymentId: string): Promise<TimelineEntry[]> {
  const path = `/v1/payments/${paymentId}/timeline`;
  return (await call<{ data: TimelineEntry[] }>('GET', path, { key: clinic.key })).json.data;
}

/** Asks the provider now; how the payment stands after that. */
export async function check(clinic: TestWorkspace, paymentId: string): Promise<PaymentBody> {
  return eventually(`the check of ${paymentId}`, async () => {
    const answer = await call<PaymentBody>('POST', `/v1/payments/${paymentId}/check`, { key: clinic.key });
    // 202: the workflow is still at it.
    if (answer.status === 202) return null;
    if (answer.status !== 200) throw new Error(`check: ${answer.status} ${answer.bytes.toString()}`);
    return answer.json;
  });
}

/** Waits until a person is asked to look at the payment. */
export function untilReview(clinic: TestWorkspace, id: string, review: string): Promise<PaymentBody> {
  return eventually(`review ${review} of ${id}`, async () => {
    const { json } = await call<PaymentBody>('GET', `/v1/payments/${id}`, { key: clinic.key });
    return json.review === review ? json : null;
  });
}

/** Waits until the invoice service holds the document. */
export function untilPushed(clinic: TestWorkspace, documentId: string): Promise<DocumentBody> {
  return eventually(`the push of ${documentId}`, async () => {
    const document = await readDocument(clinic, documentId);
    return document.external === null ? null : document;
  });
}

/** The one document that a payment must have; fails with any other number of them. */
export function theDocumentOf(payment: PaymentBody): string {
  const [id, ...more] = payment.documentIds;
  if (id === undefined || more.length > 0)
    throw new Error(`${payment.id} has ${payment.documentIds.length} documents, not one`);
  return id;
}
