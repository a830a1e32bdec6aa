import type {
  AskPayerInput,
  CheckAnswer,
  IssueDueInvoiceInput,
  LinkAnswer,
  PushAgainInput,
  RefundAnswer,
  RefundPaymentInput,
  ResolveReviewInput,
} from '../workflows/messages.ts';
import type { StartablePayment } from './payment-start.ts';
import type { RunningPage } from './workflow-state.ts';

/** The result of starting a payment. `waiting`: the workflow exists and its link will follow. */
export type StartOutcome =
  | { readonly state: 'ready'; readonly answer: LinkAnswer }
  | { readonly state: 'waiting' }
  /** Temporal is down and nothing was started: answer 503, the same key may try again. */
  | { readonly state: 'unavailable' };

/** The result of an update of a running payment. `gone`: it has no running workflow. */
export type UpdateOutcome<Answer> =
  | { readonly state: 'done'; readonly answer: Answer }
  | { readonly state: 'waiting' }
  | { readonly state: 'gone' }
  | { readonly state: 'unavailable' };

/** Facts about a refund for the Temporal UI; its workflow gets only the ids. */
export interface StartableRefund extends RefundPaymentInput {
  readonly provider: string;
  readonly currency: string;
  /** Minor units. */
  readonly amount: number;
  /** It has ended, and its credit document waited. */
  readonly isForCredit?: boolean;
}

/** Temporal as the API and the sweepers use it: start a workflow, signal it, ask it. */
export interface Temporal {
  /** Starts (or finds) the workflow of the payment and waits up to 5 s for its link. Idempotent by the payment's id. */
  startPayment(payment: StartablePayment): Promise<StartOutcome>;
  /** The same for a manual payment; waits until it is settled. `gone`: it has ended. */
  startManualPayment(payment: StartablePayment): Promise<UpdateOutcome<CheckAnswer>>;
  /**
   * Signals a payment about a stored inbox row; if its workflow is gone, the row is settled late.
   * @throws if Temporal is down
   */
  deliverEvent(event: { workspaceId: string; paymentId: string; id: string }): Promise<void>;
  /** Asks the provider now. `timeoutMs` is how long the caller can wait. */
  checkPayment(
    payment: { workspaceId: string; id: string },
    timeoutMs: number,
  ): Promise<UpdateOutcome<CheckAnswer>>;
  /** The same for a returning payer: a settled payment is not asked about. */
  checkReturned(
    payment: { workspaceId: string; id: string },
    timeoutMs: number,
  ): Promise<UpdateOutcome<CheckAnswer>>;
  /** Makes a new page if the live one is dead. */
  renewPage(
    payment: { workspaceId: string; id: string },
    timeoutMs: number,
  ): Promise<UpdateOutcome<LinkAnswer>>;
  /** Ends an unpaid payment; the provider is asked first. */
  cancelPayment(
    payment: { workspaceId: string; id: string },
    timeoutMs: number,
  ): Promise<UpdateOutcome<CheckAnswer>>;
  /**
   * Starts (or finds) the workflow of a refund and waits for its end. Idempotent by the refund's id; `gone`: it has
   * ended.
   */
  startRefund(refund: StartableRefund, timeoutMs: number): Promise<UpdateOutcome<RefundAnswer>>;
  /** Tries a failed push again; a running one continues. @throws if Temporal is down */
  startPush(input: PushAgainInput): Promise<void>;
  /** Carries out the decision of a person about a review. Idempotent by its id. */
  startResolution(input: ResolveReviewInput, timeoutMs: number): Promise<UpdateOutcome<CheckAnswer>>;
  /**
   * Does the due steps of a payment request: starts its workflow or lets it look again.
   * @throws if Temporal is down
   */
  pursueRequest(ids: AskPayerInput): Promise<void>;
  /** Looks whether the tax invoice of post-dated cheques is due: starts its timer or lets it look again. @throws if Temporal is down */
  pursueDueInvoice(ids: IssueDueInvoiceInput): Promise<void>;
  /** Asks the provider about a payment through a separate workflow, if its own has ended or is stuck. */
  checkLate(
    payment: { workspaceId: string; id: string; unlessSettled?: boolean },
    timeoutMs: number,
  ): Promise<UpdateOutcome<CheckAnswer>>;
  /** Handles a stored inbox row in a separate workflow, for the same reasons. @throws if Temporal is down */
  settleLate(event: { workspaceId: string; paymentId: string; id: string }): Promise<void>;
  /** Whether a workflow is stuck because its tasks fail. @throws if Temporal is down */
  isStuck(workflowId: string): Promise<boolean>;
  /** The workflows that are running among these runs. @throws if Temporal is down */
  listRunningAmong(runIds: readonly string[]): Promise<readonly string[]>;
  /** Lists all running workflows, a page at a time. @throws if Temporal is down */
  listRunning(page: { after: Uint8Array | null; limit: number }): Promise<RunningPage>;
  /** Whether the workflow of the payment runs or ran. @throws if Temporal is down */
  isStarted(payment: { workspaceId: string; id: string }): Promise<boolean>;
  /** Whether the workflow of the payment is running now. @throws if Temporal is down */
  isRunning(payment: { workspaceId: string; id: string }): Promise<boolean>;
  /** Whether Temporal answers within `timeoutMs`. */
  isReachable(timeoutMs: number): Promise<boolean>;
  close(): Promise<void>;
}
