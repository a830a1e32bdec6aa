import type { Client } from '@temporalio/client';
import { WithStartWorkflowOperation } from '@temporalio/client';
import type { EnvironmentInfo } from '../../dev/environment-info.ts';
import { startChild } from './child-process.ts';
import type { LeafInput } from './floor-workflows.ts';

export interface FloorSettings {
  readonly temporalAddress: string;
  readonly temporalNamespace: string;
  readonly databaseUrl: string;
  readonly sandboxUrl: string;
  readonly taskQueue: string;
}

export type FloorMessage =
  { readonly step: 'ready' } | { readonly step: 'pushed' | 'printed' | 'ended'; readonly id: string };

/** The floors' workflows, driven from here and run by a worker in a process of its own. */
export interface Floor {
  readonly pid: number;
  /** Update-with-Start; ends with the answer of the link update, as a create does. */
  start(
    workflow: 'barePayment' | 'leafPayment' | 'pageByLocal' | 'pageByRegular',
    id: string,
    input: object,
  ): Promise<void>;
  signalPaid(id: string): Promise<void>;
  /** Ends once the payment is pushed, and printed where that was asked for. */
  untilDone(input: LeafInput): Promise<void>;
  /** How many events the workflow's history holds. */
  readonly historyLength: (id: string) => Promise<number>;
  /** Ends with the workflow of a bare payment. */
  untilEnded(id: string): Promise<void>;
  stop(): Promise<void>;
}

const TASK_QUEUE = 'bench-floor';

export async function startFloor(info: EnvironmentInfo, client: Client): Promise<Floor> {
  const waiting = new Map<string, () => void>();
  const settings: FloorSettings = { ...info, taskQueue: TASK_QUEUE };
  const child = await startChild<FloorMessage>('floor-worker.ts', settings, (message) => {
    if (message.step === 'ready') return true;
    waiting.get(`${message.step}/${message.id}`)?.();
    return false;
  });
  const until = (key: string): Promise<void> =>
    new Promise((resolve) => {
      waiting.set(key, () => {
        waiting.delete(key);
        resolve();
      });
    });
  const handle = (id: string) => client.workflow.getHandle(toWorkflowId(id));
  return {
    pid: child.pid,
    async start(workflow, id, input) {
      const startWorkflowOperation = new WithStartWorkflowOperation(workflow, {
        workflowId: toWorkflowId(id),
        taskQueue: TASK_QUEUE,
        args: [input],
        workflowIdConflictPolicy: 'USE_EXISTING',
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
      });
      const update = { updateId: 'link', startWorkflowOperation };
      await client.workflow.executeUpdateWithStart('link', update);
    },
    signalPaid: (id) => handle(id).signal('paid'),
    async untilDone({ paymentId, print }) {
      await Promise.all([until(`pushed/${paymentId}`), print ? until(`printed/${paymentId}`) : null]);
    },
    historyLength: async (id) => (await handle(id).describe()).historyLength,
    untilEnded: (id) => until(`ended/${toWorkflowId(id)}`),
    stop: child.stop,
  };
}

function toWorkflowId(id: string): string {
  return `bench/${id}`;
}
