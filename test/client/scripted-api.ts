import { createServer } from 'node:http';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly at: number;
}

/** How one request is answered. */
export type Turn = (response: ServerResponse) => void;

/** A real server that answers one request after the other as it was told; its last turn is repeated. */
export async function startScriptedApi(...turns: readonly Turn[]) {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const turn = turns[Math.min(asked.length, turns.length - 1)];
      asked.push({ method, url, headers, body: Buffer.concat(chunks).toString(), at: performance.now() });
      turn?.(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Turn {
  return (response) => {
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    response.writeHead(status, { 'content-type': type, ...headers }).end(JSON.stringify(body));
  };
}

export function refusal(status: number, code: string, headers: Readonly<Record<string, string>> = {}): Turn {
  const type = `urn:tashlum:problem:${code}`;
  return json(status, { type, title: code, status, code, detail: 'a sentence' }, headers);
}

/** The connection breaks before an answer. */
export const breakOff: Turn = (response) => void response.destroy();

/** The connection breaks amid the body. */
export const breakAmidBody: Turn = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"id":', () => response.destroy());
};

/** No answer ever. */
export const hang: Turn = () => undefined;
