import { createHash } from 'node:crypto';
import { invoiceServices } from '../../src/providers/invoices/index.ts';
import type { InvoiceServiceFace, PushOrder } from '../../src/providers/invoices/invoice-service.ts';

/** What the contract tests must know of a service beyond its face: accounts of its simulator, and how it differs. */
export interface InvoiceSubject {
  /** Credentials of an account; `name` keeps tests apart and says what kind of business it is. */
  account(name: string, baseUrl: string): unknown;
  wrongAccount(baseUrl: string): unknown;
  /** The part of credentials that is hunted in errors. */
  secretOf(credentials: unknown): string;
  /** What a push calls: faults elsewhere do not touch it. */
  readonly pushCalls: readonly ('find_document' | 'create_document' | 'credentials')[];
  /** Whether `checkCredentials` asks the service, or there is nothing to ask. */
  readonly canBeAsked: boolean;
  /** Whether the service itself knows a repeat, so that nothing need be looked up. */
  readonly knowsRepeats: boolean;
  readonly hasSessions: boolean;
  /** Takes a document of which only a part bears VAT. Otherwise it is refused before it is sent. */
  readonly takesMixedVat: boolean;
  /** Faults that are an answer like any other there: the document is taken. */
  readonly taken: readonly string[];
  /** Faults at `credentials` that change nothing: what was cut off is only the text of a 404, and another address is asked. */
  readonly passedOver?: readonly string[];
  /** An account of a kind, and what makes an order one that it does not take. */
  readonly refused: { readonly kind: string; readonly changes: Partial<PushOrder> };
}

const field = (credentials: unknown, name: string): string =>
  String((credentials as Readonly<Record<string, unknown>>)[name]);

const PLANTED = 'planted-8c1f0a7d';
const OF_A_PATUR = { kind: 'patur', changes: {} };

const GREEN_INVOICE: InvoiceSubject = {
  account: (name) => ({ apiKeyId: name, apiKeySecret: PLANTED }),
  wrongAccount: () => ({ apiKeyId: 'contract-wrong', apiKeySecret: `invalid-${PLANTED}` }),
  secretOf: (credentials) => field(credentials, 'apiKeySecret'),
  pushCalls: ['find_document', 'create_document', 'credentials'],
  canBeAsked: true,
  knowsRepeats: true,
  hasSessions: true,
  takesMixedVat: true,
  taken: [],
  refused: OF_A_PATUR,
};

const SUMIT: InvoiceSubject = {
  account: (name) => ({ companyId: companyIdOf(name), apiKey: `${PLANTED}-${name}` }),
  wrongAccount: () => ({ companyId: '515151515', apiKey: `invalid-${PLANTED}` }),
  secretOf: (credentials) => field(credentials, 'apiKey'),
  pushCalls: ['find_document', 'create_document'],
  canBeAsked: true,
  knowsRepeats: false,
  hasSessions: false,
  takesMixedVat: false,
  taken: [],
  refused: OF_A_PATUR,
};

const USUAL_HABITS: Readonly<Record<string, InvoiceSubject>> = {
  'green-invoice': GREEN_INVOICE,
  sumit: SUMIT,
  custom: {
    account: (name, baseUrl) => ({ url: `${baseUrl}/${name}/documents`, secret: `secret-of-${name}` }),
    wrongAccount: (baseUrl) => ({ url: `${baseUrl}/contract-wrong/documents`, secret: PLANTED }),
    secretOf: (credentials) => field(credentials, 'secret'),
    pushCalls: ['create_document'],
    canBeAsked: false,
    knowsRepeats: true,
    hasSessions: false,
    takesMixedVat: true,
    taken: ['empty'],
    refused: { kind: 'murshe', changes: { split: { net: 1, vat: 1, total: 3, rateBp: 1800 } } },
  },
};

/** The same services' simulators in their other habit (`sandbox/habits.ts`). */
const OTHER_HABITS: Readonly<Record<string, InvoiceSubject>> = {
  'green-invoice+other': {
    ...GREEN_INVOICE,
    account: (name) => ({ apiKeyId: `${name}+other`, apiKeySecret: PLANTED }),
    wrongAccount: () => ({ apiKeyId: 'contract-wrong+other', apiKeySecret: `invalid-${PLANTED}` }),
    knowsRepeats: false,
    passedOver: ['empty', 'half_json'],
  },
  'sumit+other': {
    ...SUMIT,
    account: (name) => ({ companyId: companyIdOf(name), apiKey: `${PLANTED}-${name}+other` }),
    wrongAccount: () => ({ companyId: '515151515', apiKey: `invalid-${PLANTED}+other` }),
  },
};

export const INVOICE_SUBJECTS: Readonly<Record<string, InvoiceSubject>> = {
  ...USUAL_HABITS,
  ...OTHER_HABITS,
};

/** Every service of the registry, and those that have another habit once more: every case of the suite runs for each. */
export const INVOICE_CASES = [
  ...Object.values(invoiceServices).map((face) => ({ habit: face.name, face })),
  ...Object.keys(OTHER_HABITS).map((habit) => ({ habit, face: faceOf(habit) })),
];

function faceOf(habit: string): InvoiceServiceFace {
  const face = invoiceServices[habit.replace('+other', '')];
  if (face === undefined) throw new Error(`${habit} is no habit of a service in the registry`);
  return face;
}

function companyIdOf(name: string): string {
  return String(1 + (createHash('sha256').update(name).digest().readUInt32BE() >>> 1));
}
