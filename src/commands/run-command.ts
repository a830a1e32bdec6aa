/**
 * Runs an operator command. It ends with the code that `main` returns, or with 1 and the message of a thrown error.
 */
export async function runCommand(name: string, main: () => Promise<number>, usage = ''): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n${usage}`);
    process.exitCode = 1;
  }
}
