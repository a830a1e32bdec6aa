import { z } from 'zod';
import type { AttemptRow } from '../../db/events.ts';
import { ATTEMPT_FAILURES } from '../../domain/webhook-endpoint.ts';
import { EVENT_FACTS } from '../../history/event-facts.ts';
import { at, id, pageOf } from '../http/answer.ts';
import { pageQuery, oneOf } from '../http/read-input.ts';

const TYPES = Object.keys(EVENT_FACTS);

/** The query of `GET /v1/events`. */
export const eventsQuery = z.strictObject({
  ...pageQuery,
  type: oneOf(TYPES).optional(),
  paymentId: z.string().max(100).optional(),
});

/** The query of an event's attempts. */
export const attemptsQuery = z.strictObject({ ...pageQuery, endpointId: z.string().max(100).optional() });

/** Body of `POST …/redeliver`. Without `endpointId`: to every endpoint that the event was for. */
export const redelivery = z.strictObject({ endpointId: z.string().max(100).optional() });

/** An event as the API shows it and as an endpoint gets it. */
export const eventAnswer = z.object({
  id: id('event'),
  type: z.string(),
  apiVersion: z.string(),
  sequence: z.int(),
  createdAt: at,
  data: z.record(z.string(), z.unknown()),
});
/** A page of events. */
export const eventsAnswer = pageOf(eventAnswer);

/** One try to deliver an event to an endpoint. */
export const attemptAnswer = z.object({
  id: id('attempt'),
  endpointId: id('endpoint'),
  at,
  durationMs: z.int(),
  /** Null: taken. Else it never left, was answered with another status than 2xx, or nobody knows. */
  failure: z.enum(ATTEMPT_FAILURES).nullable(),
  /** The HTTP status of the answer, if one came. */
  status: z.int().nullable(),
  /** A sentence about the failure. */
  error: z.string().nullable(),
  /** The first 1,024 bytes of the body of the answer. */
  answer: z.string().nullable(),
});
/** A page of attempts to deliver an event. */
export const attemptsAnswer = pageOf(attemptAnswer);

/** Where an event is sent again. */
export const redeliveryAnswer = z.object({ eventId: id('event'), endpointIds: z.array(id('endpoint')) });

/** A try of a delivery as the API shows it, with `at` in UTC. */
export function toAttemptJson({ at, ...row }: AttemptRow): z.output<typeof attemptAnswer> {
  return { ...row, at: at.toISOString() };
}
