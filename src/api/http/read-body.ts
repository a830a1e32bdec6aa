import express from 'express';
import type { Request, RequestHandler } from 'express';
import { Problem } from '../../domain/problems.ts';

/** The largest body, in bytes. */
export const BODY_LIMIT = 256 * 1024;
const MAX_DEPTH = 20;

/** Reads the raw bytes of JSON. `jsonBody` parses them, and the hash of an idempotency key is made of what it parsed. */
export const rawJson: RequestHandler[] = [
  (request, _response, next) => {
    const hasBody =
      request.headers['transfer-encoding'] !== undefined ||
      Number(request.headers['content-length'] ?? 0) > 0;
    if (hasBody && request.is('application/json') === false) {
      throw new Problem('unsupported_media_type', 'send the body as application/json');
    }
    next();
  },
  express.raw({ type: 'application/json', limit: BODY_LIMIT, inflate: false }),
];

/** The bytes of the body, empty if there is none. */
export function bodyBytes(request: Request): Buffer {
  const body: unknown = request.body;
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

/** The body as JSON; no body is an empty object. @throws Problem malformed_json */
export function jsonBody(request: Request): unknown {
  const bytes = bodyBytes(request);
  if (bytes.length === 0) return {};
  const value = parse(bytes);
  if (depthOf(value) > MAX_DEPTH)
    throw new Problem('malformed_json', `the body is nested deeper than ${MAX_DEPTH} levels`);
  return value;
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Problem('malformed_json', 'the body is not valid JSON in UTF-8');
  }
}

/** Depth of nesting, counted without recursion: a hostile body must not exhaust the stack. */
function depthOf(root: unknown): number {
  let level = [root];
  let depth = 0;
  while (level.length > 0 && depth <= MAX_DEPTH) {
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? (Object.values(value) as unknown[]) : [],
    );
    depth += 1;
  }
  return depth;
}
