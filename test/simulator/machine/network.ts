import { ProviderError } from '../../../src/domain/provider-error.ts';
import { createHttp } from '../../../src/http.ts';
import type { Http, HttpRequest, HttpResponse, HttpSettings } from '../../../src/http.ts';
import type { Clock } from './clock.ts';
import { spoilAnswer, spoilCall } from './spells.ts';
import type { Spell } from './spells.ts';
import type { Task, Tasks } from './tasks.ts';

/** What the way to a vendor does to a call. What the vendor itself does wrong, the sandbox plays. */
export type Trouble = 'lost_before' | 'lost_after' | 'unreachable';

export interface Network {
  http(settings?: HttpSettings): Http;
  /** Of the next calls to this vendor, each in turn. */
  trouble: { vendor: string; how: Trouble; times: number }[];
  /** What goes wrong for as long as it lasts. */
  spells: Spell[];
  /** The vendor called a charge declined while the books were being compared with it. */
  hasMisledComparison: boolean;
  close(): Promise<void>;
}

/** Real calls over real sockets, one way out each. */
export function createNetwork(clock: Clock, tasks: Tasks): Network {
  const opened: Http[] = [];
  const network: Network = {
    trouble: [],
    spells: [],
    hasMisledComparison: false,
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
      const spell = findSpell(call);
      const how = takeTrouble(call.url) ?? spell?.how;
      if (how === 'unreachable') throw new ProviderError('unreachable', 'no connection (simulated)');
      if (how === 'lost_before') throw new ProviderError('no_answer', 'no answer (simulated)');
      const answer = await real.send(spell === undefined ? call : spoilCall(spell, call));
      if (how === 'lost_after') throw new ProviderError('no_answer', 'no answer (simulated)');
      return spell === undefined ? answer : spoil(spell, call, answer, task);
    } finally {
      await tasks.back(task);
    }
  }
  function spoil(
    spell: Spell,
    call: HttpRequest,
    answer: HttpResponse,
    task: Task | undefined,
  ): HttpResponse {
    const told = spoilAnswer(spell, call, answer);
    const isOther = spell.how === 'declined' && told.text !== answer.text;
    network.hasMisledComparison ||= isOther && task?.label === 'job reconcile';
    return told;
  }
  function findSpell({ method, url }: HttpRequest): Spell | undefined {
    return network.spells.find(
      ({ vendor, until, only }) =>
        vendorOf(url) === vendor && until > clock.now() && (only?.test(`${method} ${url}`) ?? true),
    );
  }
  function takeTrouble(url: string): Trouble | null {
    const armed = network.trouble.find((one) => one.vendor === vendorOf(url));
    if (armed === undefined) return null;
    armed.times -= 1;
    network.trouble = network.trouble.filter(({ times }) => times > 0);
    return armed.how;
  }
  return network;
}

const vendorOf = (url: string): string => new URL(url).pathname.split('/')[1] ?? '';
