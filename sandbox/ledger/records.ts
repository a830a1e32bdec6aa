/** The vendors the sandbox can play, by the names used in URLs and control calls. */
export const VENDOR_NAMES = ['payplus', 'grow', 'stripe', 'green-invoice', 'sumit', 'custom'] as const;
export type VendorName = (typeof VENDOR_NAMES)[number];

/** What a call is for, whatever the vendor names it; faults and call listings go by these. */
export const OPERATIONS = [
  'create_link',
  'find_payment',
  'cancel_link',
  'refund',
  'acknowledge',
  'create_document',
  'find_document',
  'credentials',
] as const;
export type Operation = (typeof OPERATIONS)[number];

export type Language = 'he' | 'en';
export type CheckoutStatus = 'open' | 'paid' | 'declined' | 'expired' | 'cancelled';
export type Fields = Record<string, unknown>;

/** A hosted page as it was ordered. `amount` is in minor units, instants are ISO strings. */
export interface Checkout {
  id: string;
  provider: VendorName;
  /** Whose page it is: what the vendor knows the merchant by. */
  account: string;
  /** What this page's webhooks are signed with; never shown by the control API. */
  signingSecret: string;
  amount: number;
  currency: string;
  reference: string | null;
  description: string;
  language: Language;
  methods: string[];
  maxInstallments: number;
  createdAt: string;
  expiresAt: string | null;
  /** The vendor's own request, kept for the fields that only its folder understands. */
  wire: Fields;
}

/** What one means paid of a payment in parts; `amount` is minor units. */
export interface Part {
  id: string;
  method: string;
  amount: number;
  slip: Transaction['slip'];
}

/** One attempt to move money; a declined one is a row too. `amount` is positive minor units. */
export interface Transaction {
  id: string;
  provider: VendorName;
  account: string;
  checkoutId: string;
  kind: 'charge' | 'refund';
  approved: boolean;
  amount: number;
  currency: string;
  reference: string | null;
  method: string;
  installments: number;
  at: string;
  /** Read-backs find it only from then on: a vendor's answer may lag its webhook. */
  visibleAt: string;
  /** The charge that a refund gives back. */
  reverses: string | null;
  /** Of a charge in parts: together they come to its amount. */
  parts?: Part[];
  /** The part of that charge that a refund gives back. */
  partId?: string;
  /** The engine's id of a refund, where the vendor has a field for it beside the order's. */
  refundReference?: string;
  /** What a clearing house prints on the slip. */
  slip: { number: string; approval: string; voucher: string; rrn: number };
}

/** A document of the invoice service; `total`, `vat` and `net` are minor units. */
export interface StoredDocument {
  id: string;
  provider: VendorName;
  account: string;
  number: string;
  type: number;
  status: number;
  net: number;
  vat: number;
  /** The part of `net` that bears no VAT. */
  exempt: number;
  total: number;
  vatRateBp: number;
  currency: string;
  reference: string | null;
  description: string;
  customerName: string;
  /** YYYY-MM-DD. */
  documentDate: string;
  createdAt: string;
  /** SHA-256 of the request that made it, for the vendor's duplicate guard. */
  fingerprint: string;
  wire: Fields;
}

/** One request of the engine, as decoded. `status` is the HTTP status answered, 0 for none. */
export interface RecordedCall {
  id: string;
  at: string;
  provider: VendorName;
  operation: Operation | 'unknown';
  method: string;
  path: string;
  idempotencyKey: string | null;
  /** The headers that the vendor's folder wants to see kept, by lower-case name. */
  headers?: Record<string, string>;
  reference: string | null;
  status: number;
  body: unknown;
}

/** One webhook on its way. `status` is null until tried, then the receiver's HTTP status, 0 for none. */
export interface Delivery {
  id: string;
  provider: VendorName;
  checkoutId: string;
  transactionId: string | null;
  mode: string;
  url: string;
  headers: Record<string, string>;
  body: string;
  dueAt: string;
  /** Sent only once this one was answered. */
  after: string | null;
  status: number | null;
  error: string | null;
  answeredAt: string | null;
}

/** What only one vendor has: a webhook endpoint, a dispute, an answer kept under an idempotency key. */
export interface VendorRow {
  provider: VendorName;
  table: string;
  id: string;
  /** Null once it is gone. */
  fields: Fields | null;
}

/** One line of the append-only state. */
export type Entry =
  | { kind: 'checkout'; checkout: Checkout }
  | { kind: 'cancelled'; checkoutId: string; at: string }
  | { kind: 'transaction'; transaction: Transaction }
  | { kind: 'document'; document: StoredDocument }
  | { kind: 'document_status'; id: string; status: number }
  /** Takes the place of an earlier row of the same id. */
  | { kind: 'vendor_row'; row: VendorRow }
  | { kind: 'call'; call: RecordedCall }
  | { kind: 'answered'; callId: string; status: number }
  | { kind: 'delivery'; delivery: Delivery }
  | { kind: 'delivered'; id: string; status: number; error: string | null; at: string };
