import { Agent, request as send } from 'undici';
import { readJson, toBody } from '../notes.ts';
import { TASK_HEADER } from './host.ts';
import type { Host } from './host.ts';
import type { Task, TaskFault } from './tasks.ts';

/** A request to the API. */
export interface Call {
  readonly label: string;
  readonly task: Task;
  answer: { readonly status: number; readonly json: unknown } | null;
}

export interface CallOptions {
  readonly key?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly isGated?: boolean;
  readonly fault?: TaskFault | null;
}

/** Requests over real HTTP, each a task of its own. */
export function createRequests({ tasks, apiUrl, expected }: Pick<Host, 'tasks' | 'apiUrl' | 'expected'>) {
  const agent = new Agent({ pipelining: 1 });
  const calls: Call[] = [];

  async function ask(id: string, method: string, url: string, options: CallOptions): Promise<Call['answer']> {
    const answer = await send(url, {
      method: method as 'GET',
      dispatcher: agent,
      headersTimeout: 0,
      bodyTimeout: 0,
      headers: {
        [TASK_HEADER]: id,
        ...(options.key === undefined ? {} : { authorization: `Bearer ${options.key}` }),
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      },
      body: toBody(options.body),
    });
    return { status: answer.statusCode, json: readJson(await answer.body.text()) };
  }

  return {
    agent,
    /** Every request of the life, oldest first. */
    calls,
    start: (method: string, path: string, options: CallOptions = {}): Call => {
      const id = String(calls.length + 1);
      const label = `${method} ${path.replace(/[a-z]+_[0-9a-z]{26}/g, '…')}`;
      const url = path.startsWith('http') ? path : apiUrl + path;
      const task = tasks.start(
        label,
        async () => {
          const answer = await ask(id, method, url, options);
          call.answer = answer;
          return answer;
        },
        { isGated: options.isGated ?? false, fault: options.fault ?? null },
      );
      const call: Call = { label, task, answer: null };
      expected.set(id, task);
      calls.push(call);
      return call;
    },
  };
}
