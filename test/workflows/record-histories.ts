import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { readEnvironment } from '../support/environment.ts';
import { HISTORIES } from './support/histories.ts';

/**
 * Writes histories of a running environment for the replay test:
 * `TASHLUM_STATE_DIR=… node test/workflows/record-histories.ts paid=pay/ws_…/pay_… polled=… review=… failed=…`
 */

const STICKY = 'TASK_QUEUE_KIND_STICKY';
const USAGE = 'usage: node test/workflows/record-histories.ts NAME=WORKFLOW_ID …';

/** Names of machines and paths on them; replay needs neither. */
function withoutMachine(key: string, value: unknown): unknown {
  if (key === 'identity' || key === 'stackTrace') return undefined;
  const isSticky = typeof value === 'object' && value !== null && 'kind' in value && value.kind === STICKY;
  return isSticky ? { ...value, name: 'sticky' } : value;
}

const wanted = process.argv.slice(2).map((argument) => {
  const [, name, workflowId] = /^([a-z0-9-]+)=(.+)$/.exec(argument) ?? [];
  if (name === undefined || workflowId === undefined)
    throw new Error(`"${argument}" is not understood; ${USAGE}`);
  return { name, workflowId };
});
if (wanted.length === 0) throw new Error(USAGE);

const { temporalAddress: address, temporalNamespace: namespace } = readEnvironment();
const connection = await Connection.connect({ address });
const client = new Client({ connection, namespace });
await mkdir(HISTORIES, { recursive: true });
for (const { name, workflowId } of wanted) {
  const history = JSON.parse(historyToJSON(await client.workflow.getHandle(workflowId).fetchHistory())) as {
    events: unknown[];
  };
  const recorded = JSON.stringify(history, withoutMachine, 2);
  await writeFile(join(HISTORIES, `${name}.json`), `${recorded}\n`);
  process.stdout.write(`${name}: ${history.events.length} events of ${workflowId}\n`);
}
await connection.close();
