import { spawn } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { Client, Connection, WithStartWorkflowOperation } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { ApplicationFailure } from '@temporalio/common';
import { bundleWorkflows } from '../../src/worker/create-worker.ts';
import { prepareNamespace } from '../../src/engine/prepare-namespace.ts';
import { linkUpdate, providerEventSignal } from '../../src/workflows/messages.ts';
const address = '127.0.0.1:17233';
const dir = await mkdtemp('/tmp/wf-state-');
const bin = process.env['HOME'] + '/.cache/tashlum/' + process.argv[2] + '/temporal';
const server = spawn(bin, ['server','start-dev','--port','17233','--headless','--log-level','error'], { stdio: 'inherit' });
await new Promise((r) => setTimeout(r, 4000));
await prepareNamespace({ address, namespace: 'default' });
const U = { verdict: 'unchanged', status: 'pending', review: null, transactionId: null };
let polls = 0;
const activities = {
  createLink: async (i: any) => { if (i.paymentId === 'failed') throw ApplicationFailure.nonRetryable('no', 'provider_rejected'); return { url: 'http://x/1' }; },
  verifyPayment: async (i: any) => i.paymentId === 'review' ? { ...U, verdict: 'review', review: 'amount_mismatch' } : { ...U, verdict: 'paid', transactionId: 't' },
  confirmPayment: async () => U,
  pollPayment: async () => { if (polls++ < 1) throw ApplicationFailure.create({ message: 'p', type: 'pending', nextRetryDelay: 300 }); return { ...U, verdict: 'paid', transactionId: 't' }; },
  settlePayment: async () => ({ status: 'completed', review: null, documentId: 'd' }),
  closePayment: async (i: any) => i.status,
  pushDocument: async () => undefined, giveUpPush: async () => undefined,
};
const connection = await NativeConnection.connect({ address });
const worker = await Worker.create({ connection, taskQueue: 'payments', activities, workflowBundle: await bundleWorkflows() });
const docs = await Worker.create({ connection, taskQueue: 'documents', activities: { printDocument: async () => undefined } });
const runs = Promise.all([worker.run(), docs.run()]);
const client = new Client({ connection: await Connection.connect({ address }) });
for (const name of ['paid', 'polled', 'review', 'failed']) {
  const op = new WithStartWorkflowOperation('collectPayment', { workflowId: `pay/ws/${name}`, taskQueue: 'payments', workflowIdConflictPolicy: 'USE_EXISTING', workflowTaskTimeout: '3s',
    args: [{ workspaceId: 'ws', paymentId: name, provider: 'payplus', currency: 'ILS', amount: 100, graceMs: name === 'polled' ? 500 : 86400000, expiresAt: new Date(Date.now() + 86400000).toISOString(), print: 'at_issue' }] });
  console.log(name, await client.workflow.executeUpdateWithStart(linkUpdate, { updateId: 'link', startWorkflowOperation: op }));
  const h = client.workflow.getHandle(`pay/ws/${name}`);
  if (name === 'paid' || name === 'review') await h.signal(providerEventSignal, 'in_1');
  console.log(await h.result(), (await h.describe()).historyLength);
}
await writeFile(`${dir}/dev.json`, JSON.stringify({ temporalAddress: address, temporalNamespace: 'default' }));
const rec = spawn(process.execPath, ['test/workflows/record-histories.ts', ...['paid','polled','review','failed'].map((n) => `${n}=pay/ws/${n}`)], { stdio: 'inherit', env: { ...process.env, TASHLUM_STATE_DIR: dir } });
await new Promise((r) => rec.on('exit', r));
worker.shutdown(); docs.shutdown(); await runs; server.kill('SIGTERM'); await new Promise((r) => setTimeout(r, 500)); process.exit();
