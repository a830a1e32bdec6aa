import { randomUUID } from 'node:crypto';

/** Calls the API with one key. Every method fails with a sentence that names the call and the answer. */
export type ApiClient = {
  get: (path: string) => Promise<unknown>;
  post: (path: string, body: unknown) => Promise<unknown>;
  put: (path: string, body: unknown) => Promise<unknown>;
  /** The status and the bytes, with any status. */
  download: (path: string) => Promise<{ status: number; bytes: Buffer }>;
};

const TIMEOUT_MS = 20_000;

export const createApiClient = (baseUrl: string, key: string): ApiClient => {
  const headers = { authorization: `Bearer ${key}`, 'tashlum-actor': 'dev environment' };
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${baseUrl}${path}`, {
      method,
      headers:
        body === undefined
          ? headers
          : { ...headers, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${text.slice(0, 800)}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  return {
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    put: (path, body) => call('PUT', path, body),
    download: async (path) => {
      const answer = await fetch(`${baseUrl}${path}`, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
      return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) };
    },
  };
};
