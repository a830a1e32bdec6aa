import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepEnvironmentProcess } from './running-environment.ts';

/** Starts one fresh environment for all integration tests, on ports of its own; tests find it by `readEnvironment`. */
export default async function globalSetup(): Promise<void> {
  const stateDir = await mkdtemp(join(tmpdir(), 'tashlum-test-'));
  process.env['TASHLUM_STATE_DIR'] = stateDir;
  process.env['WORKFLOW_BUNDLE'] ??= makeBundle(stateDir);
  const child = spawn(process.execPath, [join(import.meta.dirname, 'environment-process.ts')], {
    stdio: ['pipe', 'inherit', 'inherit', 'ipc'],
  });
  keepEnvironmentProcess(child);
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', () =>
      reject(new Error('The environment for the integration tests did not start; the reason stands above')),
    );
  });
}

/** Made ahead as in production: a worker that was killed is back without webpack. */
function makeBundle(folder: string): string {
  const file = join(folder, 'workflow-bundle.js');
  execFileSync(process.execPath, ['src/worker/bundle.ts', file], { stdio: 'inherit' });
  return file;
}
