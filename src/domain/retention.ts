/** After how many days the purge may delete what nothing needs any more. */
export interface Retention {
  readonly idempotencyKeys: number;
  readonly events: number;
  readonly webhookBodies: number;
}
