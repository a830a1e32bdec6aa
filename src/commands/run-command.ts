/** Runs a command of an operator. It ends with the code that `main` returns, or with 1 and the sentence of what it threw. */
export async function runCommand(name: string, main: () => Promise<number>, usage = ''): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n${usage}`);
    process.exitCode = 1;
  }
}
