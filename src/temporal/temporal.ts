import type {
  AskPayerInput,
  CheckAnswer,
  LinkAnswer,
  PushAgainInput,
  RefundAnswer,
  RefundPaymentInput,
  ResolveReviewInput,
} from '../workflows/messages.ts';
import type { StartablePayment } from './payment-start.ts';
import type { RunningPage } from './stuck.ts';

/** What starting a payment came to. `waiting`: the workflow exists and its link will appear. */
export type StartOutcome =
  | { readonly state: 'ready'; readonly answer: LinkAnswer }
  | { readonly state: 'waiting' }
  /** Temporal is away and nothing was started: answer 503, the same key may try again. */
  | { readonly state: 'unavailable' };

/** What an update of a running payment came to. `gone`: no workflow runs for it any more. */
export type UpdateOutcome<Answer> =
  | { readonly state: 'done'; readonly answer: Answer }
  | { readonly state: 'waiting' }
  | { readonly state: 'gone' }
  | { readonly state: 'unavailable' };

/** What the start of a refund tells ops; its workflow is given the ids alone. */
export interface StartableRefund extends RefundPaymentInput {
  readonly provider: string;
  readonly currency: string;
  /** Minor units. */
  readonly amount: number;
}

/** Temporal as the API and the sweepers use it: start a workflow, signal it, ask it. */
export interface Temporal {
  /** Starts (or finds) the payment's workflow and waits for its link, 5 s at most. Idempotent by the payment's id. */
  startPayment(payment: StartablePayment): Promise<StartOutcome>;
  /** The same of a payment that the business took itself; waits until it is settled. `gone`: it has ended. */
  startManualPayment(payment: StartablePayment): Promise<UpdateOutcome<CheckAnswer>>;
  /** Wakes a payment with a stored inbox row; one whose workflow is gone is settled late. @throws when Temporal is away */
  deliverEvent(event: { workspaceId: string; paymentId: string; id: string }): Promise<void>;
  /** Asks the provider now. `timeoutMs` is how long the caller can wait. */
  checkPayment(
    payment: { workspaceId: string; id: string },
    timeoutMs: number,
  ): Promise<UpdateOutcome<CheckAnswer>>;
  /** The same for a payer who came back: of a payment that is settled nobody is asked. */
  checkReturned(
    payment: { workspaceId: string; id: string },
    timeoutMs: number,
  ): Promise<UpdateOutcome<CheckAnswer>>;
  /** A new page where the live one is dead. */
  renewLink(
    payment: { workspaceId: string; id: string },
    timeoutMs: number,
  ): Promise<UpdateOutcome<LinkAnswer>>;
  /** Ends a payment that nobody has paid; the provider is asked first. */
  cancelPayment(
    payment: { workspaceId: string; id: string },
    timeoutMs: number,
  ): Promise<UpdateOutcome<CheckAnswer>>;
  /** Starts (or finds) a refund's workflow and waits for its end. Idempotent by the refund's id; `gone`: it has ended. */
  startRefund(refund: StartableRefund, timeoutMs: number): Promise<UpdateOutcome<RefundAnswer>>;
  /** Tries a push again that failed; one that runs already goes on. @throws when Temporal is away */
  startPush(input: PushAgainInput): Promise<void>;
  /** Has a person's decision about a review carried out. Idempotent by its id. */
  startResolution(input: ResolveReviewInput, timeoutMs: number): Promise<UpdateOutcome<CheckAnswer>>;
  /** Has what is due about asking the payer done: starts his workflow or lets it look again. @throws when Temporal is away */
  pursueRequest(ids: AskPayerInput): Promise<void>;
  /** Asks the provider about a payment by a separate workflow, where the payment's own has ended or cannot go on. */
  checkLate(
    payment: { workspaceId: string; id: string; unlessSettled?: boolean },
    timeoutMs: number,
  ): Promise<UpdateOutcome<CheckAnswer>>;
  /** Has a stored inbox row acted on by a separate workflow, for the same reasons. @throws when Temporal is away */
  settleLate(event: { workspaceId: string; paymentId: string; id: string }): Promise<void>;
  /** Whether a workflow cannot go on because its tasks fail. @throws when Temporal is away */
  isStuck(workflowId: string): Promise<boolean>;
  /** Goes through all running workflows, a page at a time. @throws when Temporal is away */
  listRunning(page: { after: Uint8Array | null; limit: number }): Promise<RunningPage>;
  /** Whether the payment's workflow runs or ran. @throws when Temporal is away */
  isStarted(payment: { workspaceId: string; id: string }): Promise<boolean>;
  /** Whether the payment's workflow runs at this moment. @throws when Temporal is away */
  isRunning(payment: { workspaceId: string; id: string }): Promise<boolean>;
  /** Whether Temporal answers within `timeoutMs`. */
  isReachable(timeoutMs: number): Promise<boolean>;
  close(): Promise<void>;
}
