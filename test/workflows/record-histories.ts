import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { readEnvironment } from '../support/environment.ts';
import { openBooks } from '../e2e/support/books.ts';
import { HISTORIES, SHAPES } from './support/histories.ts';
import type { Shape } from './support/histories.ts';
import { PLAYS } from './support/play-shapes.ts';

/**
 * Writes histories of a running environment for the replay test. A shape's name alone plays it anew; with a workflow's id it
 * is that one: `TASHLUM_STATE_DIR=… node test/workflows/record-histories.ts refunded paid=pay/ws_…/pay_…`
 */

const STICKY = 'TASK_QUEUE_KIND_STICKY';
const USAGE = `usage: node test/workflows/record-histories.ts NAME | NAME=WORKFLOW_ID …, NAME is one of ${SHAPES.join(', ')}`;

/** Names of machines and paths on them; replay needs neither. */
function withoutMachine(key: string, value: unknown): unknown {
  if (key === 'identity' || key === 'stackTrace') return undefined;
  const isSticky = typeof value === 'object' && value !== null && 'kind' in value && value.kind === STICKY;
  return isSticky ? { ...value, name: 'sticky' } : value;
}

const isShape = (name: string | undefined): name is Shape => SHAPES.some((shape) => shape === name);

const wanted = process.argv.slice(2).map((argument) => {
  const [, name, , workflowId] = /^([a-z0-9-]+)(=(.+))?$/.exec(argument) ?? [];
  if (!isShape(name)) throw new Error(`"${argument}" is not understood; ${USAGE}`);
  return { name, workflowId };
});
if (wanted.length === 0) throw new Error(USAGE);

const { temporalAddress: address, temporalNamespace: namespace } = readEnvironment();
const connection = await Connection.connect({ address });
const client = new Client({ connection, namespace });
await mkdir(HISTORIES, { recursive: true });
const books = openBooks();
for (const { name, workflowId: told } of wanted) {
  const workflowId = told ?? (await PLAYS[name](books));
  const workflow = client.workflow.getHandle(workflowId);
  await workflow.result();
  const history = JSON.parse(historyToJSON(await workflow.fetchHistory())) as { events: unknown[] };
  const recorded = JSON.stringify(history, withoutMachine, 2);
  await writeFile(join(HISTORIES, `${name}.json`), `${recorded}\n`);
  process.stdout.write(`${name}: ${history.events.length} events of ${workflowId}\n`);
}
await Promise.all([connection.close(), books.close()]);
