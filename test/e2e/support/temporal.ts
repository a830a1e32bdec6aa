import { Client, Connection, WorkflowNotFoundError } from '@temporalio/client';
import { waitUntil } from '../../../dev/waiting.ts';
import { readEnvironment } from '../../support/environment.ts';

const FORGETTING_MS = 60_000;

/** Temporal as anybody sees it who reaches its address or UI. Close it in `afterAll`. */
export async function openTemporal() {
  const { temporalAddress, temporalNamespace: namespace } = readEnvironment();
  const connection = await Connection.connect({ address: temporalAddress });
  const client = new Client({ connection, namespace });
  const ofPayment = ({ id, workspaceId }: { id: string; workspaceId: string }) =>
    client.workflow.getHandle(`pay/${workspaceId}/${id}`);
  return {
    client,
    ofPayment,
    /** Waits until the payment's workflow has ended. */
    untilEnded: async (payment: { id: string; workspaceId: string }): Promise<void> => {
      await ofPayment(payment).result();
    },
    /** What happens by itself once the namespace's retention is over. The server takes 10–30 s for it. */
    forget: async (payment: { id: string; workspaceId: string }): Promise<void> => {
      const { workflowId } = ofPayment(payment);
      await connection.workflowService.deleteWorkflowExecution({
        namespace,
        workflowExecution: { workflowId },
      });
      const isGone = (): Promise<boolean> =>
        ofPayment(payment)
          .describe()
          .then(() => false)
          .catch((error: unknown) => error instanceof WorkflowNotFoundError);
      if (!(await waitUntil(isGone, FORGETTING_MS)))
        throw new Error(`Temporal does not forget ${workflowId}`);
    },
    close: () => connection.close(),
  };
}

/**
 * All that a history or a description says, payloads in the clear. (`JSON.stringify` alone would show the bytes of a payload
 * as numbers: a `Buffer` turns into JSON before a replacer sees it.)
 */
export function textOf(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString();
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([name, inner]) => `${name}: ${textOf(inner)}`)
    .join('\n');
}

export type Temporal = Awaited<ReturnType<typeof openTemporal>>;
