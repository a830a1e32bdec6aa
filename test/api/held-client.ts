import { createTashlum } from 'tashlum/client';
import type { Tashlum } from 'tashlum/client';
import { holdAnswer } from '../description/hold-answer.ts';
import { readEnvironment } from '../support/environment.ts';

/** Ends a wait that will never come about. No test is judged by it: on a quiet machine everything takes a few seconds. */
export const PATIENCE_MS = 400_000;

/** An answer of the API; `json` is undefined where the body is none. */
export interface Reply<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly json: Body;
  readonly bytes: Buffer;
}

/** The typed client with this key, as apps use it. Each of its answers is held to docs/openapi.json too. */
export function clientOf(key: string): Tashlum {
  return createTashlum({
    baseUrl: readEnvironment().apiUrl,
    key,
    fetch: fetchHeld,
    repeat: { maxTries: 100, maxTotalMs: PATIENCE_MS, timeoutMs: PATIENCE_MS },
  });
}

/** What is not described becomes an answer that no API gives: a fault thrown here would be repeated as one of the network. */
async function fetchHeld(request: Request): Promise<Response> {
  const answer = await fetch(request);
  const reply = await toReply(answer.clone());
  try {
    holdAnswer({
      method: request.method,
      path: request.url.slice(readEnvironment().apiUrl.length),
      ...reply,
    });
  } catch (fault) {
    return Response.json({ detail: String(fault) }, { status: 599 });
  }
  return answer;
}

/** Reads an answer to its end. */
export async function toReply<Body>(answer: Response): Promise<Reply<Body>> {
  const bytes = Buffer.from(await answer.arrayBuffer());
  const isJson = answer.headers.get('content-type')?.includes('json') ?? false;
  const json = (isJson && bytes.length > 0 ? JSON.parse(bytes.toString()) : undefined) as Body;
  return { status: answer.status, headers: answer.headers, json, bytes };
}
