import { parseArgs } from 'node:util';
import { connectQueue } from '../db/queue.ts';
import { runCommand } from './run-command.ts';
import { readDatabaseUrl } from './target.ts';

const USAGE = 'Usage: npm run reconcile [-- --workspace ws_…]';

/** Starts a comparison of the books with providers and invoice services by a worker, for all workspaces or one. */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { workspace: { type: 'string' } } });
  const workspaceId = values.workspace ?? null;
  const queue = await connectQueue({
    connectionString: await readDatabaseUrl(process.env),
    supervise: false,
    onError: () => undefined,
  });
  await queue.enqueue('reconcile', { kind: 'all', workspaceId }, `all/${workspaceId ?? ''}`);
  await queue.stop();
  process.stdout.write(
    'A worker is comparing now. Differences open reviews and appear in the payments’ timelines.\n',
  );
  return 0;
}

await runCommand('reconcile', main, `${USAGE}\n`);
process.exit();
