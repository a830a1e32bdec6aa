import type { Response } from 'express';

/** When a caller may look again, in seconds. */
const RETRY_AFTER_SECONDS = 1;

/** The headers of every 202: where to read how it goes on, and when. */
export function laterHeaders(location: string): Readonly<Record<string, string>> {
  return { Location: location, 'Retry-After': String(RETRY_AFTER_SECONDS) };
}

/** Answers 202: it goes on by itself, and `location` shows how. */
export function sendLater(response: Response, location: string, json: unknown): void {
  response.status(202).set(laterHeaders(location)).json(json);
}
