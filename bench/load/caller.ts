import { Agent, request } from 'undici';

/** Makes the load's HTTP calls over kept-alive connections. */
export interface Caller {
  /** @throws Error naming the call when the answer is not 2xx */
  call<Body>(method: 'GET' | 'POST' | 'PUT' | 'PATCH', url: string, options?: CallOptions): Promise<Body>;
  close(): Promise<void>;
}

export interface CallOptions {
  readonly key?: string;
  readonly json?: unknown;
  /** Sent as it is, instead of `json`. */
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export function createCaller(): Caller {
  const dispatcher = new Agent({ keepAliveTimeout: 4_000, headersTimeout: 60_000 });
  return {
    async call<Body>(method: 'GET' | 'POST' | 'PUT' | 'PATCH', url: string, options: CallOptions = {}) {
      const body = options.raw ?? (options.json === undefined ? null : JSON.stringify(options.json));
      const answer = await request(url, {
        dispatcher,
        method,
        body,
        headers: {
          ...(body === null ? {} : { 'content-type': 'application/json' }),
          ...(options.key === undefined ? {} : { authorization: `Bearer ${options.key}` }),
          ...options.headers,
        },
      });
      const text = await answer.body.text();
      if (answer.statusCode < 200 || answer.statusCode > 299)
        throw new Error(`${method} ${url} was answered ${answer.statusCode}: ${text.slice(0, 300)}`);
      return JSON.parse(text) as Body;
    },
    close: () => dispatcher.close(),
  };
}
