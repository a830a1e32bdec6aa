/** An event as stored. `facts` holds `paymentId`, null if it is about no payment. */
export interface StoredEvent {
  readonly id: string;
  readonly type: string;
  readonly sequence: number;
  readonly createdAt: Date;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** An event as an app gets it, by delivery and from the API. */
export interface Envelope {
  readonly id: string;
  readonly type: string;
  readonly apiVersion: string;
  readonly sequence: number;
  readonly createdAt: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** @param apiVersion the version that the reader is pinned to; there is one so far, so facts are never converted */
export function toEnvelope(event: StoredEvent, apiVersion: string): Envelope {
  const { id, type, sequence, createdAt, facts } = event;
  return { id, type, apiVersion, sequence, createdAt: createdAt.toISOString(), data: facts };
}
