import { readFile } from 'node:fs/promises';
import { bundleWorkflows } from '../../../src/worker/create-worker.ts';

/** The workflow bundle: the one that the test run made (test/runner), or one made now, which takes webpack two seconds. */
export async function workflowCode(): Promise<string> {
  const made = process.env['WORKFLOW_BUNDLE'];
  return made === undefined ? (await bundleWorkflows()).code : await readFile(made, 'utf8');
}
