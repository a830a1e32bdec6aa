/**
 * How a customer confirmed a credit document. Four ways are in the Bookkeeping Directives (23א). `private_small`: a private
 * customer's credit of a small sum, which an advance ruling spares the confirmation.
 * Source: docs/reference/israel-tax.md, "Corrections".
 */
export const ACKNOWLEDGEMENT_METHODS = [
  'signature',
  'registered_mail',
  'fax',
  'electronic',
  'private_small',
] as const;
export type AcknowledgementMethod = (typeof ACKNOWLEDGEMENT_METHODS)[number];

/** The highest credit that `private_small` is for: 600 ₪ with VAT, in agorot. */
export const SMALL_CREDIT = 60_000;

/** How a customer acknowledged a credit document. */
export interface Acknowledgement {
  /** Null where it was recorded before the method was asked for. */
  readonly method: AcknowledgementMethod | null;
  readonly note: string | null;
}
