import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { bundleWorkflows } from './create-worker.ts';

/**
 * Makes the workflow bundle in advance, so that a production worker starts without webpack: `node
 * src/worker/bundle.ts FILE`.
 */
const file = process.argv[2];
if (file === undefined) throw new Error('usage: node src/worker/bundle.ts FILE');
const { code } = await bundleWorkflows();
await mkdir(dirname(file), { recursive: true });
await writeFile(file, code);
