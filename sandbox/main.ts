import { createSandbox } from './sandbox.ts';

/**
 * The sandbox as a process. SANDBOX_STATE_DIR (required), SANDBOX_PORT (0: any free one), SANDBOX_HOST, SANDBOX_PUBLIC_URL.
 * Prints one JSON line once it listens; SIGTERM and SIGINT end it.
 */
async function main(env: NodeJS.ProcessEnv): Promise<void> {
  const stateDir = env['SANDBOX_STATE_DIR'];
  if (stateDir === undefined || stateDir === '')
    throw new Error('SANDBOX_STATE_DIR is missing: name a folder for its state');
  const port = Number(env['SANDBOX_PORT'] ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error('SANDBOX_PORT must be a number from 0 to 65535');

  const sandbox = createSandbox({ stateDir, publicUrl: env['SANDBOX_PUBLIC_URL'] });
  const { url } = await sandbox.listen({ port, host: env['SANDBOX_HOST'] ?? '127.0.0.1' });
  process.stdout.write(`${JSON.stringify({ ready: true, url })}\n`);

  const stop = () => {
    void sandbox.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop).once('SIGINT', stop);
}

main(process.env).catch((error: unknown) => {
  process.stderr.write(`sandbox: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
