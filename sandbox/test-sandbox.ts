import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import { createSandbox } from './sandbox.ts';
import type { Sandbox } from './sandbox.ts';

/** For tests only: a sandbox, the webhook receiver of a merchant, and helpers to call both over real HTTP. */
export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Reply {
  status: number;
  text: string;
  headers: IncomingHttpHeaders;
  /** The parsed body; undefined if it is not JSON. Tests know its shape. */
  json: any; // eslint-disable-line @typescript-eslint/no-explicit-any
}

export interface TestSandbox {
  url: string;
  receiverUrl: string;
  received: Received[];
  send: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Reply>;
  /** Ends the sandbox and starts another on the same state, as after a kill. */
  restart: () => Promise<void>;
  close: () => Promise<void>;
  /** Moves the sandbox's clock. */
  advance: (ms: number) => void;
  /** Runs `body` an hour later: everything due by then is sent. The clock is reset afterwards. */
  anHourLater: (body: () => Promise<unknown>) => Promise<void>;
}

export const HOUR_MS = 3_600_000;

export async function startTestSandbox(): Promise<TestSandbox> {
  const stateDir = mkdtempSync(join(tmpdir(), 'sandbox-'));
  const received: Received[] = [];
  const receiver = await listenForWebhooks(received);
  let ahead = 0;
  const open = (): Sandbox => createSandbox({ stateDir, now: () => new Date(Date.now() + ahead) });
  let sandbox = open();
  const test: TestSandbox = {
    url: (await sandbox.listen()).url,
    receiverUrl: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`,
    received,
    send: (method, path, body, headers) => send(test.url, method, path, body, headers),
    async restart() {
      await sandbox.close();
      sandbox = open();
      test.url = (await sandbox.listen()).url;
    },
    async close() {
      await sandbox.close();
      receiver.closeAllConnections();
      receiver.close();
      rmSync(stateDir, { recursive: true });
    },
    advance(ms) {
      ahead += ms;
    },
    async anHourLater(body) {
      ahead += HOUR_MS;
      // Running timers keep the time of the old clock; a new sandbox plans them by the new one.
      await test.restart();
      await body();
      ahead -= HOUR_MS;
    },
  };
  return test;
}

async function send(
  base: string,
  method: string,
  path: string,
  body?: unknown,
  headers = {},
): Promise<Reply> {
  const text = body === undefined || typeof body === 'string' ? (body ?? null) : JSON.stringify(body);
  const answer = await request(base + path, {
    method: method as 'GET',
    body: text,
    headers: { 'content-type': 'application/json', ...headers },
    headersTimeout: 3_000,
  });
  const received = await answer.body.text();
  return { status: answer.statusCode, text: received, headers: answer.headers, json: parse(received) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function listenForWebhooks(received: Received[]): Promise<Server> {
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      received.push({
        path: req.url ?? '',
        headers: req.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      });
      res.statusCode = req.url === '/broken' ? 500 : 200;
      res.end();
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

/** Waits until `isDone` holds, at most two seconds. */
export async function until(isDone: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await isDone())) {
    if (Date.now() > deadline) throw new Error(`still waiting for ${isDone.toString()}`);
    await pause(10);
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
