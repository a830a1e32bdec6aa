import { isFields } from '../fields.ts';
import type { Fields, StoredDocument } from '../ledger/records.ts';
import { fieldsOf, textOrNull, textsOf } from '../vendor.ts';
import type { Answer, Route, Vendor, VendorCall, VendorDeps } from '../vendor.ts';
import { customerNameOf, messageFault, TYPE_NUMBERS } from './message-shape.ts';
import { secretOf, signatureFault } from './signature.ts';

/** An address of a customer for documents. src/providers/invoices/custom/README.md describes what arrives there. */
export function createCustom(deps: VendorDeps): Vendor {
  return {
    name: 'custom',
    routes: [takeDocument(deps), showDocument(deps)],
    accountsOf: ({ params }) => textsOf(params['account']),
    credentialFields: [],
    recordedHeaders: ['webhook-id', 'webhook-timestamp', 'webhook-signature'],
    trouble: () => ({ error: 'the receiver is in trouble' }),
    unknownPath: { status: 404, json: { error: 'documents go to /custom/<account>/documents' } },
  };
}

function takeDocument({ ledger, now, baseUrl }: VendorDeps): Route {
  return {
    verb: 'post',
    path: '/:account/documents',
    operation: 'create_document',
    referenceOf: (call) => referenceOf(fieldsOf(call)),
    answer: (call): Answer => {
      const account = call.params['account'] ?? '';
      const forged = signatureFault(secretOf(account), call);
      if (forged !== null) return { status: 401, json: { error: forged } };
      const faulty = messageFault(call.body);
      if (faulty !== null) return { status: 422, json: { error: faulty } };
      const messageId = String(call.headers['webhook-id']);
      const known = ledger.documentsOf('custom', account).find((one) => one.fingerprint === messageId);
      if (known !== undefined) return { status: 200, json: toAnswer(known, baseUrl()) };
      const count = ledger.documentsOf('custom', account).length;
      const document = toDocument(call, account, `B-${count + 1}`, now());
      ledger.record({ kind: 'document', document });
      return { status: 201, json: toAnswer(document, baseUrl()) };
    },
  };
}

/** The page behind the address in an answer. */
function showDocument({ ledger }: VendorDeps): Route {
  return {
    verb: 'get',
    path: '/documents/:id',
    operation: 'unknown',
    referenceOf: ({ params }) => ledger.document(params['id'] ?? '')?.reference ?? null,
    answer: ({ params }) => {
      const document = ledger.document(params['id'] ?? '');
      return document?.provider === 'custom'
        ? { status: 200, json: document.wire }
        : { status: 404, json: { error: 'there is no such document' } };
    },
  };
}

const referenceOf = (message: Fields): string | null =>
  textOrNull(message['refundId']) ?? textOrNull(message['paymentId']);

const toAnswer = ({ id, number }: StoredDocument, baseUrl: string): Fields => ({
  id,
  number,
  url: `${baseUrl}/custom/documents/${id}`,
});

function toDocument(call: VendorCall, account: string, number: string, now: Date): StoredDocument {
  const message = isFields(call.body) ? call.body : {};
  return {
    // Some receivers answer each document with the same id.
    id: /constant/i.test(account) ? `${account}-1` : `${account}-${number}`,
    provider: 'custom',
    account,
    number,
    type: TYPE_NUMBERS[String(message['type'])] ?? 0,
    status: 1,
    net: Number(message['net']),
    vat: Number(message['vat']),
    exempt: 0,
    total: Number(message['total']),
    vatRateBp: Number(message['vatRateBp']),
    currency: String(message['currency']),
    reference: referenceOf(message),
    description: String(message['description']),
    customerName: customerNameOf(message),
    documentDate: String(message['documentDate']),
    createdAt: now.toISOString(),
    fingerprint: String(call.headers['webhook-id']),
    wire: message,
  };
}
