import { ProviderError } from '../../../src/domain/provider-error.ts';
import { createHttp } from '../../../src/http.ts';
import type { Http, HttpRequest, HttpSettings } from '../../../src/http.ts';
import type { Clock } from './clock.ts';
import type { Tasks } from './tasks.ts';

/** What the way to a vendor does to a call. What the vendor itself does wrong, the sandbox plays. */
export type Trouble = 'lost_before' | 'lost_after' | 'unreachable';

export interface Network {
  http(settings?: HttpSettings): Http;
  /** Of the next calls to this vendor, each in turn. */
  trouble: { vendor: string; how: Trouble; times: number }[];
  close(): Promise<void>;
}

/** Real calls over real sockets, one way out each. */
export function createNetwork(clock: Clock, tasks: Tasks): Network {
  const opened: Http[] = [];
  const network: Network = {
    trouble: [],
    http(settings) {
      const real = createHttp(settings);
      opened.push(real);
      return { send: (call) => send(real, call), close: () => Promise.resolve() };
    },
    close: async () => {
      await Promise.all(opened.map((one) => one.close()));
    },
  };

  async function send(real: Http, call: HttpRequest): ReturnType<Http['send']> {
    const task = tasks.current.getStore();
    await tasks.leave(task, `${call.method} ${call.url}`);
    try {
      clock.tick(2);
      const how = takeTrouble(call.url);
      if (how === 'unreachable') throw new ProviderError('unreachable', 'no connection (simulated)');
      if (how === 'lost_before') throw new ProviderError('no_answer', 'no answer (simulated)');
      const answer = await real.send(call);
      if (how === 'lost_after') throw new ProviderError('no_answer', 'no answer (simulated)');
      return answer;
    } finally {
      await tasks.back(task);
    }
  }
  function takeTrouble(url: string): Trouble | null {
    const vendor = new URL(url).pathname.split('/')[1] ?? '';
    const armed = network.trouble.find((one) => one.vendor === vendor);
    if (armed === undefined) return null;
    armed.times -= 1;
    network.trouble = network.trouble.filter(({ times }) => times > 0);
    return armed.how;
  }
  return network;
}
