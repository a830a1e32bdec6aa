import { once } from 'node:events';
import { findEnvironmentProcess } from './running-environment.ts';

/** Stops the environment of the integration tests and waits until nothing of it runs. */
export default async function globalTeardown(): Promise<void> {
  const child = findEnvironmentProcess();
  if (child === undefined || child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.stdin?.end();
  await ended;
}
