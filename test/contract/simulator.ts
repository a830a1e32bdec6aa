import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { isProviderError } from '../../src/domain/provider-error.ts';
import type { ProviderError } from '../../src/domain/provider-error.ts';
import { createHttp } from '../../src/http.ts';
import type { Http } from '../../src/http.ts';
import { createSandbox } from '../../sandbox/sandbox.ts';

/** A document that the simulated service holds; amounts in minor units. */
export interface HeldDocument {
  readonly id: string;
  readonly number: string;
  readonly total: number;
  readonly vat: number;
  readonly reference: string;
}

/** A request that the simulator got, decoded. */
export interface RecordedCall {
  readonly body: unknown;
}

/** A sandbox of this test file alone, on a port and in a folder of its own. */
export interface Simulator {
  readonly http: Http;
  url(vendor: string): string;
  /** The next call of that operation fails so. */
  arm(provider: string, operation: string, fault: string): Promise<void>;
  /** A listing of the control API, such as `documents?provider=…`. */
  listed<Row>(path: string): Promise<Row[]>;
  /** Sets the simulator's clock this far ahead of ours. */
  advance(ms: number): void;
  /** No faults, the right time. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** A call that the simulator never answers ends soon, so that nobody waits for a deadline. */
const HANG_MS = 50;

export async function startSimulator(): Promise<Simulator> {
  const stateDir = await mkdtemp(join(tmpdir(), 'tashlum-contract-'));
  let aheadMs = 0;
  const sandbox = createSandbox({ stateDir, now: () => new Date(Date.now() + aheadMs) });
  const { url } = await sandbox.listen();
  const real = createHttp({ guard: { allowLoopback: true } });
  const control = async (path: string, init?: RequestInit) => {
    const answer = await fetch(`${url}/control/${path}`, init);
    if (!answer.ok) throw new Error(`the control API answered ${answer.status} to ${path}`);
    return answer;
  };
  return {
    http: real,
    url: (vendor) => `${url}/${vendor}`,
    async arm(provider, operation, fault) {
      await control('faults', {
        method: 'POST',
        body: JSON.stringify({ provider, operation, fault, delayMs: HANG_MS }),
      });
    },
    listed: async <Row>(path: string) => (await (await control(path)).json()) as Row[],
    advance: (ms) => (aheadMs = ms),
    async reset() {
      aheadMs = 0;
      await control('faults', { method: 'DELETE' });
    },
    async stop() {
      await real.close();
      await sandbox.close();
      await rm(stateDir, { recursive: true });
    },
  };
}

/** The ProviderError that a promise ends in; anything else fails the test. */
export async function failure(run: Promise<unknown>): Promise<ProviderError> {
  const outcome: unknown = await run.catch((error: unknown) => error);
  if (isProviderError(outcome)) return outcome;
  throw new Error(`expected a ProviderError, got ${inspect(outcome)}`);
}
